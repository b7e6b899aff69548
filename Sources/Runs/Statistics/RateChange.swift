/// A day's finished runs of one runner, as far as they count in the failure rate.
package struct RatedDay: Equatable, Sendable {
  package var day: LocalDay
  package var failed: Int64
  package var rated: Int64

  package init(day: LocalDay, failed: Int64, rated: Int64) {
    self.day = day
    self.failed = failed
    self.rated = rated
  }
}

/// The likeliest day on which a runner's failure rate stepped up or down, and how likely chance alone makes such a step.
///
/// What came before the period says what is usual. In the period two ``BernoulliCUSUM`` charts, one for a rise and one for
/// a fall, add up evidence; the higher one names the day after it last was 0. Its height becomes a p: the probability of
/// such a height in as many runs if the rate had been the same all the time, doubled for the two charts. A CUSUM that is
/// read once a day misses peaks within a day, so it is rather too large than too small. What is usual is itself only an
/// estimate; therefore the p is never below that of a test between the time before the day and the time after.
///
/// A step at the period's very beginning shows better in the period as a whole against the time before. These are two looks
/// at one history: the smaller p counts double.
///
/// Failures come in clusters, so each test is one of days and not of runs, by ``DayLikeness``: where so many runs tell as
/// much as one, the chart is as much lower and has as many fewer runs, and a test is also one of the days' scatter.
package struct RateChange: Equatable, Sendable {
  /// Finished, rated runs that the time before and the period need at least.
  package static let minimumRuns: Int64 = 30

  /// The first day of the new rate.
  package var day: LocalDay
  package var p: Double
  /// All rated runs before the day, those before the period included.
  package var before: (failed: Int64, rated: Int64)
  /// Those from the day on.
  package var after: (failed: Int64, rated: Int64)

  /// - Parameters:
  ///   - days: in their order, each at most once; those before `start` are the reference.
  ///   - start: the first day of the period.
  /// - Returns: nil where there are too few runs to say anything.
  package init?(in days: [RatedDay], from start: LocalDay) {
    let reference = days.prefix { $0.day < start }
    let period = days.dropFirst(reference.count)
    let usual = RateChange.count(reference)
    let seen = RateChange.count(period)
    guard usual.rated >= RateChange.minimumRuns, seen.rated >= RateChange.minimumRuns else { return nil }

    let rate = RateChange.estimate(usual)
    let charts = [
      BernoulliCUSUM(before: rate, after: min(max(2 * rate, rate + 0.05), (1 + rate) / 2)),
      BernoulliCUSUM(before: rate, after: rate / 2),
    ].compactMap { $0.map { Peak(of: $0, over: period) } }
    guard let peak = charts.max(by: { $0.height < $1.height }) else { return nil }

    day = peak.changeDay
    let split = days.firstIndex { $0.day >= peak.changeDay } ?? days.count
    before = RateChange.count(days[..<split])
    after = RateChange.count(days[split...])
    let likeness = DayLikeness(
      of: days.map { DayLikeness.Day(runs: Double($0.rated), sum: Double($0.failed), squares: Double($0.failed)) },
      partedAt: split)
    let overall = RateChange.estimate(RateChange.count(days))
    let chance = peak.chart.falseAlarm(
      height: peak.height / likeness.effect,
      runs: Int64((Double(seen.rated) / likeness.effect).rounded(.up)), at: overall)
    let searched = max(2 * chance, RateChange.test(before, after, likeness))
    p = min(1, 2 * min(searched, RateChange.test(usual, seen, likeness)))
  }

  private typealias Count = (failed: Int64, rated: Int64)

  /// The two-sided p of two rates: by runs exactly, and by days; the larger one.
  private static func test(_ one: Count, _ other: Count, _ likeness: DayLikeness) -> Double {
    let exact = Fisher.twoSided(one.failed, of: one.rated, other.failed, of: other.rated) ?? 1
    let (n1, n2) = (Double(one.rated), Double(other.rated))
    let rate = Double(one.failed + other.failed) / (n1 + n2)
    let variance = rate * (1 - rate) * (1 / n1 + 1 / n2)
    guard variance > 0 else { return exact }
    let difference = Double(other.failed) / n2 - Double(one.failed) / n1
    return max(exact, likeness.p(difference / variance.squareRoot()))
  }

  package static func == (left: RateChange, right: RateChange) -> Bool {
    (left.day, left.p) == (right.day, right.p) && left.before == right.before && left.after == right.after
  }

  /// Never 0 or 1: what was never seen to fail may still fail now and then.
  private static func estimate(_ count: Count) -> Double {
    (Double(count.failed) + 0.5) / (Double(count.rated) + 1)
  }

  private static func count(_ days: some Sequence<RatedDay>) -> Count {
    days.reduce((0, 0)) { ($0.0 + $1.failed, $0.1 + $1.rated) }
  }

  /// Where a chart stood highest.
  private struct Peak {
    var chart: BernoulliCUSUM
    var height = 0.0
    var changeDay: LocalDay

    init(of chart: BernoulliCUSUM, over days: some Collection<RatedDay>) {
      self.chart = chart
      var sum = 0.0
      var start = days.first?.day ?? LocalDay(number: 0)
      changeDay = start
      for day in days {
        if sum == 0 { start = day.day }
        sum = max(
          0, sum + Double(day.failed) * chart.failureWeight + Double(day.rated - day.failed) * chart.successWeight)
        if sum > height { (height, changeDay) = (sum, start) }
      }
    }
  }
}
