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

extension TallyKey {
  /// Reads the six key columns of `run_day`.
  init(_ row: StatementRow) {
    self.init(
      day: LocalDay(number: row.count(0)), runner: row.count(1), instanceType: row.count(2), price: row.count(3),
      isAssumed: row.flag(4), outcome: Outcome(rawValue: Int(row.count(5))) ?? .unknown)
  }
}

extension TallySums {
  /// Reads the six sums of `run_day`.
  init(_ row: StatementRow) {
    self.init(
      runs: row.count(6), timedRuns: row.count(7), runtime: row.count(8), queuedRuns: row.count(9),
      queue: row.count(10), billed: row.count(11))
  }
}

extension FinishedRun {
  /// Reads runner, outcome, creation, start and end.
  init(_ row: StatementRow) {
    self.init(
      runner: row.count(0), outcome: Outcome(rawValue: Int(row.count(1))) ?? .unknown, createdAt: row.instant(2),
      startedAt: row.instant(3), endedAt: Instant(milliseconds: row.count(4)))
  }
}
