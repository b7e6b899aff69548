import Foundation
import GRDBSQLite
import Synchronization

/// How long SQLite has worked on a statement, and the end of that.
///
/// Only its own work counts: whoever reads rows through a pager may take all day.
final class WorkingTime: Sendable {
  /// Virtual machine steps between two looks at the clock: some microseconds.
  private static let steps: CInt = 1000

  private struct State {
    var spent = Duration.zero
    var since: ContinuousClock.Instant?
    var isOver = false
  }

  private let limit: Duration
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  init(limit: Duration, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
    self.limit = limit
    self.now = now
  }

  var isOver: Bool { state.withLock(\.isOver) }

  /// Makes a connection stop its work when the time is over, until the limit is lifted.
  func apply(to connection: OpaquePointer?) {
    sqlite3_progress_handler(
      connection, WorkingTime.steps,
      { time in
        guard let time else { return 1 }
        return Unmanaged<WorkingTime>.fromOpaque(time).takeUnretainedValue().look() ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  static func lift(from connection: OpaquePointer?) {
    sqlite3_progress_handler(connection, 0, nil, nil)
  }

  /// Counts what `body` takes.
  func counting<T>(_ body: () throws -> T) rethrows -> T {
    let start = now()
    state.withLock { $0.since = start }
    defer {
      let end = now()
      state.withLock { state in
        state.spent += end - start
        state.since = nil
      }
    }
    return try body()
  }

  /// Whether the time is over, noted when it is.
  func look() -> Bool {
    let now = now()
    return state.withLock { state in
      if state.spent + (state.since.map { now - $0 } ?? .zero) >= limit { state.isOver = true }
      return state.isOver
    }
  }

  /// Whether SQLite is at work, and has been for this much longer than it may: then it is inside one function, where it
  /// looks at nothing.
  func isStuck(beyond grace: Duration) -> Bool {
    let now = now()
    return state.withLock { state in state.since.map { state.spent + (now - $0) >= limit + grace } ?? false }
  }
}

/// Ends a statement that does not end when its time is over.
///
/// One call of a function can work for hours on two long texts, and nothing in SQLite stops it. Only reading statements
/// are watched, and what reads can be left where it stands: the program ends.
package enum StuckStatement {
  /// How long a function may go on beyond the limit: nearly all end before.
  static let grace = Duration.seconds(1)
  private static let handler = Mutex<(@Sendable (OwnSQLError) -> Void)?>(nil)

  /// What is done then; nothing, where nobody says. It is called on another thread.
  package static func onStuck(_ handle: @escaping @Sendable (OwnSQLError) -> Void) {
    handler.withLock { $0 = handle }
  }

  /// Runs `body` while a second thread looks at the time.
  static func watching<T>(_ time: WorkingTime?, _ error: OwnSQLError, _ body: () throws -> T) rethrows -> T {
    guard let time, let handle = handler.withLock({ $0 }) else { return try body() }
    let timer = DispatchSource.makeTimerSource(queue: .global(qos: .utility))
    timer.schedule(deadline: .now() + .milliseconds(200), repeating: .milliseconds(200))
    timer.setEventHandler { if time.isStuck(beyond: grace) { handle(error) } }
    timer.resume()
    defer { timer.cancel() }
    return try body()
  }
}
