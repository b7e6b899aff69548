/// What a local day cost, as far as it is known.
package struct DailyCost: Equatable, Sendable {
  package var day: LocalDay
  package var cost: Money

  package init(day: LocalDay, cost: Money) {
    self.day = day
    self.cost = cost
  }
}

/// What a stretch of days, such as a month, will have cost when it is over, with a 95 % prediction interval.
///
/// What is known stays exact: only the days that are not over are estimated, by ``DaysAhead`` from the last whole weeks.
package struct CostForecast: Equatable, Sendable {
  /// As many weeks back as are looked at: long enough for a mean, short enough to follow a change.
  package static let mostWeeks: Int64 = 8
  /// Days of history without which nothing is estimated.
  package static let leastDays: Int64 = 14

  /// Exactly what is known of the stretch, today's part included.
  package var soFar: Money
  /// Days that are not over, today included.
  package var daysLeft: Int64
  /// Days that the estimate rests on: whole weeks just before today.
  package var historyDays: Int64
  /// Nil with too little history.
  package var estimate: Estimate?

  /// Rounded once, unless nothing had to be estimated. Nothing is below what is known already.
  package struct Estimate: Equatable, Sendable {
    package var cost: Money
    /// The interval's ends; nil where nothing cost anything yet, so that nothing says how much may come.
    package var low: Money?
    package var high: Money?
  }

  /// - Parameters:
  ///   - days: what each day cost, in any order, each at most once; a day that is not there cost nothing.
  ///   - first: since when days are known. It is no day that was chosen because it cost something: that would make an account
  ///     that is seldom active look busier than it is.
  ///   - today: the first day that is not over.
  ///   - stretch: the days that are forecast.
  ///   - decimals: what an estimate is rounded to; it means nothing beyond the 6th.
  package init(
    _ days: [DailyCost], knownSince first: LocalDay, today: LocalDay, of stretch: Range<LocalDay>, decimals: Int = 6
  ) throws {
    let costs = Dictionary(days.map { ($0.day, $0.cost) }) { first, _ in first }
    let known = days.filter { stretch.contains($0.day) }
    soFar = try known.reduce(Money.zero) { try $0.adding($1.cost) }
    let past = try known.filter { $0.day < today }.reduce(Money.zero) { try $0.adding($1.cost) }

    let left = max(today, stretch.lowerBound)
    daysLeft = max(0, stretch.upperBound.number - left.number)
    let weeks = min(CostForecast.mostWeeks, max(0, today.number - first.number) / 7)
    historyDays = daysLeft == 0 ? 0 : 7 * weeks
    guard daysLeft > 0 else {
      estimate = Estimate(cost: soFar, low: soFar, high: soFar)
      return
    }
    guard historyDays >= CostForecast.leastDays else { return }
    let history = (0..<historyDays).map { offset in
      costs[today.advanced(byDays: offset - historyDays)]?.units ?? 0
    }
    let start = left.number - today.number
    let rest = DaysAhead(after: history, days: start..<start + daysLeft)
    func amount(_ units: Double) throws -> Money {
      max(soFar, try past.adding(try Money(units: units))).rounded(decimals: min(max(decimals, 0), 6))
    }
    estimate = Estimate(
      cost: try amount(rest.mean), low: try rest.low.map(amount), high: try rest.high.map(amount))
  }
}

/// Estimates of money are the one place where an amount becomes a floating-point number, and comes back.
extension Money {
  fileprivate var units: Double { Double(zeptos) / 1e21 }

  /// As near as the number is itself: rounding comes after what is exact was added.
  fileprivate init(units: Double) throws(DecimalError) {
    // Beyond 10^16 units nothing could be added to it any more.
    guard abs(units) < 1e16 else { throw .tooLarge("a forecast of \(units)") }
    self.init(zeptos: Int128((units * 1e21).rounded(.toNearestOrEven)))
  }
}
