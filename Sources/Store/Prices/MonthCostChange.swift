import Runs

/// What other prices or billing rules make of one month that is tallied already, of one source, in one currency.
package struct MonthCostChange: Equatable, Sendable {
  package var month: Month
  package var source: String
  /// ISO 4217; nil while nobody named one.
  package var currency: String?
  package var before: MonthCost
  package var after: MonthCost
  /// Runs of which something changes: what they cost, what is billed of them, or whether their price is assumed.
  package var runs: Int64

  package init(
    month: Month, source: String, currency: String? = nil, before: MonthCost, after: MonthCost, runs: Int64
  ) {
    self.month = month
    self.source = source
    self.currency = currency
    self.before = before
    self.after = after
    self.runs = runs
  }
}

/// The sums of a month as `monthly-cost` has them, over all runners of a source. Times are milliseconds.
package struct MonthCost: Equatable, Sendable {
  /// Exact; nil where nothing of what was billed has a price.
  package var cost: Money?
  package var billed: Int64
  /// The part of it whose price is assumed.
  package var assumed: Int64
  /// Finished runs that ran without any price.
  package var unpricedRuns: Int64

  package init(cost: Money? = .zero, billed: Int64 = 0, assumed: Int64 = 0, unpricedRuns: Int64 = 0) {
    self.cost = cost
    self.billed = billed
    self.assumed = assumed
    self.unpricedRuns = unpricedRuns
  }
}

extension MonthCost {
  /// Adds what was billed at one price; nil for none.
  mutating func add(_ sums: PriceSums, at price: Price?) throws {
    assumed += sums.assumed
    guard let price else {
      unpricedRuns += sums.timedRuns
      if sums.billed > 0, billed == 0 { cost = nil }
      billed += sums.billed
      return
    }
    billed += sums.billed
    if sums.billed > 0 { cost = try (cost ?? .zero).adding(try Money(milliseconds: sums.billed, at: price)) }
  }
}

/// What a month has at one price.
struct PriceSums: Equatable {
  var billed: Int64 = 0
  var assumed: Int64 = 0
  var timedRuns: Int64 = 0

  static func += (left: inout PriceSums, right: PriceSums) {
    left.billed += right.billed
    left.assumed += right.assumed
    left.timedRuns += right.timedRuns
  }
}
