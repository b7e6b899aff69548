import RealModule

/// What days to come will cost together, by what days before them cost: a mean, and the 95 % prediction interval about it.
///
/// Each day is expected to cost what its weekday did; where fewer than ``weekdayWeeks`` weeks are known, all days share
/// one mean. The interval counts what makes sums differ from such a mean:
/// - days scatter, each for itself, the more the more they cost;
/// - whole weeks scatter more than their days alone would make them, as days of one week resemble each other;
/// - the means themselves are of few days, and of few weeks (Student's t);
/// - perhaps nothing happens any more: an account that is active now and then may have had its last active day.
///
/// Where nothing was active at all nothing tells how much a day would cost, so there is no interval.
package struct DaysAhead: Equatable, Sendable {
  /// Weeks that a mean per weekday needs.
  package static let weekdayWeeks = 3
  /// Weeks from which on they alone tell how weeks scatter. Fewer are filled up with weeks that scatter as is usual.
  static let tellingWeeks = 6
  /// How far weeks usually lie from their mean, as a share of it.
  static let usualScatter = 0.2
  /// A week that lasts, or costs more than others, seldom begins on the weekday that ours begin on: sums of seven days
  /// show only about half of what the stretch ahead will differ by.
  static let hiddenScatter = 2.0
  /// How much the days of one weekday are taken to resemble those of the whole week, in days.
  static let weekdayDoubt = 0.5

  package var mean: Double
  package var low: Double?
  package var high: Double?

  /// - Parameters:
  ///   - history: what days cost, in whole weeks up to the day before `today`; at least two.
  ///   - days: those that are estimated, by their distance from today.
  package init(after history: [Double], days: Range<Int64>) {
    let past = PastDays(history)
    let ahead = past.count(days)
    mean = past.groups.indices.reduce(0) { $0 + ahead[$1] * past.groups[$1].mean }
    guard past.active > 0 else { return }

    let expected = past.groups.map(past.expected)
    let sum = expected.indices.reduce(0) { $0 + ahead[$1] * expected[$1] }
    let scatter = past.dayVariance / (7 * past.mean)
    var variance = expected.indices.reduce(0) { sum, group in
      sum + scatter * expected[group] * (ahead[group] + ahead[group] * ahead[group] / past.size)
    }
    let share = sum / (7 * past.mean)
    variance += past.weekVariance * share * share * (7 / Double(days.count) + 1 / Double(past.weeks))

    let idle = past.groups.indices.reduce(1) { $0 * past.idleChance(past.groups[$1], days: ahead[$1]) }
    let freedom = min(max(past.weeks, DaysAhead.tellingWeeks) - 1, past.active + 1)
    func end(_ share: Double) -> Double {
      DaysAhead.value(at: share, idle: idle, mean: sum, variance: variance, freedom: freedom)
    }
    low = min(mean, end(0.025))
    high = max(mean, end(0.975))
  }

  /// What a share of all sums is at most: some are nothing, and the others are spread as a logarithm's normal distribution
  /// is, wider by what Student's t adds. Mean and variance are those of all sums together.
  private static func value(
    at share: Double, idle: Double, mean: Double, variance: Double, freedom: Int
  ) -> Double {
    guard share > idle else { return 0 }
    let active = 1 - idle
    let middle = mean / active
    let spread = max(0, (variance + mean * mean) / active - middle * middle)
    let logVariance = Double.log(onePlus: spread / (middle * middle))
    let place = (share - idle) / active
    let t = StudentT.quantile(within: abs(2 * place - 1), freedom: freedom) ?? 0
    return middle * .exp(-logVariance / 2 + (place < 0.5 ? -t : t) * logVariance.squareRoot())
  }
}

/// Whole weeks of days, and what they tell.
private struct PastDays {
  /// Days that share a mean: those of one weekday, counted from today's, or all.
  struct Group {
    var mean = 0.0
    /// Days that cost anything.
    var active = 0.0
  }

  let weeks: Int
  /// The days of a group.
  let size: Double
  private(set) var groups: [Group]
  /// Of all days.
  let mean: Double
  /// Days that cost anything.
  let active: Int
  /// The variance of a week's sum if each day scattered for itself.
  let dayVariance: Double
  /// How much greater it is, as far as it can be told.
  let weekVariance: Double

  init(_ days: [Double]) {
    weeks = days.count / 7
    let count = weeks >= DaysAhead.weekdayWeeks ? 7 : 1
    size = Double(days.count / count)
    groups = [Group](repeating: Group(), count: count)
    for (index, cost) in days.enumerated() {
      groups[index % count].mean += cost / size
      if cost > 0 { groups[index % count].active += 1 }
    }
    mean = groups.reduce(0) { $0 + $1.mean } / Double(count)
    active = days.count { $0 > 0 }

    var squares = 0.0
    for (index, cost) in days.enumerated() {
      let residual = cost - groups[index % count].mean
      squares += residual * residual
    }
    dayVariance = squares / (size - 1) * 7 / Double(count)
    weekVariance = PastDays.weekVariance(days, mean: 7 * mean, besides: dayVariance)
  }

  private static func weekVariance(_ days: [Double], mean: Double, besides alone: Double) -> Double {
    let sums = stride(from: 0, to: days.count, by: 7).map { days[$0..<$0 + 7].reduce(0, +) }
    let freedom = Double(sums.count - 1)
    let seen = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / freedom
    let more = DaysAhead.hiddenScatter * max(0, seen - alone)
    let missing = Double(max(0, DaysAhead.tellingWeeks - sums.count))
    let usual = DaysAhead.usualScatter * mean
    return (freedom * more + missing * usual * usual) / (freedom + missing)
  }

  /// How many of the days belong to each group.
  func count(_ days: Range<Int64>) -> [Double] {
    var counts = [Double](repeating: 0, count: groups.count)
    for day in days { counts[Int(day % Int64(groups.count))] += 1 }
    return counts
  }

  /// What a day of a group is taken to cost by the interval. Few active days are as likely too few as they are too many,
  /// but too few hide more; and a weekday that never cost anything may do so once.
  func expected(_ group: Group) -> Double {
    let doubt = DaysAhead.weekdayDoubt
    let usual = max(group.mean, (size * group.mean + doubt * mean) / (size + doubt))
    return usual * (1 + 0.5 * (1 - group.active / size) / Double(active))
  }

  /// How likely so many days of a group cost nothing: the beta-binomial distribution, by what the group's days were like
  /// and, for a little of it, all days.
  func idleChance(_ group: Group, days: Double) -> Double {
    let doubt = DaysAhead.weekdayDoubt
    let idleShare = 1 - (Double(active) + 0.5) / (Double(7 * weeks) + 1)
    var chance = 1.0
    for day in 0..<Int(days) {
      chance *= (size - group.active + doubt * idleShare + Double(day)) / (size + doubt + Double(day))
    }
    return chance
  }
}
