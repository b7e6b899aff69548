import GRDB
import Runs
import SQLFiles

/// Saving runs: new ones are inserted, changed ones keep the state they had, equal ones are left alone.
extension HarvestSaver.Visit {
  mutating func save(runs: [RunRecord], of runnerID: String, _ db: Database) throws {
    guard let runner = runners[runnerID] else {
      throw LedgerError.database(action: "saving runs", reason: "the runner \(runnerID) was not saved before its runs")
    }
    let select = try Statement(db, .selectRun)
    let seen = try Statement(db, .insertSeenRun)
    var tally = TallyChanges()
    for record in runs {
      let known = try select.first(
        ["runner_id": .integer(runner), "external_id": .text(record.id)], KnownRun.init)
      let id: Int64
      if let known {
        id = known.id
        try save(record, known: known, runner: runner, &tally, db)
      } else {
        let state = RunState(record, runner: runner, known: nil, visit: self)
        try Statement(db, .insertRun).run(
          state.arguments(["runner_id": .integer(runner), "external_id": .text(record.id)], sequence: sequence))
        id = db.lastInsertedRowID
        counts.newRuns += 1
        if let finished = state.finished(runner: runner) { tally.add(finished, &slicer) }
      }
      try seen.run(["runner_id": .integer(runner), "run_id": .integer(id)])
    }
    try tally.flush(db)
  }

  private mutating func save(
    _ record: RunRecord, known: KnownRun, runner: Int64, _ tally: inout TallyChanges, _ db: Database
  ) throws {
    if known.isMissing { try Statement(db, .updateRunFound).run(["run_id": .integer(known.id)]) }
    let state = RunState(record, runner: runner, known: known.state, visit: self)
    guard state != known.state else { return }
    // A state that this very visit saved is not history: a list may name a run twice.
    if known.sequence != sequence {
      try Statement(db, .insertRunVersion).run(["run_id": .integer(known.id), "replaced_by": .integer(sequence)])
      counts.changedRuns += 1
    }
    try Statement(db, .updateRun).run(state.arguments(["run_id": .integer(known.id)], sequence: sequence))
    if let before = known.state.finished(runner: runner) { tally.subtract(before, &slicer) }
    if let after = state.finished(runner: runner) { tally.add(after, &slicer) }
  }
}

/// A run's row, apart from who it is.
private struct RunState: Equatable {
  var status: String
  var outcome: Outcome
  var isInferred: Bool
  var exitCode: Int64?
  var createdAt: Instant?
  var startedAt: Instant?
  var completedAt: Instant?
  var updatedAt: Instant?
  var endedAt: Instant?

  init(_ record: RunRecord, runner: Int64, known: RunState?, visit: HarvestSaver.Visit) {
    let began = record.startedAt ?? record.createdAt ?? visit.startedAt
    let timeout = visit.slicer.book.version(of: runner, at: began).version.timeoutSeconds
    (outcome, isInferred) = Outcome.of(record, vendor: visit.settings.vendor, timeoutSeconds: timeout)
    status = record.status
    exitCode = record.exitCode
    createdAt = record.createdAt
    startedAt = record.startedAt
    completedAt = record.completedAt
    // A run that says nothing of its end ended when it was first seen so, not at each later visit again.
    endedAt = record.end(of: outcome, seenAt: known?.endedAt ?? visit.startedAt)
    // While a run is open it moves with every sign of life, and tells nothing else.
    updatedAt = endedAt == nil ? nil : record.updatedAt
  }

  init(_ row: StatementRow) {
    status = row.string(1)
    outcome = Outcome(rawValue: Int(row.count(2))) ?? .unknown
    isInferred = row.flag(3)
    exitCode = row.integer(4)
    createdAt = row.instant(5)
    startedAt = row.instant(6)
    completedAt = row.instant(7)
    updatedAt = row.instant(8)
    endedAt = row.instant(9)
  }

  func finished(runner: Int64) -> FinishedRun? {
    endedAt.map {
      FinishedRun(runner: runner, outcome: outcome, createdAt: createdAt, startedAt: startedAt, endedAt: $0)
    }
  }

  func arguments(_ identity: Arguments, sequence: Int64) -> Arguments {
    identity + [
      "status": .text(status), "outcome": .integer(Int64(outcome.rawValue)), "outcome_inferred": Value(isInferred),
      "exit_code": Value(exitCode), "created_at": Value(createdAt), "started_at": Value(startedAt),
      "completed_at": Value(completedAt), "updated_at": Value(updatedAt), "ended_at": Value(endedAt),
      "sequence": .integer(sequence),
    ]
  }
}

private struct KnownRun {
  var id: Int64
  var state: RunState
  var isMissing: Bool
  /// The harvest that saw this state first.
  var sequence: Int64

  init(_ row: StatementRow) {
    id = row.count(0)
    state = RunState(row)
    isMissing = row.integer(10) != nil
    sequence = row.count(11)
  }
}
