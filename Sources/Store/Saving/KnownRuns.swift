import GRDB
import SQLFiles

/// Finds the runs of a list that the ledger has already.
///
/// A vendor gives its list in the same order each time, and what a list brought lies in the ledger in that order. So the
/// run after the one found last is looked at first, and few runs of a list without news are searched for.
struct KnownRuns {
  private let runner: Int64
  private let search: Statement
  private let onward: Statement
  /// Where `onward` stands.
  private var ahead: StatementRow?
  private var isTaken = false

  init(of runner: Int64, _ db: Database) throws {
    self.runner = runner
    search = try Statement(db, .selectRun)
    onward = try Statement(db, .selectRunsFrom)
  }

  /// The row of a run; valid until the next one is looked for.
  mutating func find(_ externalID: String) throws -> StatementRow? {
    if isTaken {
      isTaken = false
      ahead = try onward.next()
    }
    if let ahead, ahead.count(1) == runner, ahead.holds(externalID, 2) {
      isTaken = true
      return ahead
    }
    try search.begin { binding in
      binding.next(runner)
      binding.next(externalID)
    }
    guard let found = try search.next() else { return nil }
    let id = found.count(0)
    search.end()
    try onward.begin { $0.next(id) }
    ahead = try onward.next()
    isTaken = true
    return ahead
  }

  /// Lets go of the rows.
  mutating func end() {
    ahead = nil
    isTaken = false
    search.end()
    onward.end()
  }
}
