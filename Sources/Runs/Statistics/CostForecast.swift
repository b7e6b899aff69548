import RealModule

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
/// What is known stays exact: only the days that are not over are estimated, each by the mean of its weekday over the
/// last whole weeks. The interval has two parts: days scatter about their mean, and the mean of few days is itself
/// uncertain; both spread with the same variance, so Student's t gives the width. It is wider by what whole weeks scatter
/// more than independent days would, and lies on the logarithm's scale, as cost cannot fall below nothing but may well
/// be a multiple: without both, the true cost of simulated months lay above it too often.
///
/// Two whole weeks of 10 a day but 17 and 3 on two of them, 3 days left: the mean is 30, the variance 98 / 13 · (3 +
/// 3² / 14) = 27.5, so that the interval is 20.3 to 43.0.
package struct CostForecast: Equatable, Sendable {
  /// As many weeks back as are looked at: long enough for a mean, short enough to follow a change.
  package static let mostWeeks: Int64 = 8
  /// Weeks that a mean per weekday needs; with fewer all days share one.
  package static let weekdayWeeks: Int64 = 3
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
    package var low: Money
    package var high: Money
  }

  /// - Parameters:
  ///   - days: what each day cost, in any order, each at most once; a day that is not there cost nothing.
  ///   - first: since when days are known.
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
    let rest = CostForecast.rest(after: history, days: daysLeft, startingAt: left.number - today.number)
    func amount(_ units: Double) throws -> Money {
      max(soFar, try past.adding(try Money(units: units))).rounded(decimals: min(max(decimals, 0), 6))
    }
    estimate = Estimate(cost: try amount(rest.mean), low: try amount(rest.low), high: try amount(rest.high))
  }

  /// The sum of days to come, and the ends of its interval.
  /// - Parameters:
  ///   - history: whole weeks, up to yesterday.
  ///   - start: how many days after today the first one is.
  private static func rest(
    after history: [Double], days: Int64, startingAt start: Int64
  ) -> (mean: Double, low: Double, high: Double) {
    // Days of one group share a mean: those of one weekday, counted from today's, or all.
    let groups = Int64(history.count) >= 7 * weekdayWeeks ? 7 : 1
    let size = Double(history.count / groups)
    var means = [Double](repeating: 0, count: groups)
    for (index, cost) in history.enumerated() { means[index % groups] += cost / size }
    var squares = 0.0
    for (index, cost) in history.enumerated() {
      let residual = cost - means[index % groups]
      squares += residual * residual
    }
    var ahead = [Double](repeating: 0, count: groups)
    for offset in start..<start + days { ahead[Int(offset % Int64(groups))] += 1 }

    let freedom = history.count - groups
    let mean = zip(means, ahead).reduce(0) { $0 + $1.0 * $1.1 }
    let variance = squares / Double(freedom)
    let spread = ahead.reduce(Double(days)) { $0 + $1 * $1 / size }
    guard mean > 0, variance > 0, let t = StudentT.quantile(within: 0.95, freedom: freedom) else {
      return (mean, mean, mean)
    }
    let logVariance = Double.log(onePlus: variance * spread * unrest(history, variance: variance) / (mean * mean))
    let half = t * logVariance.squareRoot()
    return (mean, mean * .exp(-logVariance / 2 - half), mean * .exp(-logVariance / 2 + half))
  }

  /// How much more whole weeks scatter than independent days would make them, at least 1.
  private static func unrest(_ history: [Double], variance: Double) -> Double {
    let weeks = stride(from: 0, to: history.count, by: 7).map { history[$0..<$0 + 7].reduce(0, +) }
    guard Int64(weeks.count) >= weekdayWeeks, variance > 0 else { return 1 }
    let mean = weeks.reduce(0, +) / Double(weeks.count)
    let squares = weeks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return max(1, squares / Double(weeks.count - 1) / (7 * variance))
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
