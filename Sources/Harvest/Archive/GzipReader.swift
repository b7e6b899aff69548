import Foundation

/// Reads a gzip file member by member, a piece at a time.
final class GzipReader {
  private static let pieceSize = 65_536
  /// Of a head and of an ending; both are a line, whose longest part is what was asked for.
  static let memberLimit = 1 << 20

  private let handle: FileHandle
  private let inflater: Inflater

  init(_ file: URL) throws {
    handle = try RegularFile.open(file.path(percentEncoded: false))
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

  /// All of this member, which is small: one that unpacks to more than a limit is none of ours.
  func member(limit: Int = GzipReader.memberLimit) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while let piece = try next() {
      guard bytes.count + piece.count <= limit else { throw Inflater.Damaged() }
      bytes += piece
    }
    return bytes
  }
}
