import Foundation
import GRDB
import GRDBSQLite
import Runs
import SQLFiles

/// A prepared statement that takes and gives ``Value``s.
///
/// GRDB prepares and caches it; binding and stepping go straight to SQLite, because one dictionary of arguments per
/// row costs more than the row.
struct Statement {
  private let prepared: GRDB.Statement

  private var handle: OpaquePointer { prepared.sqliteStatement }

  init(_ database: Database, sql: String) throws {
    do {
      prepared = try database.makeStatement(sql: sql)
    } catch let error as DatabaseError where error.message?.hasPrefix("Multiple statements") == true {
      // The library's own sentence is for those who write Swift.
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "it is more than one statement")
    }
  }

  /// A statement of the project, kept by the connection.
  init(_ database: Database, _ query: Query) throws {
    prepared = try database.cachedStatement(sql: query.sql)
  }

  var columnNames: [String] { prepared.columnNames }

  /// It gives rows and changes nothing; SQLite also calls reading what opens and ends transactions or attaches files.
  var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 && sqlite3_column_count(handle) > 0 }

  /// Names of the parameters, without the colon.
  var parameterNames: [String] {
    parameters.map(\.name)
  }

  /// A parameter as it is written: `:from_day`, or a `?` without a name.
  struct Parameter {
    var text: String
    var sign: Character? { text.first }
    var name: String { String(text.dropFirst()) }
  }

  var parameters: [Parameter] {
    (0..<sqlite3_bind_parameter_count(handle)).map { index in
      Parameter(text: sqlite3_bind_parameter_name(handle, index + 1).map { String(cString: $0) } ?? "?")
    }
  }

  /// Runs a statement that gives no rows.
  func run(_ arguments: Arguments = [:]) throws {
    try each(arguments) { _ in }
  }

  /// The first row, if any.
  func first<T>(_ arguments: Arguments = [:], _ read: (StatementRow) throws -> T) throws -> T? {
    var result: T?
    try step(arguments) { row in
      result = try read(row)
      return false
    }
    return result
  }

  func all<T>(_ arguments: Arguments = [:], _ read: (StatementRow) throws -> T) throws -> [T] {
    var rows: [T] = []
    try each(arguments) { rows.append(try read($0)) }
    return rows
  }

  func each(_ arguments: Arguments = [:], _ body: (StatementRow) throws -> Void) throws {
    try step(arguments) { row in
      try body(row)
      return true
    }
  }

  /// Hands out rows until told to stop.
  func step(_ arguments: Arguments, _ body: (StatementRow) throws -> Bool) throws {
    defer {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
    try begin(arguments)
    try step(body)
  }

  /// Begins with parameters by name; rows are then asked for with ``next()``, until the statement is ended.
  func begin(_ arguments: Arguments) throws {
    for (name, value) in arguments.pairs { try bind(name, value) }
  }

  /// The same with parameters by position, for statements that are run for every run.
  func step(binding bind: (inout Binding) -> Void, _ body: (StatementRow) throws -> Bool) throws {
    defer { end() }
    try begin(binding: bind)
    try step(body)
  }

  /// Begins anew with other parameters; rows are then asked for with ``next()``, until the statement is ended.
  func begin(binding bind: (inout Binding) -> Void) throws {
    sqlite3_reset(handle)
    var binding = Binding(handle: handle)
    bind(&binding)
    guard binding.code == SQLITE_OK, binding.count == sqlite3_bind_parameter_count(handle) else {
      throw LedgerError.database(action: "binding values", reason: "the statement has other parameters")
    }
  }

  /// The next row, valid until the one after it is asked for; nil at the end.
  func next() throws -> StatementRow? {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return StatementRow(handle: handle)
    case SQLITE_DONE: return nil
    default: throw failure()
    }
  }

  func end() {
    sqlite3_reset(handle)
  }

  /// Ends it and lets go of what is bound, such as the address of an object.
  func clear() {
    end()
    sqlite3_clear_bindings(handle)
  }

  func run(binding bind: (inout Binding) -> Void) throws {
    try step(binding: bind) { _ in true }
  }

  private func step(_ body: (StatementRow) throws -> Bool) throws {
    while let row = try next() {
      guard try body(row) else { return }
    }
  }

  private func bind(_ name: String, _ value: Value) throws {
    let index = sqlite3_bind_parameter_index(handle, ":" + name)
    guard index > 0 else {
      throw LedgerError.database(action: "binding :\(name)", reason: "the statement has no such parameter")
    }
    let code: CInt =
      switch value {
      case .null: sqlite3_bind_null(handle, index)
      case .integer(let integer): sqlite3_bind_int64(handle, index, integer)
      case .real(let real): sqlite3_bind_double(handle, index, real)
      case .text(let text): sqlite3_bind_text(handle, index, text, CInt(text.utf8.count), transient)
      }
    if code != SQLITE_OK { throw failure() }
  }

  private func failure() -> DatabaseError {
    let connection = sqlite3_db_handle(handle)
    return DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)))
  }
}

/// Binds the parameters of a statement one after another, in the order in which its text first names them.
struct Binding {
  fileprivate let handle: OpaquePointer
  fileprivate var count: CInt = 0
  fileprivate var code = SQLITE_OK

  mutating func next(_ integer: Int64?) {
    count += 1
    note(integer.map { sqlite3_bind_int64(handle, count, $0) } ?? sqlite3_bind_null(handle, count))
  }

  mutating func next(_ flag: Bool) {
    next(flag ? 1 : 0)
  }

  mutating func next(_ instant: Instant?) {
    next(instant?.milliseconds)
  }

  mutating func next(_ text: String) {
    count += 1
    var text = text
    note(
      text.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) {
          $0.isEmpty
            ? sqlite3_bind_text(handle, count, "", 0, transient)
            : sqlite3_bind_text(handle, count, $0.baseAddress, CInt($0.count), transient)
        }
      })
  }

  mutating func next(_ bytes: [UInt8]) {
    count += 1
    note(
      bytes.withUnsafeBytes {
        // Without an address SQLite would bind null.
        $0.isEmpty
          ? sqlite3_bind_zeroblob(handle, count, 0)
          : sqlite3_bind_blob(handle, count, $0.baseAddress, CInt($0.count), transient)
      })
  }

  /// An object of ours, for a virtual table; it is not kept, so the caller holds it as long as the statement runs.
  mutating func next(_ object: AnyObject, _ type: StaticString) {
    count += 1
    note(
      sqlite3_bind_pointer(
        handle, count, Unmanaged.passUnretained(object).toOpaque(),
        UnsafeRawPointer(type.utf8Start).assumingMemoryBound(to: CChar.self), nil))
  }

  private mutating func note(_ result: CInt) {
    if result != SQLITE_OK { code = result }
  }
}

/// Values for the parameters of a statement, by name, in any order.
struct Arguments: ExpressibleByDictionaryLiteral {
  var pairs: [(String, Value)]

  init(_ pairs: [(String, Value)]) {
    self.pairs = pairs
  }

  init(dictionaryLiteral pairs: (String, Value)...) {
    self.pairs = pairs
  }

  static func + (left: Arguments, right: Arguments) -> Arguments {
    Arguments(left.pairs + right.pairs)
  }
}

/// SQLite's SQLITE_TRANSIENT, a C macro that Swift cannot import: "copy this text before returning".
let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

/// The row a statement stands on; valid only inside the call that hands it out.
struct StatementRow {
  fileprivate let handle: OpaquePointer

  func value(_ column: Int) -> Value {
    switch sqlite3_column_type(handle, CInt(column)) {
    case SQLITE_INTEGER: .integer(sqlite3_column_int64(handle, CInt(column)))
    case SQLITE_FLOAT: .real(sqlite3_column_double(handle, CInt(column)))
    case SQLITE_NULL: .null
    // Packed times, as SQLite itself writes what is no text.
    case SQLITE_BLOB: .text("x'" + StatementRow.hexadecimal(bytes(column)) + "'")
    default: .text(string(column))
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

  func integer(_ column: Int) -> Int64? {
    sqlite3_column_type(handle, CInt(column)) == SQLITE_NULL ? nil : sqlite3_column_int64(handle, CInt(column))
  }

  /// For columns declared NOT NULL.
  func count(_ column: Int) -> Int64 {
    sqlite3_column_int64(handle, CInt(column))
  }

  func flag(_ column: Int) -> Bool {
    count(column) != 0
  }

  func instant(_ column: Int) -> Instant? {
    integer(column).map(Instant.init(milliseconds:))
  }

  func text(_ column: Int) -> String? {
    sqlite3_column_type(handle, CInt(column)) == SQLITE_NULL ? nil : string(column)
  }

  private static func hexadecimal(_ bytes: UnsafeRawBufferPointer) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
  }

  /// What is in a blob; valid until the next step.
  func bytes(_ column: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: sqlite3_column_blob(handle, CInt(column)), count: Int(sqlite3_column_bytes(handle, CInt(column))))
  }

  /// Whether a column holds just these bytes.
  func holds(_ text: String, _ column: Int) -> Bool {
    var text = text
    guard let bytes = sqlite3_column_text(handle, CInt(column)) else { return false }
    let count = Int(sqlite3_column_bytes(handle, CInt(column)))
    return text.withUTF8 { $0.count == count && memcmp($0.baseAddress ?? bytes, bytes, count) == 0 }
  }

  /// For columns declared NOT NULL.
  func string(_ column: Int) -> String {
    guard let bytes = sqlite3_column_text(handle, CInt(column)) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, CInt(column)))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }
}
