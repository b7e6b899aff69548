import GRDB
import Runs
import SQLFiles

/// The tally and the offsets of another zone than the ledger's, as temporary tables that stand in for its own.
enum OtherZone {
  static func fill(_ zone: ZoneRules, book: PriceBook, _ db: Database) throws {
    let tally = try Tally.recompute(book: book, db)
    try db.execute(sql: Query.createOtherZone.sql)
    try db.execute(sql: Query.createOtherTally.sql)
    let transition = try Statement(db, sql: Query.insertTransition.sql)
    for change in zone.transitions {
      try transition.run(["at": Value(change.at), "offset_seconds": .integer(Int64(change.offsetSeconds))])
    }
    let line = try Statement(db, sql: Query.addToTally.sql)
    for (key, sums) in tally { try line.run(key.arguments(with: sums)) }
  }
}

/// The daily tally, worked out from the runs alone.
enum Tally {
  static func recompute(book: PriceBook, _ db: Database) throws -> [TallyKey: TallySums] {
    var slicer = Slicer(book: book)
    var tally: [TallyKey: TallySums] = [:]
    try Statement(db, .selectFinishedRuns).each { row in
      for line in slicer.tally(of: FinishedRun(row)) { tally[line.key, default: .zero] += line.sums }
    }
    return tally
  }
}
