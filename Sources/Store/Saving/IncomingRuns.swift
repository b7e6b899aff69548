import GRDB
import GRDBSQLite
import Runs

/// `incoming_run(runs)`: runs that the ledger may not have, as a table that one statement takes them all from.
///
/// A statement for each run opens and closes as many cursors as `run` has indexes, which was measured to cost a quarter
/// of a first import. The argument is a batch in memory, handed over as SQLite's "Pointer Passing Interfaces" have it.
final class IncomingRuns {
  struct Run {
    var id: String
    var state: RunState
  }

  private static let type: StaticString = "incoming_runs"
  fileprivate let runs: [Run]

  init(_ runs: [Run]) {
    self.runs = runs
  }

  static func register(in db: Database) throws {
    let table = VirtualTable(
      name: "incoming_run",
      columns: """
        external_id TEXT, status TEXT, outcome INTEGER, outcome_inferred INTEGER, exit_code INTEGER,
        created_at INTEGER, started_at INTEGER, completed_at INTEGER, updated_at INTEGER, ended_at INTEGER, runs HIDDEN
        """,
      firstArgument: 10, argumentCount: 1, estimatedRows: 10_000, open: { IncomingCursor() })
    try table.register(in: db)
  }

  /// Inserts those that are not there yet, in the order of the list.
  ///
  /// - Returns: the id of each run's new row; nil for a run that was in the ledger, or stands further up in the list.
  func insert(of runner: Int64, sequence: Int64, _ db: Database) throws -> [Int64?] {
    guard !runs.isEmpty else { return [] }
    let insert = try Statement(db, .insertIncomingRuns)
    defer { insert.clear() }
    try withExtendedLifetime(self) {
      try insert.run { binding in
        binding.next(runner)
        binding.next(sequence)
        binding.next(self, IncomingRuns.type)
      }
    }
    let count = Int64(db.changesCount)
    let first = db.lastInsertedRowID - count + 1
    let rows: [Int64?] =
      if count == runs.count {
        runs.indices.map { first + Int64($0) }
      } else {
        count == 0 ? runs.map { _ in nil } : try rows(from: first, db)
      }
    var digest = TableDigest()
    for (run, row) in zip(runs, rows) {
      if let row { digest.add(RowDigest(run, row: row, runner: runner, sequence: sequence)) }
    }
    try digest.keep(in: TableDigest.ofRuns, db)
    return rows
  }

  /// The new rows stand one after another, in the order of the list. So one walk over both finds the row of each run;
  /// a run whose id is not that of the next row was there already.
  private func rows(from first: Int64, _ db: Database) throws -> [Int64?] {
    let inserted = try Select<SavedRun>(db, .selectRunsFrom)
    defer { inserted.statement.end() }
    try inserted.statement.begin { $0.next(first) }
    var row = try inserted.next()
    return try runs.map { run in
      guard let next = row, next.holds(run.id, .externalID) else { return nil }
      let id: Int64 = next[.runID]
      row = try inserted.next()
      return id
    }
  }

  fileprivate static func argument(_ arguments: VirtualArguments) -> IncomingRuns? {
    arguments.pointer(0, type).map { Unmanaged<IncomingRuns>.fromOpaque($0).takeUnretainedValue() }
  }
}

extension RowDigest {
  /// The number of a new run's row: its values in the order of the table's columns. A trigger that calls a
  /// function for each row would slow a first import down.
  fileprivate init(_ run: IncomingRuns.Run, row: Int64, runner: Int64, sequence: Int64) {
    add(row)
    add(runner)
    add(run.id)
    add(run.state.status)
    add(Int64(run.state.outcome.rawValue))
    add(Int64(run.state.isInferred ? 1 : 0))
    if let code = run.state.exitCode { add(code) } else { addNull() }
    add(run.state.createdAt)
    add(run.state.startedAt)
    add(run.state.completedAt)
    add(run.state.updatedAt)
    add(run.state.endedAt)
    // It is not missing.
    addNull()
    add(sequence)
    addNull()
  }
}

private final class IncomingCursor: VirtualCursor {
  private var runs: [IncomingRuns.Run] = []
  private(set) var index = 0
  /// Taken out once, and not for each of its columns.
  private var run: IncomingRuns.Run?

  var isAtEnd: Bool { run == nil }

  func start(_ arguments: VirtualArguments) -> CInt {
    runs = IncomingRuns.argument(arguments)?.runs ?? []
    index = 0
    run = runs.first
    return SQLITE_OK
  }

  func advance() {
    index += 1
    run = index < runs.count ? runs[index] : nil
  }

  func give(_ column: CInt, to context: OpaquePointer?) {
    guard let run else { return sqlite3_result_null(context) }
    switch column {
    case 0: give(run.id, to: context)
    case 1: give(run.state.status, to: context)
    case 2: sqlite3_result_int64(context, Int64(run.state.outcome.rawValue))
    case 3: sqlite3_result_int64(context, run.state.isInferred ? 1 : 0)
    case 4: give(run.state.exitCode, to: context)
    case 5: give(run.state.createdAt?.milliseconds, to: context)
    case 6: give(run.state.startedAt?.milliseconds, to: context)
    case 7: give(run.state.completedAt?.milliseconds, to: context)
    case 8: give(run.state.updatedAt?.milliseconds, to: context)
    case 9: give(run.state.endedAt?.milliseconds, to: context)
    default: sqlite3_result_null(context)
    }
  }

  private func give(_ text: String, to context: OpaquePointer?) {
    sqlite3_result_text(context, text, CInt(text.utf8.count), transient)
  }

  private func give(_ integer: Int64?, to context: OpaquePointer?) {
    if let integer { sqlite3_result_int64(context, integer) } else { sqlite3_result_null(context) }
  }
}
