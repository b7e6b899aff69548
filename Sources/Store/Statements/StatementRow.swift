import Foundation
import GRDBSQLite
import Runs

/// The row that a statement stands on, read by position; valid only inside the call that hands it out.
///
/// So the rows of reports are read, whose columns are known when they run. The project's own queries have names for
/// their columns: ``NamedRow``.
struct StatementRow {
  let handle: OpaquePointer

  /// What the column holds, as the type that is asked for.
  @inline(__always)
  subscript<T: ColumnValue>(column: Int) -> T { T(column: CInt(column), of: handle) }

  func value(_ column: Int) -> Value {
    switch sqlite3_column_type(handle, CInt(column)) {
    case SQLITE_INTEGER: .integer(sqlite3_column_int64(handle, CInt(column)))
    case SQLITE_FLOAT: .real(sqlite3_column_double(handle, CInt(column)))
    case SQLITE_NULL: .null
    // Packed times, as SQLite itself writes what is no text.
    case SQLITE_BLOB: .text("x'" + StatementRow.hexadecimal(bytes(column)) + "'")
    default: .text(self[column])
    }
  }

  /// The same, taking over the text of the row before where it says the same: names stand in thousands of rows, and a
  /// long text is memory to be made.
  func value(_ column: Int, after previous: Value) -> Value {
    guard case .text(let text) = previous, sqlite3_column_type(handle, CInt(column)) == SQLITE_TEXT,
      let bytes = sqlite3_column_text(handle, CInt(column))
    else { return value(column) }
    let count = Int(sqlite3_column_bytes(handle, CInt(column)))
    let isSame = text.utf8.withContiguousStorageIfAvailable { known in
      known.count == count && memcmp(known.baseAddress ?? bytes, bytes, count) == 0
    }
    return isSame == true ? previous : value(column)
  }

  /// What is in a blob; valid until the next step.
  func bytes(_ column: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: sqlite3_column_blob(handle, CInt(column)), count: Int(sqlite3_column_bytes(handle, CInt(column))))
  }

  /// Bytes of the texts and blobs in these columns.
  func size(of columns: Range<Int>) -> Int {
    columns.reduce(0) { size, column in
      switch sqlite3_column_type(handle, CInt(column)) {
      case SQLITE_TEXT, SQLITE_BLOB: size + Int(sqlite3_column_bytes(handle, CInt(column)))
      default: size
      }
    }
  }

  /// Whether a column holds just this text.
  func holds(_ text: String, _ column: Int) -> Bool {
    var text = text
    guard let bytes = sqlite3_column_text(handle, CInt(column)) else { return false }
    let count = Int(sqlite3_column_bytes(handle, CInt(column)))
    return text.withUTF8 { $0.count == count && memcmp($0.baseAddress ?? bytes, bytes, count) == 0 }
  }

  private static func hexadecimal(_ bytes: UnsafeRawBufferPointer) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    return String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
      for (index, byte) in bytes.enumerated() {
        text[2 * index] = digits[Int(byte >> 4)]
        text[2 * index + 1] = digits[Int(byte & 15)]
      }
      return 2 * bytes.count
    }
  }
}
