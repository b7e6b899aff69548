import Foundation
import GRDB
import GRDBSQLite
import Runs

/// A number for a row of a table: another one wherever a single value of the row is another.
///
/// Every step can be taken back when the value that it added is known, so that one changed value cannot be lost on the way.
/// It finds accidents. Whoever wants to can find another row with the same number.
struct RowDigest {
  private var state: UInt64 = 0x243F_6A88_85A3_08D3

  private enum Kind: UInt64 {
    case null = 1
    case integer
    case real
    case text
    case blob
  }

  var value: UInt64 { state ^ state >> 29 }

  mutating func addNull() {
    mix(Kind.null.rawValue)
  }

  mutating func add(_ integer: Int64) {
    mix(Kind.integer.rawValue)
    mix(UInt64(bitPattern: integer))
  }

  mutating func add(_ instant: Instant?) {
    if let instant { add(instant.milliseconds) } else { addNull() }
  }

  mutating func add(_ real: Double) {
    mix(Kind.real.rawValue)
    mix(real.bitPattern)
  }

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0), .text) }
  }

  private mutating func add(_ bytes: UnsafeRawBufferPointer, _ kind: Kind) {
    mix(kind.rawValue)
    mix(UInt64(bytes.count))
    var index = 0
    while index + 8 <= bytes.count {
      mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
      index += 8
    }
    guard index < bytes.count else { return }
    var rest: UInt64 = 0
    for byte in bytes[index...] { rest = rest << 8 | UInt64(byte) }
    mix(rest)
  }

  /// Turning, adding without carry and multiplying by an odd number can each be taken back.
  private mutating func mix(_ word: UInt64) {
    state = ((state << 23 | state >> 41) ^ word) &* 0x9E37_79B9_7F4A_7C15
  }
}

extension RowDigest {
  /// The number of the row that a statement stands on.
  init(_ row: StatementRow) {
    let handle = row.handle
    for column in 0..<sqlite3_column_count(handle) {
      switch sqlite3_column_type(handle, column) {
      case SQLITE_INTEGER: add(sqlite3_column_int64(handle, column))
      case SQLITE_FLOAT: add(sqlite3_column_double(handle, column))
      case SQLITE_TEXT:
        let bytes = sqlite3_column_text(handle, column)
        add(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))), .text)
      case SQLITE_BLOB:
        let bytes = sqlite3_column_blob(handle, column)
        add(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))), .blob)
      default: addNull()
      }
    }
  }

  private init(_ values: UnsafeMutablePointer<OpaquePointer?>, _ count: CInt) {
    for value in UnsafeBufferPointer(start: values, count: Int(count)) {
      switch sqlite3_value_type(value) {
      case SQLITE_INTEGER: add(sqlite3_value_int64(value))
      case SQLITE_FLOAT: add(sqlite3_value_double(value))
      case SQLITE_TEXT:
        let bytes = sqlite3_value_text(value)
        add(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_value_bytes(value))), .text)
      case SQLITE_BLOB:
        let bytes = sqlite3_value_blob(value)
        add(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_value_bytes(value))), .blob)
      default: addNull()
      }
    }
  }

  /// `row_digest(value, …)` and `digest_sum(digest, added, taken away)`, for the triggers of a writer.
  static func register(in db: Database) throws {
    try ScalarFunction.pure("digest_sum", 3) { arguments in
      let (sum, added, removed) = (try arguments.integer(0), try arguments.integer(1), try arguments.integer(2))
      guard let sum, let added, let removed else { return nil }
      return sum &+ added &- removed
    }.register(in: db)
    let code = sqlite3_create_function_v2(
      db.sqliteConnection, "row_digest", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nil,
      { context, count, values in
        guard let values else { return }
        sqlite3_result_int64(context, Int64(bitPattern: RowDigest(values, count).value))
      }, nil, nil, nil)
    guard code == SQLITE_OK else {
      throw LedgerError.database(action: "registering row_digest()", reason: "SQLite error \(code)")
    }
  }
}
