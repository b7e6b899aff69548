import GRDB
import Runs
import SQLFiles

/// Saving runs: new ones are inserted, changed ones keep the state they had, equal ones are left alone.
extension HarvestSaver.Visit {
  mutating func save(runs: [RunRecord], of runnerID: String, _ db: Database) throws {
    guard let runner = runners[runnerID] else {
      throw LedgerError.database(action: "saving runs", reason: "the runner \(runnerID) was not saved before its runs")
    }
    let history = slicer.book.histories[runner] ?? RunnerHistory(versions: [])
    let hadRuns = try hadRuns(runner, db)
    let insert = try Statement(db, .insertRun)
    var known = try KnownRuns(of: runner, db)
    defer { known.end() }
    var tally = TallyChanges()
    for record in runs {
      // Of a runner that had none before this visit, only a run that its list names twice is there already.
      var saved = hadRuns ? try known.find(record.id).map(SavedRun.init) : nil
      if saved == nil {
        let state = RunState(record, history: history, known: nil, vendor: settings.vendor, seenAt: startedAt)
        try insert.run { binding in
          binding.next(runner)
          binding.next(record.id)
          state.bind(&binding, sequence: sequence)
        }
        if db.changesCount == 1 {
          counts.newRuns += 1
          seen.insert(db.lastInsertedRowID, of: runner)
          if let finished = state.finished(runner: runner) { tally.add(finished, &slicer) }
          continue
        }
        saved = try known.find(record.id).map(SavedRun.init)
      }
      guard let saved else { continue }
      seen.insert(saved.id, of: runner)
      let state = RunState(record, history: history, known: saved.state, vendor: settings.vendor, seenAt: startedAt)
      try save(state, known: saved, runner: runner, &tally, db)
    }
    try tally.flush(db)
  }

  private mutating func save(
    _ state: RunState, known: SavedRun, runner: Int64, _ tally: inout TallyChanges, _ db: Database
  ) throws {
    if known.isMissing { try Statement(db, .updateRunFound).run(["run_id": .integer(known.id)]) }
    guard state != known.state else { return }
    // A state that this very visit saved is not history: a list may name a run twice.
    if known.sequence != sequence {
      try Statement(db, .insertRunVersion).run(["run_id": .integer(known.id), "replaced_by": .integer(sequence)])
      counts.changedRuns += 1
    }
    try Statement(db, .updateRun).run { binding in
      state.bind(&binding, sequence: sequence)
      binding.next(known.id)
    }
    if let before = known.state.finished(runner: runner) { tally.subtract(before, &slicer) }
    if let after = state.finished(runner: runner) { tally.add(after, &slicer) }
  }

  /// Whether the ledger had runs of a runner before this visit.
  private mutating func hadRuns(_ runner: Int64, _ db: Database) throws -> Bool {
    if let known = runnersWithRuns[runner] { return known }
    let hadRuns = try Statement(db, .selectHasRuns).first(["runner_id": .integer(runner)]) { $0.flag(0) } ?? false
    runnersWithRuns[runner] = hadRuns
    return hadRuns
  }

  /// Runs that a complete list lacks are missing from now on; an incomplete one proves nothing.
  func markMissing(of runner: Int64, _ db: Database) throws {
    let key: Arguments = ["runner_id": .integer(runner)]
    let present = try Statement(db, .selectPresentRunCount).first(key) { $0.count(0) }
    if present == seen.count(of: runner) { return }
    var missing: [Int64] = []
    try Statement(db, .selectPresentRuns).each(key) { row in
      if !seen.contains(row.count(0)) { missing.append(row.count(0)) }
    }
    let update = try Statement(db, .updateRunMissing)
    for run in missing {
      try update.run(["missing_since": Value(startedAt), "run_id": .integer(run)])
    }
  }
}
