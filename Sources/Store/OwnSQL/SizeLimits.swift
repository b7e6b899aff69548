import GRDBSQLite

/// How large things may get for SQL that somebody else wrote, so that a slip of the pen does not take all memory.
enum SizeLimits {
  /// Of one value, and of one row with all its values, in bytes: SQLite's own limit is a thousand million for each.
  static let row: CInt = 16 << 20
  /// Of all that SQLite holds at once, in bytes: its pages, and the values that it works with.
  static let memory: Int64 = 512 << 20

  private static let limits: [(id: CInt, value: CInt)] = [
    (SQLITE_LIMIT_LENGTH, row),
    (SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
    (SQLITE_LIMIT_EXPR_DEPTH, 500),
    (SQLITE_LIMIT_COMPOUND_SELECT, 500),
    (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000),
    (SQLITE_LIMIT_ATTACHED, 0),
    (SQLITE_LIMIT_WORKER_THREADS, 0),
  ]

  /// For the whole process, once there is such SQL in it: SQLite knows no limit of a connection.
  private static let isMemoryLimited: Bool = {
    sqlite3_hard_heap_limit64(memory)
    return true
  }()

  /// Runs `body` under the limits, and sets those of the connection from before again.
  static func keep<T>(on connection: OpaquePointer?, _ body: () throws -> T) rethrows -> T {
    _ = isMemoryLimited
    let before = limits.map { (id: $0.id, value: sqlite3_limit(connection, $0.id, $0.value)) }
    defer { for limit in before { sqlite3_limit(connection, limit.id, limit.value) } }
    return try body()
  }
}
