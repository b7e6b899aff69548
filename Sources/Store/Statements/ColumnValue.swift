import GRDBSQLite
import Runs

/// What a column of a row can be read as. An optional is for a column that may be null; the others are for columns
/// that never are.
protocol ColumnValue {
  init(column: CInt, of statement: OpaquePointer)
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
  @inline(__always)
  init(column: CInt, of statement: OpaquePointer) {
    self = sqlite3_column_type(statement, column) == SQLITE_NULL ? nil : Wrapped(column: column, of: statement)
  }
}

extension Int64: ColumnValue {
  @inline(__always)
  init(column: CInt, of statement: OpaquePointer) {
    self = sqlite3_column_int64(statement, column)
  }
}

extension String: ColumnValue {
  init(column: CInt, of statement: OpaquePointer) {
    guard let bytes = sqlite3_column_text(statement, column) else {
      self = ""
      return
    }
    let count = Int(sqlite3_column_bytes(statement, column))
    self.init(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }
}

extension Bool: ColumnValue {
  init(column: CInt, of statement: OpaquePointer) {
    self = Int64(column: column, of: statement) != 0
  }
}

extension Instant: ColumnValue {
  @inline(__always)
  init(column: CInt, of statement: OpaquePointer) {
    self.init(milliseconds: Int64(column: column, of: statement))
  }
}

extension LocalDay: ColumnValue {
  init(column: CInt, of statement: OpaquePointer) {
    self.init(number: Int64(column: column, of: statement))
  }
}

extension Outcome: ColumnValue {
  init(column: CInt, of statement: OpaquePointer) {
    self = Outcome(rawValue: Int(Int64(column: column, of: statement))) ?? .unknown
  }
}
