import GRDB
import GRDBSQLite
import Runs

/// `slices(runner_id, started_at, ended_at)`: a table-valued function with the slices of one run, cut by the same
/// slicer that keeps the tally, so that what a report lists and what it sums cannot differ.
///
/// Columns: day, from_at, to_at, instance_type_id, price_id, assumed, billed. A null argument gives no rows.
/// SQLite documents the interface as "The Virtual Table Mechanism Of SQLite", section 2.
enum SliceTable {
  static func register(in db: Database, book: PriceBook) throws {
    let source = Unmanaged.passRetained(SliceSource(book))
    let code = sqlite3_create_module_v2(
      db.sqliteConnection, "slices", module.pointer, source.toOpaque(),
      { source in source.map { Unmanaged<SliceSource>.fromOpaque($0).release() } })
    guard code == SQLITE_OK else {
      throw LedgerError.database(action: "registering slices()", reason: "SQLite error \(code)")
    }
  }

  fileprivate static let schema = """
    CREATE TABLE slices (
      day INTEGER, from_at INTEGER, to_at INTEGER, instance_type_id INTEGER, price_id INTEGER, assumed INTEGER,
      billed INTEGER, runner HIDDEN, started HIDDEN, ended HIDDEN
    )
    """
  fileprivate static let firstArgument: CInt = 7
  fileprivate static let argumentCount: CInt = 3

  private static let module = Module()

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
      module.xNext = { cursor in SliceCursor.of(cursor).advance() }
      module.xEof = { cursor in SliceCursor.of(cursor).isAtEnd ? 1 : 0 }
      module.xColumn = { cursor, context, column in SliceCursor.of(cursor).give(column, to: context) }
      module.xRowid = { cursor, rowid in
        rowid?.pointee = Int64(SliceCursor.of(cursor).index)
        return SQLITE_OK
      }
      pointer.initialize(to: module)
    }
  }
}

private final class SliceSource {
  var slicer: Slicer

  init(_ book: PriceBook) {
    slicer = Slicer(book: book)
  }
}

/// SQLite's view of the table; `base` comes first, as the interface demands.
private struct SliceTableState {
  var base = sqlite3_vtab()
  var source: Unmanaged<SliceSource>
}

/// SQLite's view of a cursor; `base` comes first, as the interface demands.
private struct SliceCursorState {
  var base = sqlite3_vtab_cursor()
  var cursor: Unmanaged<SliceCursor>
}

private final class SliceCursor {
  private let source: SliceSource
  private var slices: [Slice] = []
  private(set) var index = 0

  init(source: SliceSource) {
    self.source = source
  }

  static func of(_ pointer: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> SliceCursor {
    UnsafeRawPointer(pointer.unsafelyUnwrapped)  // SQLite never calls a cursor's method without the cursor.
      .assumingMemoryBound(to: SliceCursorState.self).pointee.cursor.takeUnretainedValue()
  }

  var isAtEnd: Bool { index >= slices.count }

  func start(_ arguments: [Int64?]) -> CInt {
    index = 0
    slices = []
    if arguments.count == 3, let runner = arguments[0], let start = arguments[1], let end = arguments[2] {
      let known = FunctionArguments.instants
      guard known.contains(start), known.contains(end) else { return SQLITE_RANGE }
      slices = source.slicer.slices(
        of: runner, from: Instant(milliseconds: start), until: Instant(milliseconds: end))
    }
    return SQLITE_OK
  }

  func advance() -> CInt {
    index += 1
    return SQLITE_OK
  }

  func give(_ column: CInt, to context: OpaquePointer?) -> CInt {
    let slice = slices[index]
    switch column {
    case 0: sqlite3_result_int64(context, slice.day.number)
    case 1: sqlite3_result_int64(context, slice.from.milliseconds)
    case 2: sqlite3_result_int64(context, slice.until.milliseconds)
    case 3: sqlite3_result_int64(context, slice.instanceType)
    case 4: sqlite3_result_int64(context, slice.price)
    case 5: sqlite3_result_int64(context, slice.isAssumed ? 1 : 0)
    case 6: sqlite3_result_int64(context, slice.billed)
    default: sqlite3_result_null(context)
    }
    return SQLITE_OK
  }
}

private func connect(
  _ db: OpaquePointer?, _ source: UnsafeMutableRawPointer?, _ count: CInt,
  _ arguments: UnsafePointer<UnsafePointer<CChar>?>?,
  _ table: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>?,
  _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  let code = sqlite3_declare_vtab(db, SliceTable.schema)
  guard code == SQLITE_OK, let source else { return code }
  let state = UnsafeMutablePointer<SliceTableState>.allocate(capacity: 1)
  state.initialize(to: SliceTableState(source: .fromOpaque(source)))
  table?.pointee = UnsafeMutableRawPointer(state).assumingMemoryBound(to: sqlite3_vtab.self)
  return SQLITE_OK
}

private func disconnect(_ table: UnsafeMutablePointer<sqlite3_vtab>?) -> CInt {
  guard let table else { return SQLITE_OK }
  UnsafeMutableRawPointer(table).assumingMemoryBound(to: SliceTableState.self).deallocate()
  return SQLITE_OK
}

/// The three arguments arrive as equalities on the hidden columns; without all of them there is nothing to cut.
private func bestIndex(
  _ table: UnsafeMutablePointer<sqlite3_vtab>?, _ info: UnsafeMutablePointer<sqlite3_index_info>?
) -> CInt {
  guard let info else { return SQLITE_ERROR }
  var found: CInt = 0
  for index in 0..<Int(info.pointee.nConstraint) {
    let constraint = info.pointee.aConstraint[index]
    let argument = constraint.iColumn - SliceTable.firstArgument
    guard argument >= 0, constraint.op == UInt8(SQLITE_INDEX_CONSTRAINT_EQ) else { continue }
    guard constraint.usable != 0 else { return SQLITE_CONSTRAINT }
    info.pointee.aConstraintUsage[index].argvIndex = argument + 1
    info.pointee.aConstraintUsage[index].omit = 1
    found += 1
  }
  info.pointee.estimatedCost = 2
  info.pointee.estimatedRows = 2
  return found == SliceTable.argumentCount ? SQLITE_OK : SQLITE_CONSTRAINT
}

private func openCursor(
  _ table: UnsafeMutablePointer<sqlite3_vtab>?,
  _ cursor: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab_cursor>?>?
) -> CInt {
  guard let table else { return SQLITE_ERROR }
  let source = UnsafeRawPointer(table).assumingMemoryBound(to: SliceTableState.self).pointee.source
  let state = UnsafeMutablePointer<SliceCursorState>.allocate(capacity: 1)
  state.initialize(
    to: SliceCursorState(cursor: .passRetained(SliceCursor(source: source.takeUnretainedValue()))))
  cursor?.pointee = UnsafeMutableRawPointer(state).assumingMemoryBound(to: sqlite3_vtab_cursor.self)
  return SQLITE_OK
}

private func closeCursor(_ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> CInt {
  guard let cursor else { return SQLITE_OK }
  let state = UnsafeMutableRawPointer(cursor).assumingMemoryBound(to: SliceCursorState.self)
  state.pointee.cursor.release()
  state.deallocate()
  return SQLITE_OK
}

private func filter(
  _ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ number: CInt, _ name: UnsafePointer<CChar>?,
  _ count: CInt, _ values: UnsafeMutablePointer<OpaquePointer?>?
) -> CInt {
  let arguments = (0..<Int(count)).map { index -> Int64? in
    guard let value = values?[index], sqlite3_value_type(value) == SQLITE_INTEGER else { return nil }
    return sqlite3_value_int64(value)
  }
  return SliceCursor.of(cursor).start(arguments)
}
