import GRDB
import Runs
import SQLFiles

/// Takes out of a ledger what an earlier version let in: instants and prices that cannot be true.
///
/// One run that ended in the year 9999 has three million days. A writer looks for such things when it opens the ledger,
/// which takes no time where there are none; it makes them missing and works the tally out anew.
enum Mending {
  /// To be called inside a transaction.
  static func mend(_ db: Database) throws {
    let instants: Arguments = [
      "first_day": .integer(Instant.earliestPossible.milliseconds / 86_400_000),
      "earliest": Value(Instant.earliestPossible),
    ]
    let limit: Arguments = ["limit": .integer(Price.limitUnits)]
    let hasInstants: Bool = try Statement(db, .selectImpossibleDays).value(instants) ?? false
    let hasPrices: Bool = try Statement(db, .selectImpossiblePrices).value(limit) ?? false
    guard hasInstants || hasPrices else { return }
    let now: Instant? = try Statement(db, .selectNewestEvent).value()
    try Statement(db, .insertSequence).run([
      "at": Value(now), "kind": .text("restatement"), "note": .text("instants and prices that cannot be true"),
    ])
    let sequence: Arguments = ["sequence": .integer(db.lastInsertedRowID)]
    if hasInstants {
      try Statement(db, .updateImpossibleRuns).run(["earliest": Value(Instant.earliestPossible)])
    }
    if hasPrices {
      try Statement(db, .updateImpossiblePrices).run(limit + sequence)
      try Statement(db, .updateImpossibleConfiguredPrices).run(limit + sequence)
    }
    try Recount.replaceAll(db)
  }
}
