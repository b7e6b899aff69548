import Foundation
import GRDB
import GRDBSQLite
import Runs
import SQLFiles

/// A prepared statement that takes and gives ``Value``s.
///
/// GRDB prepares and caches it; binding and stepping go straight to SQLite, because one dictionary of arguments per
/// row costs more than the row. What gives rows with several columns is read through ``Select``.
struct Statement {
  /// By which errors name it.
  let name: String
  private let prepared: GRDB.Statement

  private var handle: OpaquePointer { prepared.sqliteStatement }

  init(_ database: Database, sql: String, name: String = "the statement") throws {
    self.name = name
    do {
      prepared = try database.makeStatement(sql: sql)
    } catch let error as DatabaseError where error.message?.hasPrefix("Multiple statements") == true {
      // The library's own sentence is for those who write Swift.
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "it is more than one statement")
    }
  }

  /// A statement of the project, kept by the connection.
  init(_ database: Database, _ query: Query) throws {
    name = query.rawValue
    prepared = try database.cachedStatement(sql: query.sql)
  }

  /// The same where a temporary table may stand in for the ledger's own, which kept statements do not see.
  init(preparingAnew database: Database, _ query: Query) throws {
    try self.init(database, sql: query.sql, name: query.rawValue)
  }

  var columnNames: [String] { prepared.columnNames }

  /// Its own text, without what stands behind its end.
  var text: String { sqlite3_sql(handle).map { String(cString: $0) } ?? "" }

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
}

/// Running a statement to its end.
extension Statement {
  /// Runs a statement that gives no rows.
  func run(_ arguments: Arguments = [:]) throws {
    try each(arguments) { _ in }
  }

  /// The same with parameters by position, for statements that are run for every run.
  func run(binding bind: (inout Binding) -> Void) throws {
    defer { end() }
    try begin(binding: bind)
    while try next() != nil {}
  }

  func each(_ arguments: Arguments = [:], _ body: (StatementRow) throws -> Void) throws {
    defer { clear() }
    try begin(arguments)
    while let row = try next() { try body(row) }
  }

  /// The one value of a statement that gives one; nil where it is null, or where there is no row.
  func value<T: ColumnValue>(_ arguments: Arguments = [:]) throws -> T? {
    try expectOneColumn()
    defer { clear() }
    try begin(arguments)
    return try next().flatMap { $0[0] }
  }

  /// The values of a statement with one column, of which none is null.
  func values<T: ColumnValue>(_ arguments: Arguments = [:]) throws -> [T] {
    var values: [T] = []
    try eachValue(arguments) { values.append($0) }
    return values
  }

  /// The same, one after another.
  func eachValue<T: ColumnValue>(_ arguments: Arguments = [:], _ body: (T) throws -> Void) throws {
    try expectOneColumn()
    try each(arguments) { try body($0[0]) }
  }

  private func expectOneColumn() throws {
    if sqlite3_column_count(handle) > 1 { throw StatementError.excessColumn(columnNames[1], statement: name) }
  }
}

/// Stepping through a statement.
extension Statement {
  /// Begins with parameters by name; rows are then asked for with ``next()``, until the statement is ended.
  func begin(_ arguments: Arguments) throws {
    for (name, value) in arguments.pairs { try bind(name, value) }
  }

  /// Begins anew with parameters by position; rows are then asked for with ``next()``, until the statement is ended.
  func begin(binding bind: (inout Binding) -> Void) throws {
    sqlite3_reset(handle)
    var binding = Binding(handle: handle)
    bind(&binding)
    guard binding.code == SQLITE_OK, binding.count == sqlite3_bind_parameter_count(handle) else {
      throw StatementError.wrongParameters(statement: name)
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

  private func bind(_ parameter: String, _ value: Value) throws {
    let index = sqlite3_bind_parameter_index(handle, ":" + parameter)
    guard index > 0 else { throw StatementError.unknownParameter(parameter, statement: name) }
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

/// A statement of the project and the Swift that uses it do not fit: a mistake of ours, which a test finds.
enum StatementError: Error, Equatable {
  case unknownParameter(String, statement: String)
  case wrongParameters(statement: String)
  case missingColumn(String, statement: String)
  case excessColumn(String, statement: String)
  /// It gives all columns that are read, in another order.
  case misplacedColumn(String, statement: String)
}

extension StatementError: CustomStringConvertible {
  var description: String {
    switch self {
    case .unknownParameter(let parameter, let statement): "\(statement): it has no parameter :\(parameter)"
    case .wrongParameters(let statement): "\(statement): it has other parameters than those that are given"
    case .missingColumn(let column, let statement): "\(statement): it gives no column \(column)"
    case .excessColumn(let column, let statement): "\(statement): nothing reads its column \(column)"
    case .misplacedColumn(let column, let statement): "\(statement): its column \(column) stands in another place"
    }
  }
}
