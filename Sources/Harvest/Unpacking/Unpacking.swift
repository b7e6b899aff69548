/// A packed body, unpacked as it is read and never to more than a multiple of its size.
///
/// A gzip body may have several members, one behind the other: a server that flushes sends such.
final class Unpacking {
  private static let gzipMark: UInt8 = 0x1F

  private let coding: ContentCoding
  private let ratio: Int
  private let limit: Int
  /// Nil before the first byte.
  private var inflater: Inflater?
  private var packed = 0
  private var unpacked = 0
  /// What still comes only fills up; `gzip` passes over it too.
  private var isOver = false

  /// - Parameter limit: of what is packed: a body may have no end and unpack to nothing.
  init(_ coding: ContentCoding, ratio: Int, limit: Int) {
    self.coding = coding
    self.ratio = ratio
    self.limit = limit
  }

  /// - Parameter fetch: gets the next packed bytes; nil at the end of the body.
  func next(_ fetch: () async throws -> [UInt8]?) async throws -> [UInt8]? {
    while true {
      if let piece = try unpack() { return piece }
      guard let bytes = try await fetch() else {
        if let inflater, !isOver, !inflater.isAtEnd { throw TransferFailure.brokeOff }
        return nil
      }
      guard !isOver, let first = bytes.first else { continue }
      packed += bytes.count
      if packed > limit { throw TransferFailure.reason(.tooLarge(limit: limit)) }
      do {
        let inflater = try inflater ?? Inflater(coding.format(of: first))
        inflater.feed(bytes)
        self.inflater = inflater
      } catch {
        throw TransferFailure.reason(.unpackable(coding.name))
      }
    }
  }

  /// Nil when more bytes are needed.
  private func unpack() throws(TransferFailure) -> [UInt8]? {
    guard let inflater else { return nil }
    while !isOver {
      if inflater.isAtEnd {
        guard let following = inflater.following else { return nil }
        if case .gzip = coding, following == Unpacking.gzipMark { inflater.beginNext() } else { isOver = true }
        continue
      }
      let piece: [UInt8]?
      do {
        piece = try inflater.next()
      } catch {
        throw .reason(.unpackable(coding.name))
      }
      guard let piece else {
        if inflater.isAtEnd { continue }
        return nil
      }
      unpacked += piece.count
      if unpacked / ratio > packed { throw .reason(.inflated(ratio: ratio)) }
      return piece
    }
    return nil
  }
}
