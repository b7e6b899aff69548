import GRDB
import Runs
import SQLFiles

/// The tally and the offsets of another zone than the ledger's, as temporary tables that stand in for its own.
enum OtherZone {
  static func fill(_ zone: ZoneRules, book: PriceBook, _ db: Database) throws {
    let tally = try Recount.tally(book: book, db)
    try db.execute(sql: Query.createOtherZone.sql)
    try db.execute(sql: Query.createOtherTally.sql)
    let transition = try Statement(preparingAnew: db, .insertTransition)
    for change in zone.transitions {
      try transition.run(["at": Value(change.at), "offset_seconds": .integer(Int64(change.offsetSeconds))])
    }
    try TallyTables(preparingAnew: db).add(tally)
    try db.execute(sql: Query.createOtherClosings.sql)
    try db.execute(sql: Query.createOtherTimes.sql)
    try Recount.fillTimes(try TimesTables(preparingAnew: db), book: book, db)
  }
}
