import GRDB
import Runs
import SQLFiles

/// Changes to the tally and to the times beside it, added up in memory and written once per transaction.
struct TallyChanges {
  private var changes: [TallyKey: TallySums] = [:]
  private var times = TimesChanges()

  mutating func add(_ run: FinishedRun, _ slicer: inout Slicer) {
    let lines = slicer.tally(of: run)
    add(lines)
    times.add(run, TimesKey(lines[0].key))
  }

  mutating func subtract(_ run: FinishedRun, _ slicer: inout Slicer) {
    let lines = slicer.tally(of: run)
    subtract(lines)
    times.subtract(run, TimesKey(lines[0].key))
  }

  /// Lines of the tally alone: prices and billing rules have no part in the times.
  mutating func add(_ lines: [(key: TallyKey, sums: TallySums)]) {
    for line in lines { changes[line.key, default: .zero] += line.sums }
  }

  mutating func subtract(_ lines: [(key: TallyKey, sums: TallySums)]) {
    for line in lines { changes[line.key, default: .zero] -= line.sums }
  }

  /// Writes what changed, on every level.
  mutating func flush(_ db: Database) throws {
    if !changes.isEmpty { try TallyTables(db).add(changes) }
    changes = [:]
    try times.flush(db)
  }
}

extension FinishedRun: QueryRow {
  static let queries = [Query.selectFinishedRuns, .selectFinishedRunsSince]
  enum Column: Int, ColumnName { case runnerID, outcome, createdAt, startedAt, endedAt }

  init(_ row: NamedRow<Column>) {
    self.init(
      runner: row[.runnerID], outcome: row[.outcome], createdAt: row[.createdAt], startedAt: row[.startedAt],
      endedAt: row[.endedAt])
  }
}
