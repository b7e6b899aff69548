import GRDB
import Runs
import SQLFiles

/// The daily tally and the times beside it, worked out from the runs alone.
enum Recount {
  static func tally(book: PriceBook, _ db: Database) throws -> [TallyKey: TallySums] {
    var tally: [TallyKey: TallySums] = [:]
    try eachRun(book: book, db) { _, lines in
      for line in lines { tally[line.key, default: .zero] += line.sums }
    }
    return tally
  }

  /// Works the tally and the times out anew, and writes them in place of what there is.
  static func replaceAll(_ db: Database) throws {
    let book = try PriceBook.load(db)
    try replace(with: try tally(book: book, db), book: book, db)
  }

  static func replace(with tally: [TallyKey: TallySums], book: PriceBook, _ db: Database) throws {
    try TallyTables.deleteAll(db)
    try TallyTables(db).add(tally)
    try TimesTables.deleteAll(db)
    try fillTimes(try TimesTables(db), book: book, db)
  }

  /// Fills empty tables of times.
  static func fillTimes(_ tables: TimesTables, book: PriceBook, _ db: Database) throws {
    var times = TimesChanges()
    var count = 0
    try eachRun(book: book, db) { run, lines in
      times.add(run, TimesKey(lines[0].key))
      count += 1
      // However many runs there are, only so many of them are in memory.
      if count % 200_000 == 0 { try times.flush(into: tables) }
    }
    try times.flush(into: tables)
  }

  /// Every finished run, with its lines of the tally: the first is the one that counts it.
  static func eachRun(
    book: PriceBook, _ db: Database,
    _ body: (FinishedRun, [(key: TallyKey, sums: TallySums)]) throws -> Void
  ) throws {
    var slicer = Slicer(book: book)
    try FinishedRun.each(db) { run in try body(run, slicer.tally(of: run)) }
  }
}
