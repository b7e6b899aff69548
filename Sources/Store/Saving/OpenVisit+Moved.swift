import GRDB
import Runs
import SQLFiles

/// Runs that a vendor lists under another runner than before. The id of such a run is unique in its whole source, so it is
/// one run, which took its time and its cost along.
extension HarvestSaver.OpenVisit {
  /// Notes a run that its runner did not have before.
  mutating func noteNew(_ run: Int64, id: String, of runner: Int64) {
    guard settings.vendor.runsMove else { return }
    newRuns.append((run, runner, id))
  }

  /// Joins each new run with the one that it was.
  mutating func joinMoved(_ db: Database) throws {
    if newRuns.isEmpty { return }
    var tally = TallyChanges()
    var here: [ExactText: Int64] = [:]
    let lookup = try Statement(db, .selectRunsOfID)
    for new in newRuns {
      var twin = here[ExactText(new.id)]
      if twin == nil, sourceHadRuns {
        twin = try lookup.value([
          "source_id": .integer(source), "external_id": .text(new.id), "run_id": .integer(new.run),
        ])
      }
      guard let twin else {
        here[ExactText(new.id)] = new.run
        continue
      }
      try join(new.run, with: twin, &tally, db)
    }
    try tally.flush(db)
    newRuns = []
  }

  private mutating func join(_ new: Int64, with twin: Int64, _ tally: inout TallyChanges, _ db: Database) throws {
    let runs = try Select<SavedRun>(db, .selectRunByID)
    guard let now = try runs.first(["run_id": .integer(new)]),
      let known = try runs.first(["run_id": .integer(twin)])
    else { return }
    counts.newRuns -= 1
    if let finished = now.state.finished(runner: now.runner) { tally.subtract(finished, &slicer) }
    try Statement(db, .deleteRun).run(["run_id": .integer(new)])
    // Listed under both runners at one visit, it stays where it was.
    if seen.contains(twin) { return }
    if let finished = known.state.finished(runner: known.runner) { tally.subtract(finished, &slicer) }
    if let finished = now.state.finished(runner: now.runner) { tally.add(finished, &slicer) }
    if known.sequence != sequence {
      try Statement(db, .insertRunVersion).run(["run_id": .integer(twin), "replaced_by": .integer(sequence)])
      counts.changedRuns += 1
    }
    try Statement(db, .updateRun).run { binding in
      now.state.bind(&binding, sequence: sequence)
      binding.next(twin)
    }
    // That its vendor lists it elsewhere is a later word than any ruling.
    settled.remove(twin)
    try Statement(db, .keepRun).run(["run_id": .integer(twin), "sequence": .integer(sequence)])
    try Statement(db, .updateRunRunner).run(["runner_id": .integer(now.runner), "run_id": .integer(twin)])
    seen.insert(twin, of: now.runner)
  }
}
