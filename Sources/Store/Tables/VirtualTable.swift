import GRDB
import GRDBSQLite

/// A table that statements read and no file holds: its rows are worked out, or lie in memory, when they are asked for.
///
/// SQLite documents the interface as "The Virtual Table Mechanism Of SQLite", section 2.
struct VirtualTable {
  var name: String
  /// Its columns, as in `CREATE TABLE`; the last ones may be hidden, and are arguments then.
  var columns: String
  var firstArgument: CInt = 0
  /// Without all of them it cannot be read.
  var argumentCount: CInt = 0
  var estimatedRows: Int64
  var open: () -> any VirtualCursor

  func register(in db: Database) throws {
    let code = sqlite3_create_module_v2(
      db.sqliteConnection, name, module.pointer, Unmanaged.passRetained(Box(self)).toOpaque(),
      { box in box.map { Unmanaged<Box>.fromOpaque($0).release() } })
    guard code == SQLITE_OK else {
      throw LedgerError.database(action: "registering the table \(name)", reason: "SQLite error \(code)")
    }
  }

  /// SQLite keeps a pointer, and a pointer needs an object.
  fileprivate final class Box {
    let table: VirtualTable

    init(_ table: VirtualTable) {
      self.table = table
    }
  }
}

/// One reading of a virtual table, from its first row to its last.
protocol VirtualCursor: AnyObject {
  var isAtEnd: Bool { get }
  /// Counts rows from 0.
  var index: Int { get }
  /// Goes to the first row.
  /// - Returns: a SQLite result code.
  func start(_ arguments: VirtualArguments) -> CInt
  func advance()
  /// Tells SQLite the value of a column.
  func give(_ column: CInt, to context: OpaquePointer?)
}

/// What a statement gave for the hidden columns, valid only while a cursor starts.
struct VirtualArguments {
  fileprivate let values: UnsafeMutableBufferPointer<OpaquePointer?>

  /// Nil for null, and for whatever is no integer.
  func integer(_ index: Int) -> Int64? {
    let value = values[index]
    return sqlite3_value_type(value) == SQLITE_INTEGER ? sqlite3_value_int64(value) : nil
  }

  /// Nil for whatever was not bound as a pointer of this type, as no SQL text can.
  func pointer(_ index: Int, _ type: StaticString) -> UnsafeMutableRawPointer? {
    sqlite3_value_pointer(values[index], UnsafeRawPointer(type.utf8Start).assumingMemoryBound(to: CChar.self))
  }
}

private let module = Module()

/// SQLite keeps the pointer as long as a connection lives, so it is made once and never freed.
private struct Module: @unchecked Sendable {  // Written once, before anyone reads it.
  let pointer: UnsafeMutablePointer<sqlite3_module>

  init() {
    pointer = .allocate(capacity: 1)
    var module = sqlite3_module()
    module.iVersion = 0
    module.xConnect = connect
    module.xBestIndex = bestIndex
    module.xDisconnect = disconnect
    module.xOpen = openCursor
    module.xClose = closeCursor
    module.xFilter = filter
    module.xNext = { cursor in
      CursorBox.of(cursor).cursor.advance()
      return SQLITE_OK
    }
    module.xEof = { cursor in CursorBox.of(cursor).cursor.isAtEnd ? 1 : 0 }
    module.xColumn = { cursor, context, column in
      CursorBox.of(cursor).cursor.give(column, to: context)
      return SQLITE_OK
    }
    module.xRowid = { cursor, rowid in
      rowid?.pointee = Int64(CursorBox.of(cursor).cursor.index)
      return SQLITE_OK
    }
    pointer.initialize(to: module)
  }
}

/// SQLite's view of a table; `base` comes first, as the interface demands.
private struct TableState {
  var base = sqlite3_vtab()
  var box: Unmanaged<VirtualTable.Box>
}

/// SQLite's view of a cursor; `base` comes first, as the interface demands.
private struct CursorState {
  var base = sqlite3_vtab_cursor()
  var box: Unmanaged<CursorBox>
}

private final class CursorBox {
  let cursor: any VirtualCursor

  init(_ cursor: any VirtualCursor) {
    self.cursor = cursor
  }

  static func of(_ pointer: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> CursorBox {
    UnsafeRawPointer(pointer.unsafelyUnwrapped)  // SQLite never calls a cursor's method without the cursor.
      .assumingMemoryBound(to: CursorState.self).pointee.box.takeUnretainedValue()
  }
}

private func connect(
  _ db: OpaquePointer?, _ box: UnsafeMutableRawPointer?, _ count: CInt,
  _ arguments: UnsafePointer<UnsafePointer<CChar>?>?,
  _ table: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>?,
  _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  guard let box else { return SQLITE_ERROR }
  let state = TableState(box: .fromOpaque(box))
  let described = state.box.takeUnretainedValue().table
  let code = sqlite3_declare_vtab(db, "CREATE TABLE \(described.name) (\(described.columns))")
  guard code == SQLITE_OK else { return code }
  let pointer = UnsafeMutablePointer<TableState>.allocate(capacity: 1)
  pointer.initialize(to: state)
  table?.pointee = UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: sqlite3_vtab.self)
  return SQLITE_OK
}

private func disconnect(_ table: UnsafeMutablePointer<sqlite3_vtab>?) -> CInt {
  guard let table else { return SQLITE_OK }
  UnsafeMutableRawPointer(table).assumingMemoryBound(to: TableState.self).deallocate()
  return SQLITE_OK
}

private func table(_ pointer: UnsafeMutablePointer<sqlite3_vtab>) -> VirtualTable {
  UnsafeRawPointer(pointer).assumingMemoryBound(to: TableState.self).pointee.box.takeUnretainedValue().table
}

/// The arguments arrive as equalities on the hidden columns.
private func bestIndex(
  _ pointer: UnsafeMutablePointer<sqlite3_vtab>?, _ info: UnsafeMutablePointer<sqlite3_index_info>?
) -> CInt {
  guard let pointer, let info else { return SQLITE_ERROR }
  let table = table(pointer)
  var found: Set<CInt> = []
  for index in 0..<Int(info.pointee.nConstraint) where table.argumentCount > 0 {
    let constraint = info.pointee.aConstraint[index]
    let argument = constraint.iColumn - table.firstArgument
    guard argument >= 0, constraint.op == UInt8(SQLITE_INDEX_CONSTRAINT_EQ) else { continue }
    // A second equality on the same column is for SQLite to check.
    guard !found.contains(argument) else { continue }
    guard constraint.usable != 0 else { return SQLITE_CONSTRAINT }
    info.pointee.aConstraintUsage[index].argvIndex = argument + 1
    info.pointee.aConstraintUsage[index].omit = 1
    found.insert(argument)
  }
  info.pointee.estimatedCost = Double(table.estimatedRows)
  info.pointee.estimatedRows = table.estimatedRows
  return found.count == Int(table.argumentCount) ? SQLITE_OK : SQLITE_CONSTRAINT
}

private func openCursor(
  _ pointer: UnsafeMutablePointer<sqlite3_vtab>?,
  _ cursor: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab_cursor>?>?
) -> CInt {
  guard let pointer else { return SQLITE_ERROR }
  let state = UnsafeMutablePointer<CursorState>.allocate(capacity: 1)
  state.initialize(to: CursorState(box: .passRetained(CursorBox(table(pointer).open()))))
  cursor?.pointee = UnsafeMutableRawPointer(state).assumingMemoryBound(to: sqlite3_vtab_cursor.self)
  return SQLITE_OK
}

private func closeCursor(_ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> CInt {
  guard let cursor else { return SQLITE_OK }
  let state = UnsafeMutableRawPointer(cursor).assumingMemoryBound(to: CursorState.self)
  state.pointee.box.release()
  state.deallocate()
  return SQLITE_OK
}

private func filter(
  _ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ number: CInt, _ name: UnsafePointer<CChar>?,
  _ count: CInt, _ values: UnsafeMutablePointer<OpaquePointer?>?
) -> CInt {
  let values = UnsafeMutableBufferPointer(start: values, count: Int(count))
  return CursorBox.of(cursor).cursor.start(VirtualArguments(values: values))
}
