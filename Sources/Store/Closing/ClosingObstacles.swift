import GRDB
import Runs
import SQLFiles

/// What is in the way of closing a month, and can be overcome by force.
package struct ClosingObstacles: Equatable, Sendable {
  package var month: Month
  /// Why it should not be the first month that is closed; nil where it is not the first, or a good one.
  package var badBeginning: String?
  /// The first month that has runs that started; nil where there is none.
  package var firstMonth: Month?
  /// Why its numbers may still change; nil when it is final.
  package var provisional: String?
  /// Open runs that started before its end are among the reasons.
  package var hasOpenRuns = false

  /// All of it in words; nil where nothing is in the way.
  package var reason: String? {
    let reasons = [badBeginning, provisional].compactMap(\.self)
    return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
  }

  /// - Throws: ``ClosingError`` where it cannot be closed at all.
  init(of month: Month, path: String, _ db: Database) throws {
    self.month = month
    let closed = try ClosedMonths.read(db)
    if let known = closed[month] {
      throw ClosingError.closedAlready(month, at: known.closedAt, isNewest: month == closed.months.last?.month)
    }
    if let first = closed.months.first?.month, let next = closed.next, month != next {
      throw ClosingError.outOfOrder(month, first: first, next: next)
    }
    guard let asOf: Instant = try Statement(db, .selectAsOf).value() else {
      throw ClosingError.neverHarvested(path: path)
    }
    let zone = try ZoneRules.load(db)
    let today = zone.day(of: asOf)
    if today < month.firstDay { throw ClosingError.notBegun(month, now: today) }

    // A run that has not started may take time only later.
    let started: Instant? = try Statement(db, .selectOpenStarts).value()
    let firstDay = [try FirstDay.first(db)?.tallied, started.map(zone.day)].compactMap(\.self).min()
    firstMonth = firstDay?.month
    if closed.months.isEmpty { badBeginning = ClosingObstacles.problem(with: month, asFirst: firstDay) }

    let end: Arguments = ["to_at": Value(zone.start(of: month.next.firstDay))]
    let open: Int64 = try Statement(db, .selectHoldingRunCount).value(end) ?? 0
    hasOpenRuns = open > 0
    let isOver = month.next.firstDay <= today
    var reasons = isOver ? [] : ["it is not over at the ledger's now, \(today)"]
    if let reason: String = try Statement(db, .selectProvisionalReason).value(end) { reasons.append(reason) }
    provisional = reasons.isEmpty ? nil : reasons.joined(separator: "; ")
  }

  /// Months are closed one after the other, so what lies before the first one can never be closed after it.
  private static func problem(with month: Month, asFirst firstDay: LocalDay?) -> String? {
    guard let firstDay else { return "no run is known" }
    if month < firstDay.month { return "it lies before the first run that is known, of \(firstDay)" }
    if month == firstDay.month { return nil }
    let last = month.previous
    return "runs are known from \(firstDay) on, and no month before the first closed one is ever closed: "
      + (firstDay.month == last ? "\(last)" : "\(firstDay.month) to \(last)") + " would stay open"
  }

  /// - Throws: ``ClosingError`` for the first thing that is in the way.
  package func refuse() throws {
    if let badBeginning {
      throw ClosingError.badBeginning(month, because: badBeginning, first: firstMonth)
    }
    if let provisional {
      throw ClosingError.provisional(month, because: provisional, hasOpenRuns: hasOpenRuns)
    }
  }
}
