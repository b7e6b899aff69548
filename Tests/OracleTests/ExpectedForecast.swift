import Foundation
import Runs

/// The report of what months will have cost: what is known exactly, and the estimate by the words of docs/definitions.md.
extension PlainQuestion {
  /// A month of a source, as it is expected.
  struct ExpectedMonth {
    /// Null where something is estimated.
    var row: ExpectedRow
    var estimate: PlainEstimate?
  }

  private struct Key: Hashable {
    var source: Int
    var currency: String?
  }

  private struct Days {
    /// On which a run ended or took time.
    var touched: Set<Int64> = []
    var costs: [Int64: PlainCost] = [:]
    /// The first one that has a price.
    var since: Int64?
  }

  func forecast() -> [ExpectedMonth] {
    let days = forecastDays()
    guard let known = days.values.flatMap(\.touched).min() else { return [] }
    var months: [ExpectedMonth] = []
    var month = PlainCalendar.monthStart(max(from, known))
    guard month < to else { return [] }
    repeat {
      let end = PlainCalendar.monthEnd(month)
      let closing = closings.first { $0.first == month }
      if let closing { months += closedMonths(closing) }
      for (key, days) in days where closing == nil {
        if let expected = expectedMonth(month..<end, key, days) { months.append(expected) }
      }
      month = end
      // No further than a year ahead.
    } while month < min(to, view.zone.day(of: view.asOf) + 366)
    return months.sorted { left, right in
      for (a, b) in zip(left.row.keys, right.row.keys) where a != b { return a < b }
      return false
    }
  }

  /// What a closed month was closed with.
  private func closedMonths(_ closing: PlainClosing) -> [ExpectedMonth] {
    var costs: [Key: PlainCost] = [:]
    for (line, sums) in asked(at: closing).lines(of: closing) {
      let key = Key(source: view.told.runners[line.runner].source, currency: line.currency)
      costs[key, default: PlainCost()].add(sums.billed, at: line.price)
    }
    return costs.map { key, cost in
      let (name, whole) = (view.told.sources[key.source].name, Value(cost.amount))
      let left = max(0, closing.end - max(closing.first, today(of: key.source)))
      return ExpectedMonth(
        row: ExpectedRow(
          keys: [.of(closing.month), .of(name), .of(key.currency)],
          values: [
            .text(closing.month), .text(name), whole, .integer(left), whole, whole, whole, .integer(0),
            Value(key.currency),
          ]))
    }
  }

  private func forecastDays() -> [Key: Days] {
    var days: [Key: Days] = [:]
    func touch(_ day: Int64, _ place: PlainPricing.Place, _ runner: Int, _ billed: Int64) {
      let key = Key(source: view.told.runners[runner].source, currency: currency(place, runner))
      var of = days[key] ?? Days()
      of.touched.insert(day)
      of.costs[day, default: PlainCost()].add(billed, at: price(place))
      if place.price != nil { of.since = min(of.since ?? day, day) }
      days[key] = of
    }
    for run in runs {
      touch(run.day, run.place, run.run.runner, 0)
      for piece in run.pieces { touch(piece.day, piece.place, run.run.runner, piece.billed) }
    }
    return days
  }

  /// The first day of a source that is not over: that of the newest visit that could read anything of it.
  private func today(of source: Int) -> Int64 {
    let visits = view.told.sources[source].visits.filter { $0.isFinished && $0.lists > 0 }
    return view.zone.day(of: visits.map(\.at).max() ?? view.asOf)
  }

  private func expectedMonth(_ month: Range<Int64>, _ key: Key, _ days: Days) -> ExpectedMonth? {
    let today = today(of: key.source)
    let left = max(0, month.upperBound - max(month.lowerBound, today))
    // A month has a row where something fell into it, or into the weeks that it is estimated from.
    let seen = left > 0 ? min(month.lowerBound, today - 56)..<month.upperBound : month
    guard days.touched.contains(where: seen.contains) else { return nil }
    var (soFar, past) = (PlainCost(), PlainDecimal.nothing)
    for (day, cost) in days.costs where month.contains(day) {
      soFar.add(cost)
      if day < today { past = past + (cost.amount ?? .nothing) }
    }
    let weeks = days.since.map { min(8, max(0, today - $0) / 7) } ?? 0
    let history = (0..<7 * weeks).map { days.costs[today - 7 * weeks + $0]?.amount?.double ?? 0 }
    let offset = max(month.lowerBound, today) - today
    var estimate: PlainEstimate?
    if left > 0, weeks >= 2 {
      estimate = PlainEstimate(history: history, ahead: offset..<offset + left)
        .atop(past.double, atLeast: soFar.amount?.double ?? 0)
    }
    let whole = left == 0 ? Value(soFar.amount) : .null
    let name = view.told.sources[key.source].name
    let text = PlainCalendar.month(of: month.lowerBound)
    return ExpectedMonth(
      row: ExpectedRow(
        keys: [.of(text), .of(name), .of(key.currency)],
        values: [
          .text(text), .text(name), Value(soFar.amount), .integer(left), whole, whole, whole,
          .integer(left == 0 ? 0 : 7 * weeks), Value(key.currency),
        ]),
      estimate: estimate)
  }
}

/// An estimate of the days to come, by floating point alone.
struct PlainEstimate {
  var mean: Double
  var low: Double
  var high: Double

  /// What 95 % of Student's distribution lies within, for 2 weeks that share a mean, and for 3 to 8 of which each weekday
  /// has its own.
  private static let quantiles = [
    13: 2.1603686564627913, 14: 2.144786687917804, 21: 2.0796138447276795, 28: 2.0484071417952454,
    35: 2.030107928250343, 42: 2.0180817028184443, 49: 2.0095752371292392,
  ]

  /// - Parameters:
  ///   - history: whole weeks up to yesterday.
  ///   - days: those that are estimated, by their distance from today.
  init(history: [Double], ahead days: Range<Int64>) {
    let weeks = history.count / 7
    // Every day is one of a group whose days share a mean.
    let groups = weeks >= 3 ? 7 : 1
    let members = (0..<groups).map { group in history.indices.filter { $0 % groups == group }.map { history[$0] } }
    func average(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + pow($1 - average(values), 2) } }
    let counts = (0..<groups).map { group in Double(days.count { Int($0) % groups == group }) }
    mean = zip(counts, members).reduce(0) { $0 + $1.0 * average($1.1) }
    (low, high) = (mean, mean)
    let freedom = history.count - groups
    let variance = members.reduce(0) { $0 + squares($1) } / Double(freedom)
    guard mean > 0, variance > 0, let t = PlainEstimate.quantiles[freedom] else { return }

    // Each day scatters, and so does each mean, as often as it is used.
    let spread = Double(days.count) + zip(counts, members).reduce(0) { $0 + $1.0 * $1.0 / Double($1.1.count) }
    let sums = (0..<weeks).map { week in history[7 * week..<7 * week + 7].reduce(0, +) }
    let unrest = weeks >= 3 ? max(1, squares(sums) / Double(weeks - 1) / (7 * variance)) : 1
    // A logarithmic normal distribution with this mean and variance.
    let width = log(1 + variance * spread * unrest / (mean * mean))
    low = exp(log(mean) - width / 2 - t * width.squareRoot())
    high = exp(log(mean) - width / 2 + t * width.squareRoot())
  }

  /// On top of what days that are over cost; never below what is known of those that are not.
  func atop(_ past: Double, atLeast known: Double) -> PlainEstimate {
    var whole = self
    (whole.mean, whole.low, whole.high) = (max(known, past + mean), max(known, past + low), max(known, past + high))
    return whole
  }

  /// Whether three amounts are these, as far as amounts rounded to 6 decimals can be.
  func isSame(as given: [Value]) -> Bool {
    zip([mean, low, high], given).allSatisfy { expected, value in
      guard case .text(let text) = value, let amount = Double(text) else { return false }
      return abs(expected - amount) <= 1.01e-6 + 1e-9 * abs(expected)
    }
  }
}
