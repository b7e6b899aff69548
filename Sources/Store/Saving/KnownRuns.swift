import GRDB
import SQLFiles

/// Finds the runs of a list that the ledger has already.
///
/// A vendor gives a list in the same order at each visit, and the ledger keeps its runs in that order. So the next run of
/// the list is most often the next row of the ledger, and only where it is not must a run be searched for.
struct KnownRuns {
  private let runner: Int64
  private let search: Select<SavedRun>
  private let onward: Select<SavedRun>
  /// Where `onward` stands.
  private var ahead: NamedRow<SavedRun.Column>?
  private var isTaken = false

  init(of runner: Int64, _ db: Database) throws {
    self.runner = runner
    search = try Select(db, .selectRun)
    onward = try Select(db, .selectRunsFrom)
  }

  /// The row of a run; valid until the next one is looked for.
  mutating func find(_ externalID: String) throws -> NamedRow<SavedRun.Column>? {
    if isTaken {
      isTaken = false
      ahead = try onward.next()
    }
    if let ahead, ahead[.runnerID] == runner, ahead.holds(externalID, .externalID) {
      isTaken = true
      return ahead
    }
    try search.statement.begin { binding in
      binding.next(runner)
      binding.next(externalID)
    }
    guard let found = try search.next() else { return nil }
    let id: Int64 = found[.runID]
    search.statement.end()
    try onward.statement.begin { $0.next(id) }
    ahead = try onward.next()
    isTaken = true
    return ahead
  }

  /// Lets go of the rows.
  mutating func end() {
    ahead = nil
    isTaken = false
    search.statement.end()
    onward.statement.end()
  }
}
