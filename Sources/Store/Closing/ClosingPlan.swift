import Runs
import SQLFiles

/// What closing a month would freeze, and by how much that may be wrong.
package struct ClosingPlan: Equatable, Sendable {
  package var month: Month
  package var obstacles: ClosingObstacles
  /// By source and currency, in their order.
  package var parts: [Part]

  /// What one source has in one currency. Times are milliseconds, amounts exact; an amount is nil where nothing of its
  /// time has a price.
  package struct Part: Equatable, Sendable {
    package var source: String
    package var currency: String?
    /// Runs that finished in the month, what is billed in it, and what that costs.
    package var runs: Int64
    package var billed: Int64
    package var cost: Money?
    /// What has no price.
    package var unpricedRuns: Int64
    package var unpriced: Int64
    /// The part of what is billed whose price is assumed.
    package var assumed: Int64
    package var assumedCost: Money?
    /// Runs that started before the month's end and are still open, and what they used in the month so far.
    package var openRuns: Int64
    package var accrued: Int64
    package var accruedCost: Money?
    /// Lines that would be written down as corrections of months closed before.
    package var corrections: Int64
    package var correctionCost: Money?
  }
}

extension Snapshot {
  /// The ledger's last full month, or the one that its now is in.
  ///
  /// - Throws: ``ClosingError/neverHarvested(path:)``.
  package func currentMonth() throws -> Month {
    guard let asOf = try asOf() else { throw ClosingError.neverHarvested(path: path) }
    return zone.day(of: asOf).month
  }

  /// What closing a month now would freeze; writes nothing.
  ///
  /// - Throws: ``ClosingError`` where it cannot be closed at all.
  package func closingPlan(of month: Month) throws -> ClosingPlan {
    let obstacles = try naming("closing \(month)") { try ClosingObstacles(of: month, path: path, db) }
    let (from, to) = (month.firstDay, month.next.firstDay)
    try select(
      runners: try runnerNames().map { SelectedRunner($0) }, sources: try sourceNames().map { SelectedSource(name: $0) }
    )
    try select(SelectedPeriod(from: from, to: to, asOf: try asOf() ?? zone.start(of: to)))
    return ClosingPlan(
      month: month, obstacles: obstacles,
      parts: try all([
        "month": .text(month.description), "first_day": .integer(from.number), "end_day": .integer(to.number),
        "to_at": Value(zone.start(of: to)),
      ]))
  }
}

extension ClosingPlan.Part: QueryRow {
  static let queries = [Query.selectClosingPlan]
  enum Column: Int, ColumnName {
    case source, currency, runs, billed, cost, unpricedRuns, unpriced, assumed, assumedCost, openRuns, accrued
    case accruedCost, corrections, correctionCost
  }

  init(_ row: NamedRow<Column>) throws {
    func money(_ column: Column) throws -> Money? { try (row[column] as String?).map { try Money($0) } }
    self.init(
      source: row[.source], currency: row[.currency], runs: row[.runs], billed: row[.billed], cost: try money(.cost),
      unpricedRuns: row[.unpricedRuns], unpriced: row[.unpriced], assumed: row[.assumed],
      assumedCost: try money(.assumedCost), openRuns: row[.openRuns], accrued: row[.accrued],
      accruedCost: try money(.accruedCost), corrections: row[.corrections],
      correctionCost: try money(.correctionCost))
  }
}
