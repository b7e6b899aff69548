import Foundation

/// How the body of an answer is packed for its way.
///
/// Only gzip is asked for; the others come from servers that do not listen, and cost nothing to read.
enum ContentCoding {
  case gzip
  case deflate

  /// How a body was packed, in the order in which that was done; none for a body that is not packed.
  ///
  /// - Parameter header: `Content-Encoding`.
  /// - Throws: the name of a way that nobody here can unpack.
  static func list(_ header: String?) throws(Unknown) -> [ContentCoding] {
    var codings: [ContentCoding] = []
    for name in (header ?? "").split(separator: ",").map({ $0.trimmingCharacters(in: .whitespaces).lowercased() }) {
      switch name {
      case "gzip", "x-gzip": codings.append(.gzip)
      case "deflate": codings.append(.deflate)
      case "identity", "": break
      default: throw Unknown(name: name)
      }
    }
    // More than twice is nobody's way.
    if codings.count > 2 { throw Unknown(name: header ?? "") }
    return codings
  }

  struct Unknown: Error, Equatable { var name: String }

  var name: String {
    switch self {
    case .gzip: "gzip"
    case .deflate: "deflate"
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
