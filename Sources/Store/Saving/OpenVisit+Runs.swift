import GRDB
import Runs
import SQLFiles

/// Saving runs: new ones are inserted, changed ones keep the state they had, equal ones are left alone.
extension HarvestSaver.OpenVisit {
  mutating func save(runs: [RunRecord], of runnerID: String, _ db: Database) throws {
    guard let runner = runners[ExactText(runnerID)] else {
      throw LedgerError.database(action: "saving runs", reason: "the runner \(runnerID) was not saved before its runs")
    }
    let history = slicer.book.histories[runner] ?? RunnerHistory(versions: [])
    let hadRuns = try hadRuns(runner, db)
    var known = try KnownRuns(of: runner, db)
    defer { known.end() }
    // Taken out, because what saves a run changes the visit too.
    var tally = TallyChanges()
    swap(&tally, &self.tally)
    defer { swap(&tally, &self.tally) }
    // A runner that had no runs before this visit has only those that its list names twice.
    let incoming =
      try !hadRuns
      ? runs
      : runs.filter { record in
        guard let saved = try known.find(record.id).map(SavedRun.init) else { return true }
        try save(record, known: saved, history, runner: runner, &tally, db)
        return false
      }
    // Looking up the inserted rows steps through the same statement.
    known.end()

    let states = incoming.map { record in
      let state = RunState(record, history: history, known: nil, vendor: settings.vendor, seenAt: startedAt)
      return IncomingRuns.Run(id: record.id, state: state)
    }
    let rows = try IncomingRuns(states).insert(of: runner, sequence: sequence, db)
    for (index, row) in rows.enumerated() {
      if let row {
        counts.newRuns += 1
        seen.insert(row, of: runner)
        noteNew(row, id: incoming[index].id, of: runner)
        if let finished = states[index].state.finished(runner: runner) { tally.add(finished, &slicer) }
      } else if let saved = try known.find(incoming[index].id).map(SavedRun.init) {
        try save(incoming[index], known: saved, history, runner: runner, &tally, db)
      }
    }
  }

  /// Saves what a list says of a run that the ledger has.
  private mutating func save(
    _ record: RunRecord, known: SavedRun, _ history: RunnerHistory, runner: Int64, _ tally: inout TallyChanges,
    _ db: Database
  ) throws {
    seen.insert(known.id, of: runner)
    let isSettled = settled.contains(known.id)
    // The end that was ruled is no word of the vendor's.
    let state = RunState(
      record.keeping(known.state), history: history, known: isSettled ? nil : known.state, vendor: settings.vendor,
      seenAt: startedAt)
    if known.isMissing {
      try Statement(db, .keepRun).run(["run_id": .integer(known.id), "sequence": .integer(sequence)])
      try Statement(db, .updateRunFound).run(["run_id": .integer(known.id)])
    }
    guard state != known.state else { return }
    if isSettled {
      if state.endedAt == nil, state.isToldAs(known.state) { return }
      settled.remove(known.id)
    }
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
    let hadRuns: Bool = try Statement(db, .selectHasRuns).value(["runner_id": .integer(runner)]) ?? false
    runnersWithRuns[runner] = hadRuns
    return hadRuns
  }

  /// Runs that a complete list lacks are missing from now on; an incomplete one proves nothing.
  func markMissing(of runner: Int64, _ db: Database) throws {
    let key: Arguments = ["runner_id": .integer(runner)]
    let present: Int64? = try Statement(db, .selectPresentRunCount).value(key)
    if present == seen.count(of: runner) { return }
    var missing: [Int64] = []
    try Statement(db, .selectPresentRuns).eachValue(key) { (run: Int64) in
      if !seen.contains(run) { missing.append(run) }
    }
    let update = try Statement(db, .updateRunMissing)
    for run in missing {
      try update.run([
        "missing_since": Value(startedAt), "sequence": .integer(sequence), "run_id": .integer(run),
      ])
    }
  }
}
