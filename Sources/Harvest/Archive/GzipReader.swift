import Foundation

/// Reads a gzip file member by member, a piece at a time.
final class GzipReader {
  private static let pieceSize = 65_536

  private let handle: FileHandle
  private let inflater: Inflater

  init(_ file: URL) throws {
    handle = try FileHandle(forReadingFrom: file)
    inflater = try Inflater(.gzip)
  }

  deinit { try? handle.close() }

  /// The next piece of this member; nil at its end, after which the next member begins.
  func next() throws -> [UInt8]? {
    while true {
      if let piece = try inflater.next() { return piece }
      if inflater.isAtEnd {
        inflater.beginNext()
        return nil
      }
      let input = [UInt8](try handle.read(upToCount: GzipReader.pieceSize) ?? Data())
      // Every member has an end.
      if input.isEmpty { throw Inflater.Damaged() }
      inflater.feed(input)
    }
  }

  /// All of this member, which is known to be small.
  func member() throws -> [UInt8] {
    var bytes: [UInt8] = []
    while let piece = try next() { bytes += piece }
    return bytes
  }
}
