import Foundation

/// How the body of an answer is packed for its way.
///
/// Only gzip is asked for; the others come from servers that do not listen, and cost nothing to read.
enum ContentCoding {
  case gzip
  case deflate

  /// - Parameter header: `Content-Encoding`.
  /// - Returns: nil for a body that is not packed, or in a way that nobody here can unpack.
  init?(_ header: String?) {
    switch header?.trimmingCharacters(in: .whitespaces).lowercased() {
    case "gzip", "x-gzip": self = .gzip
    case "deflate": self = .deflate
    default: return nil
    }
  }

  /// - Parameter first: the body's first byte.
  func format(of first: UInt8) -> Inflater.Format {
    switch self {
    case .gzip: .gzip
    // HTTP means zlib by the word, and some servers the bare data inside. A zlib header names method 8.
    case .deflate: first & 0x0F == 8 ? .zlib : .bare
    }
  }
}
