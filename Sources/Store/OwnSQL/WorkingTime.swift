import GRDBSQLite

/// How long SQLite has worked on a statement, and the end of that.
///
/// Only its own work counts: whoever reads rows through a pager may take all day.
final class WorkingTime {
  /// Virtual machine steps between two looks at the clock: some microseconds.
  private static let steps: CInt = 1000

  private let limit: Duration
  private let now: () -> ContinuousClock.Instant
  private var spent = Duration.zero
  private var since: ContinuousClock.Instant?
  private(set) var isOver = false

  init(limit: Duration, now: @escaping () -> ContinuousClock.Instant = { .now }) {
    self.limit = limit
    self.now = now
  }

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
    since = start
    defer {
      spent += now() - start
      since = nil
    }
    return try body()
  }

  /// Whether the time is over, noted when it is.
  func look() -> Bool {
    let running = since.map { now() - $0 } ?? .zero
    if spent + running >= limit { isOver = true }
    return isOver
  }
}
