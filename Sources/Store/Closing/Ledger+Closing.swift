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
  /// - Parameter force: close it although it is provisional, and keep why it was.
  /// - Throws: ``ClosingError`` where it may not be closed; nothing is changed then.
  package func closeMonth(_ month: Month, force: Bool = false, now: Instant) throws -> Closing {
    try Ledger.naming(path) {
      try writable.write { db in
        let closed = try ClosedMonths.read(db)
        if let known = closed[month] { throw ClosingError.closedAlready(month, at: known.closedAt) }
        if let first = closed.months.first?.month, let next = closed.next, month != next {
          throw ClosingError.outOfOrder(month, first: first, next: next)
        }
        let reason = try hindrance(to: month, db)
        if let reason, !force { throw ClosingError.provisional(month, because: reason) }
        return try freeze(month, forcedBecause: reason, now: now, db)
      }
    }
  }

  /// Why a month is provisional; nil when it is final.
  private func hindrance(to month: Month, _ db: Database) throws -> String? {
    let zone = try ZoneRules.load(db)
    guard let asOf: Instant = try Statement(db, .selectAsOf).value() else {
      throw ClosingError.neverHarvested(path: path)
    }
    let today = zone.day(of: asOf)
    if today < month.firstDay { throw ClosingError.notBegun(month, now: today) }
    let reason: String? = try Statement(db, .selectProvisionalReason).value([
      "to_at": Value(zone.start(of: month.next.firstDay))
    ])
    let isOver = month.next.firstDay <= today
    var reasons = isOver ? [] : ["it is not over at the ledger's now, \(today)"]
    if let reason { reasons.append(reason) }
    return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
  }

  private func freeze(_ month: Month, forcedBecause: String?, now: Instant, _ db: Database) throws -> Closing {
    let name = Value.text(month.description)
    try Statement(db, .insertSequence).run([
      "at": Value(now), "kind": .text("closing"),
      "note": .text("month \(month)" + (forcedBecause.map { ", by force: " + $0 } ?? "")),
    ])
    try Statement(db, .insertClosedMonth).run([
      "month": name, "first_day": .integer(month.firstDay.number), "end_day": .integer(month.next.firstDay.number),
      "sequence": .integer(db.lastInsertedRowID), "time_zone": .text(try ZoneRules.load(db).name),
      "forced_because": Value(forcedBecause),
    ])
    try Statement(db, .insertClosedLines).run(["month": name])
    guard let written = try WrittenMonth.all(db).first(where: { $0.month == month.description }) else {
      throw LedgerError.database(action: "closing \(month)", reason: "its row is gone")
    }
    let print = try ClosedPrint(of: written, db)
    try Statement(db, .updateClosedMonth).run([
      "month": name, "cost": .text(print.cost), "digest": .text(print.digest),
    ])
    return Closing(
      month: month, runs: print.runs, cost: print.cost, corrections: print.corrections, forcedBecause: forcedBecause)
  }
}
