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
            Value(key.currency), .null,
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
    // The day that the first price is of is none of the history that follows it.
    let weeks = days.since.map { min(8, max(0, today - $0 - 1) / 7) } ?? 0
    let history = (0..<7 * weeks).map { days.costs[today - 7 * weeks + $0]?.amount?.double ?? 0 }
    let offset = max(month.lowerBound, today) - today
    var estimate: PlainEstimate?
    if left > 0, weeks >= 2 {
      estimate = PlainEstimate(history: history, ahead: offset..<offset + left)
        .atop(past.double, atLeast: soFar.amount?.double ?? 0)
    }
    let whole = left == 0 ? Value(soFar.amount) : .null
    var because: String?
    if left > 0, days.since == nil {
      because = "nothing has a price yet"
    } else if left > 0, weeks < 2 {
      because = "\(7 * weeks) days of whole weeks are known; 14 are needed"
    } else if left > 0, history.allSatisfy({ $0 == 0 }) {
      because = "no interval: the last \(7 * weeks) days cost nothing"
    }
    let name = view.told.sources[key.source].name
    let text = PlainCalendar.month(of: month.lowerBound)
    return ExpectedMonth(
      row: ExpectedRow(
        keys: [.of(text), .of(name), .of(key.currency)],
        values: [
          .text(text), .text(name), Value(soFar.amount), .integer(left), whole, whole, whole,
          .integer(left == 0 ? 0 : 7 * weeks), Value(key.currency), because.map { .text($0) } ?? .null,
        ]),
      estimate: estimate)
  }
}

/// An estimate of the days to come, by floating point alone, term by term as docs/definitions.md tells it.
struct PlainEstimate {
  var mean: Double
  /// Null where nothing was active.
  var low: Double?
  var high: Double?

  /// - Parameters:
  ///   - history: whole weeks up to yesterday.
  ///   - days: those that are estimated, by their distance from today.
  init(history: [Double], ahead days: Range<Int64>) {
    let weeks = Double(history.count / 7)
    func average(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + pow($1 - average(values), 2) } }
    // Every day is one of a group whose days share a mean.
    let groups = weeks >= 3 ? 7 : 1
    let members = (0..<groups).map { group in history.indices.filter { $0 % groups == group }.map { history[$0] } }
    let size = Double(members[0].count)
    let counts = (0..<groups).map { group in days.count { Int($0) % groups == group } }
    mean = (0..<groups).reduce(0) { $0 + Double(counts[$1]) * average(members[$1]) }
    let active = Double(history.count { $0 > 0 })
    if active == 0 { return }

    // What a day of each group may cost: a little more than it did where it was not always active.
    let expected = members.map { days in
      let usual = max(average(days), (days.reduce(0, +) + 0.5 * average(history)) / (size + 0.5))
      return usual + usual * 0.5 * Double(days.count { $0 == 0 }) / size / active
    }
    let sum = (0..<groups).reduce(0) { $0 + Double(counts[$1]) * expected[$1] }

    // Days scatter in proportion to what they cost, and so do the means of few days.
    let daily = members.reduce(0) { $0 + squares($1) / (size - 1) } * 7 / Double(groups)
    let perUnit = daily / (7 * average(history))
    let ofDays = (0..<groups).reduce(0) { total, group in
      let count = Double(counts[group])
      return total + perUnit * expected[group] * count * (1 + count / size)
    }
    // Weeks scatter twice as much beyond that as they show; of six weeks those that are missing do so by a fifth.
    let sums = (0..<history.count / 7).map { week in history[7 * week..<7 * week + 7].reduce(0, +) }
    let missing = max(0, 6 - weeks)
    let beyond = 2 * max(0, squares(sums) / (weeks - 1) - daily)
    let weekly = ((weeks - 1) * beyond + missing * pow(0.2 * average(sums), 2)) / (weeks - 1 + missing)
    let variance = ofDays + weekly * pow(sum / average(sums), 2) * (7 / Double(days.count) + 1 / weeks)

    // Each day that is nothing makes the next one of its group likelier to be nothing too.
    var idle = 1.0
    let idleShare = 1 - (active + 0.5) / (Double(history.count) + 1)
    for group in 0..<groups {
      var (nothing, all) = (Double(members[group].count { $0 == 0 }) + 0.5 * idleShare, size + 0.5)
      for _ in 0..<counts[group] {
        idle *= nothing / all
        (nothing, all) = (nothing + 1, all + 1)
      }
    }
    // A logarithmic normal distribution of what is more than nothing.
    let middle = sum / (1 - idle)
    let width = log(1 + max(0, (variance + sum * sum) / (1 - idle) - middle * middle) / (middle * middle))
    let freedom = Int(min(max(weeks, 6) - 1, active + 1))
    func end(_ share: Double) -> Double {
      if share <= idle { return 0 }
      let t = PlainStatistics.student((share - idle) / (1 - idle), freedom: freedom)
      return exp(log(middle) - width / 2 + t * width.squareRoot())
    }
    low = min(mean, end(0.025))
    high = max(mean, end(0.975))
  }

  /// On top of what days that are over cost; never below what is known of those that are not.
  func atop(_ past: Double, atLeast known: Double) -> PlainEstimate {
    var whole = self
    whole.mean = max(known, past + mean)
    (whole.low, whole.high) = (low.map { max(known, past + $0) }, high.map { max(known, past + $0) })
    return whole
  }

  /// Whether three amounts are these, as far as amounts rounded to 6 decimals can be.
  func isSame(as given: [Value]) -> Bool {
    zip([mean, low, high], given).allSatisfy { expected, value in
      guard let expected else { return value == .null }
      guard case .text(let text) = value, let amount = Double(text) else { return false }
      return abs(expected - amount) <= 1.01e-6 + 1e-9 * abs(expected)
    }
  }
}
