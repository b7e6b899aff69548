import Synchronization

/// The connections that are open: how many there are, who waits for what until when, and the end of all of them.
///
/// Nobody can keep others out by keeping connections open: where there are too many, the one that has been silent for
/// longest makes room. A connection that is being answered is never cut off for that.
final class Connections: Sendable {
  enum State: Equatable {
    /// Nothing of a request has come yet.
    case silent
    /// A part of one came; the rest has to come soon.
    case asking
    case answering
    /// The answer is on its way.
    case sending
  }

  private struct Entry {
    var task: Task<Void, Never>?
    var state = State.silent
    var since: ContinuousClock.Instant
  }

  private struct Book {
    var entries: [Int: Entry] = [:]
    var next = 0
    var isStopping = false
    var stopped: [CheckedContinuation<Void, Never>] = []
  }

  static let most = 512

  private let book = Mutex(Book())

  /// Counts a new one.
  ///
  /// - Returns: its number; nil where all others are being answered, or it all ends.
  func open(now: ContinuousClock.Instant = .now) -> Int? {
    let (number, evicted) = book.withLock { book -> (Int?, Task<Void, Never>?) in
      guard !book.isStopping else { return (nil, nil) }
      var evicted: Task<Void, Never>?
      if book.entries.count >= Connections.most {
        let silent = book.entries.filter { $0.value.state == .silent }.min { $0.value.since < $1.value.since }
        guard let silent else { return (nil, nil) }
        evicted = silent.value.task
        book.entries[silent.key] = nil
      }
      book.next += 1
      book.entries[book.next] = Entry(since: now)
      return (book.next, evicted)
    }
    evicted?.cancel()
    return number
  }

  func started(_ number: Int, _ task: Task<Void, Never>) {
    let isLate = book.withLock { book in
      book.entries[number]?.task = task
      return book.isStopping && book.entries[number]?.state == .silent
    }
    if isLate { task.cancel() }
  }

  /// - Returns: whether the connection may go on; not where everything ends and it has nothing in hand.
  @discardableResult
  func turned(_ number: Int, to state: State, now: ContinuousClock.Instant = .now) -> Bool {
    book.withLock { book in
      book.entries[number]?.state = state
      book.entries[number]?.since = now
      return !book.isStopping || state != .silent
    }
  }

  var isStopping: Bool { book.withLock(\.isStopping) }

  func closed(_ number: Int) {
    let waiting = book.withLock { book -> [CheckedContinuation<Void, Never>] in
      book.entries[number] = nil
      guard book.isStopping, book.entries.isEmpty else { return [] }
      defer { book.stopped = [] }
      return book.stopped
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Ends those that have been in one state for too long.
  func reap(_ limits: ConnectionLimits, now: ContinuousClock.Instant = .now) {
    let late = book.withLock { book in
      book.entries.values.filter { entry in limits.limit(of: entry.state).map { entry.since + $0 < now } ?? false }
        .compactMap(\.task)
    }
    for task in late { task.cancel() }
  }

  /// Lets those end that are being answered, and ends all others; returns when none is open.
  func stop() async {
    let silent = book.withLock { book in
      book.isStopping = true
      return book.entries.values.filter { $0.state == .silent || $0.state == .asking }.compactMap(\.task)
    }
    for task in silent { task.cancel() }
    await withCheckedContinuation { continuation in
      let isOver = book.withLock { book in
        if !book.entries.isEmpty { book.stopped.append(continuation) }
        return book.entries.isEmpty
      }
      if isOver { continuation.resume() }
    }
  }

  /// Ends all of them now.
  func cancelAll() {
    let tasks = book.withLock { $0.entries.values.compactMap(\.task) }
    for task in tasks { task.cancel() }
  }
}

/// How long a connection may be in one state.
package struct ConnectionLimits: Sendable {
  package var silent = Duration.seconds(60)
  package var asking = Duration.seconds(10)
  /// For each piece of an answer.
  package var sending = Duration.seconds(30)

  package init() {}

  /// Nil where something else sees to it.
  func limit(of state: Connections.State) -> Duration? {
    switch state {
    case .silent: silent
    case .asking: asking
    case .answering: nil
    case .sending: sending
    }
  }
}
