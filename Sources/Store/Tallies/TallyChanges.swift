import GRDB
import Runs
import SQLFiles

/// Changes to the daily tally and to the times beside it, added up in memory and written once per transaction.
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

  /// Writes what changed, and takes lines away that no run is left in.
  mutating func flush(_ db: Database) throws {
    let add = try Statement(db, .addToTally)
    let delete = try Statement(db, .deleteEmptyTally)
    for (key, sums) in changes where sums != .zero {
      try add.run(key.arguments(with: sums))
      // Only a line that something was taken from, or that has no runs of its own, can have become one of nothing.
      let mayBeEmpty = sums.runs < 0 || sums.billed < 0 || sums.runs == 0
      if mayBeEmpty { try delete.run(key.arguments) }
    }
    changes = [:]
    try times.flush(db)
  }
}

extension TallyKey {
  var arguments: Arguments {
    [
      "day": .integer(day.number), "runner_id": .integer(runner), "instance_type_id": .integer(instanceType),
      "price_id": .integer(price), "assumed": Value(isAssumed), "outcome": .integer(Int64(outcome.rawValue)),
    ]
  }

  func arguments(with sums: TallySums) -> Arguments {
    arguments + [
      "runs": .integer(sums.runs), "timed_runs": .integer(sums.timedRuns), "runtime": .integer(sums.runtime),
      "queued_runs": .integer(sums.queuedRuns), "queue": .integer(sums.queue), "billed": .integer(sums.billed),
    ]
  }
}

/// A row of `run_day`.
struct TallyLine: QueryRow {
  static let queries = [Query.selectTally]
  enum Column: Int, ColumnName {
    case day, runnerID, instanceTypeID, priceID, assumed, outcome
    case runs, timedRuns, runtime, queuedRuns, queue, billed
  }

  var key: TallyKey
  var sums: TallySums

  init(_ row: NamedRow<Column>) {
    key = TallyKey(
      day: row[.day], runner: row[.runnerID], instanceType: row[.instanceTypeID], price: row[.priceID],
      isAssumed: row[.assumed], outcome: row[.outcome])
    sums = TallySums(
      runs: row[.runs], timedRuns: row[.timedRuns], runtime: row[.runtime], queuedRuns: row[.queuedRuns],
      queue: row[.queue], billed: row[.billed])
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
