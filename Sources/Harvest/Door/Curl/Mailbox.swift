import Synchronization

/// Where curl's thread leaves an answer, and where whoever asked takes it.
///
/// It holds little: when it is full the sender has to wait until the reader was here.
final class Mailbox: Sendable {
  private typealias Reader = CheckedContinuation<Void, Never>

  /// Large enough that the two seldom wait for each other.
  private static let window = 262_144

  private struct State {
    var head: AnswerHead?
    var bytes: [UInt8] = []
    /// Bytes were sent away because there was no room.
    var isFull = false
    /// Nothing more comes.
    var end: Result<Void, any Error>?
    /// Something changed since the reader looked.
    var hasNews = false
    var reader: Reader?

    mutating func tell() -> Reader? {
      hasNews = true
      defer { reader = nil }
      return reader
    }
  }

  private let state = Mutex(State())

  // MARK: For the thread

  func put(_ head: AnswerHead) {
    state.withLock { state in
      state.head = head
      return state.tell()
    }?.resume()
  }

  /// - Returns: false when there is no room, and the same bytes must come again.
  func put(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let (hasRoom, reader) = state.withLock { state in
      state.isFull = state.bytes.count >= Mailbox.window
      if state.isFull { return (false, nil as Reader?) }
      state.bytes += bytes
      return (true, state.tell())
    }
    reader?.resume()
    return hasRoom
  }

  /// The first end holds.
  /// - Returns: whether this is it.
  @discardableResult
  func end(_ result: Result<Void, any Error>) -> Bool {
    let (isFirst, reader) = state.withLock { state in
      let isFirst = state.end == nil
      if isFirst { state.end = result }
      return (isFirst, state.tell())
    }
    reader?.resume()
    return isFirst
  }

  // MARK: For the reader

  enum Piece: Sendable {
    /// - Parameter madeRoom: whether the sender waits to go on.
    case bytes([UInt8], madeRoom: Bool)
    case end
  }

  /// Waits for it.
  func head() async throws -> AnswerHead {
    try await first { state in
      if state.head == nil { try state.end?.get() }
      return state.head
    }
  }

  /// Everything that is here, as soon as something is.
  func piece() async throws -> Piece {
    try await first { state in
      if !state.bytes.isEmpty {
        defer { (state.bytes, state.isFull) = ([], false) }
        return .bytes(state.bytes, madeRoom: state.isFull)
      }
      guard let end = state.end else { return nil }
      try end.get()
      return .end
    }
  }

  private func first<Found: Sendable>(_ find: (inout State) throws -> Found?) async throws -> Found {
    while true {
      try Task.checkCancellation()
      if let found = try state.withLock({ try find(&$0) }) { return found }
      await withCheckedContinuation { (reader: Reader) in
        let ready = state.withLock { state -> Reader? in
          if state.hasNews {
            state.hasNews = false
            return reader
          }
          // There is one reader; should another come, the first looks again.
          defer { state.reader = reader }
          return state.reader
        }
        ready?.resume()
      }
    }
  }
}
