import GRDB
import Runs
import SQLFiles

/// What closing a month did.
package struct Closing: Equatable, Sendable {
  package var month: Month
  /// Runs that finished in it.
  package var runs: Int64
  /// What it cost, an amount for each currency.
  package var cost: String
  /// Lines that were written down as corrections of months closed before.
  package var corrections: Int
  /// What was in the way.
  package var forcedBecause: String?
}

extension Ledger {
  /// Freezes what a month cost, and with it what has changed by then in months closed before.
  ///
  /// - Parameter force: close it although something is in the way, and keep what it was.
  /// - Throws: ``ClosingError`` where it may not be closed; nothing is changed then.
  package func closeMonth(_ month: Month, force: Bool = false, now: Instant) throws -> Closing {
    try Ledger.naming(path) {
      try writable.write { db in
        let obstacles = try ClosingObstacles(of: month, path: path, db)
        if !force { try obstacles.refuse() }
        return try Ledger.freeze(month, forcedBecause: obstacles.reason, now: now, db)
      }
    }
  }

  private static func freeze(
    _ month: Month, forcedBecause: String?, now: Instant, _ db: Database
  ) throws -> Closing {
    let event = try db.insertEvent(
      .closing, note: "month \(month)" + (forcedBecause.map { ", by force: " + $0 } ?? ""), now: now)
    try Statement(db, .insertClosing).run([
      "month": .text(month.description), "first_day": .integer(month.firstDay.number),
      "end_day": .integer(month.next.firstDay.number), "sequence": .integer(event),
      "time_zone": .text(try ZoneRules.load(db).name), "forced_because": Value(forcedBecause),
    ])
    let id = db.lastInsertedRowID
    try Statement(db, .insertClosingLines).run(["closing_id": .integer(id)])
    guard let written = try WrittenClosing.all(db).first(where: { $0.id == id }) else {
      throw LedgerError.database(action: "closing \(month)", reason: "its row is gone")
    }
    let print = try ClosedPrint(of: written, db)
    try Statement(db, .updateClosing).run([
      "closing_id": .integer(id), "cost": .text(print.cost), "digest": .text(print.digest),
    ])
    return Closing(
      month: month, runs: print.runs, cost: print.cost, corrections: print.corrections, forcedBecause: forcedBecause)
  }
}
