/// The bytes of an answer, as they arrive, and never more than a limit.
///
/// The next chunk is fetched when it is asked for, so whoever reads slowly slows the sender down.
package struct AnswerBody: AsyncSequence, Sendable {
  package typealias Element = [UInt8]
  package typealias Next = () async throws -> [UInt8]?

  /// A run list has no pages; one larger than this is taken for a mistake.
  package static let defaultLimit = 1 << 30

  let place: HarvestError.Place
  private let limit: Int
  private let open: @Sendable () -> Next

  /// - Parameter open: begins reading; the function it returns yields the next chunk, nil at the end.
  package init(
    from place: HarvestError.Place, limit: Int = AnswerBody.defaultLimit, open: @escaping @Sendable () -> Next
  ) {
    self.place = place
    self.limit = limit
    self.open = open
  }

  package func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(place: place, limit: limit, advance: open())
  }

  package struct AsyncIterator: AsyncIteratorProtocol {
    let place: HarvestError.Place
    let limit: Int
    let advance: Next
    var count = 0

    package mutating func next() async throws -> [UInt8]? {
      if count <= limit {
        guard let chunk = try await advance() else { return nil }
        count += chunk.count
        // What fits is given first, however the bytes were cut on their way.
        let fitting = chunk.count - Swift.max(0, count - limit)
        if fitting == chunk.count { return chunk }
        if fitting > 0 { return Array(chunk.prefix(fitting)) }
      }
      throw HarvestError(.tooLarge(limit: limit), at: place)
    }
  }

  /// Bytes that are here already.
  init(from place: HarvestError.Place, bytes: [UInt8]) {
    self.init(from: place, limit: .max) {
      var rest: [UInt8]? = bytes.isEmpty ? nil : bytes
      return {
        defer { rest = nil }
        return rest
      }
    }
  }

  /// At most `count` bytes from the beginning, for the text of a refusal; what breaks off is left off.
  func prefix(bytes count: Int) async -> [UInt8] {
    var bytes: [UInt8] = []
    var iterator = makeAsyncIterator()
    while bytes.count < count, let chunk = try? await iterator.next() {
      bytes += chunk.prefix(count - bytes.count)
    }
    return bytes
  }
}
