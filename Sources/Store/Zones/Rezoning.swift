import GRDB
import Runs
import SQLFiles

/// What another zone makes of one month.
package struct MonthChange: Equatable, Sendable {
  package var month: Month
  package var runsBefore: Int64 = 0
  package var runsAfter: Int64 = 0
  /// Milliseconds.
  package var billedBefore: Int64 = 0
  package var billedAfter: Int64 = 0
}

extension Ledger {
  /// The IANA name of the zone whose days this ledger counts.
  package func zoneName() throws -> String {
    try reading { try ZoneRules.load($0).name }
  }

  /// Counts days and months in another zone: works the tally out anew, and keeps it only if told to.
  ///
  /// - Returns: the months that change, in order.
  package func rezone(to zone: ZoneRules, apply: Bool, now: Instant) throws -> [MonthChange] {
    try Ledger.naming(path) {
      try writable.write { db in
        var book = try PriceBook.load(db)
        let before = try Recount.tally(book: book, db)
        book.zone = zone
        let after = try Recount.tally(book: book, db)
        if apply { try Ledger.replace(zone, tally: after, book: book, now: now, db) }
        return Ledger.changes(before: before, after: after)
      }
    }
  }

  private static func replace(
    _ zone: ZoneRules, tally: [TallyKey: TallySums], book: PriceBook, now: Instant, _ db: Database
  ) throws {
    let event = try db.insertEvent(.restatement, note: "time zone \(zone.name)", now: now)
    try Statement(db, .keepLedger).run(["sequence": .integer(event)])
    try Statement(db, .updateZone).run(["time_zone": .text(zone.name)])
    try Statement(db, .deleteTransitions).run()
    try insert(zone, db)
    try Recount.replace(with: tally, book: book, db)
  }

  private static func changes(
    before: [TallyKey: TallySums], after: [TallyKey: TallySums]
  ) -> [MonthChange] {
    var months: [Month: MonthChange] = [:]
    for (key, sums) in before {
      months[key.day.month, default: MonthChange(month: key.day.month)].runsBefore += sums.runs
      months[key.day.month, default: MonthChange(month: key.day.month)].billedBefore += sums.billed
    }
    for (key, sums) in after {
      months[key.day.month, default: MonthChange(month: key.day.month)].runsAfter += sums.runs
      months[key.day.month, default: MonthChange(month: key.day.month)].billedAfter += sums.billed
    }
    return months.values
      .filter { $0.runsBefore != $0.runsAfter || $0.billedBefore != $0.billedAfter }
      .sorted { $0.month < $1.month }
  }
}
