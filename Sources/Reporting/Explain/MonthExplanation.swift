import Runs
import Store

/// What the cost of a month hangs on: its lines as monthly-cost has them, what of it is a guess, what has no price, what
/// may still change, what closings corrected, and which runs it is of.
///
/// It is facts alone; the sentences that a person reads are made of them by whoever shows it.
package struct MonthExplanation: Equatable, Sendable {
  package var month: Month
  package var timeZone: String
  package var filters: [ReportFilter]
  package var state: PeriodState
  /// What keeps it provisional, or was in the way when it was closed.
  package var stateReason: String?
  package var lines: [Line]
  /// One for each currency, in their order.
  package var sums: [Sum]
  /// The longest first.
  package var assumed: [AssumedTime]
  /// What closings corrected: of this month, or counted in it.
  package var corrections: [Correction]
  /// The most expensive ones first.
  package var largestRuns: [LargestRun]
  /// What the report says of its own completeness.
  package var coverage: ReportCoverage

  /// How many finished runs used time of the month, as far as is known now.
  package var usingRuns: Int64 { largestRuns.first?.ofRuns ?? 0 }

  /// The time of one runner on one machine size at one price.
  package struct Line: Equatable, Sendable {
    package var runner: RunnerReference
    package var instanceType: String?
    package var price: Price?
    package var currency: String?
    package var isAssumed: Bool
    /// Runs that finished in the month.
    package var runs: Int64
    /// Milliseconds.
    package var billed: Int64
    package var cost: Money?
    package var wastedCost: Money?
    package var unpricedRuns: Int64
    package var openRuns: Int64
    /// What open runs cost here so far; not in the cost.
    package var accruedCost: Money?
  }

  /// What lines of one currency add up to.
  package struct Sum: Equatable, Sendable {
    package var currency: String?
    /// Nil where nothing of it has a price.
    package var cost: Money?
    package var wastedCost: Money?
    package var accruedCost: Money?
    /// Milliseconds.
    package var billed: Int64 = 0
    package var unpriced: Int64 = 0
    package var lines = 0
  }

  package struct Correction: Equatable, Sendable {
    /// The closed month that changed.
    package var month: Month
    /// The month that the change counts in.
    package var discovered: Month
    package var currency: String?
    package var cost: Money?
    package var runs: Int64
    /// Milliseconds.
    package var billed: Int64
  }
}

extension MonthExplanation {
  /// Adds the lines up, each currency by itself.
  ///
  /// A line of no time tells nothing of what lacks a price.
  static func sums(of lines: [Line]) throws -> [Sum] {
    var sums: [Sum] = []
    for line in lines {
      let place = sums.firstIndex { $0.currency == line.currency } ?? sums.endIndex
      if place == sums.endIndex { sums.append(Sum(currency: line.currency)) }
      sums[place].lines += 1
      sums[place].billed += line.billed
      if line.price == nil { sums[place].unpriced += line.billed }
      sums[place].cost = try sums[place].cost.adding(line.cost)
      sums[place].wastedCost = try sums[place].wastedCost.adding(line.wastedCost)
      sums[place].accruedCost = try sums[place].accruedCost.adding(line.accruedCost)
    }
    return sums.sorted { ($0.currency ?? "") < ($1.currency ?? "") }
  }
}

extension Money? {
  fileprivate func adding(_ other: Money?) throws(DecimalError) -> Money? {
    guard let other else { return self }
    return try (self ?? .zero).adding(other)
  }
}
