/// A successful run, as far as its runtime counts.
package struct TimedRun: Equatable, Sendable {
  /// The local day on which it ended.
  package var day: LocalDay
  /// Milliseconds.
  package var runtime: Int64

  package init(day: LocalDay, runtime: Int64) {
    self.day = day
    self.runtime = runtime
  }
}

/// Whether a runner's runs of a period take longer or shorter than those before it, and since which day.
///
/// The p is that of ``RankSum``'s test of the reference against the period, so the day, which ``Pettitt`` finds among the
/// daily medians, has no part in it: looking for the best day would make any history look as if it had changed. Where runs
/// of a day resemble each other, days are tested and not runs, by the ``DayLikeness`` of their ranks; the larger p counts.
package struct RuntimeChange: Equatable, Sendable {
  /// Successful runs that the time before and the period need at least.
  package static let minimumRuns = 20

  /// The runs on one side of the day.
  package struct Side: Equatable, Sendable {
    package var runs: Int
    /// The nearest-rank median of their runtimes.
    package var median: Int64
  }

  /// The first day of the new runtimes, one of the period.
  package var day: LocalDay
  package var p: Double
  /// Whether daily medians from the day on are more often above those before than below.
  package var isLonger: Bool
  /// All runs before the day, those before the period included.
  package var before: Side
  /// Those from the day on.
  package var after: Side

  /// - Parameters:
  ///   - runs: in any order; those before `start` are the reference.
  ///   - start: the first day of the period.
  /// - Returns: nil where there are too few runs to say anything, or all took equally long.
  package init?(in runs: [TimedRun], from start: LocalDay) {
    let runs = runs.sorted { $0.runtime < $1.runtime }
    let reference = runs.filter { $0.day < start }.map(\.runtime)
    let period = runs.filter { $0.day >= start }.map(\.runtime)
    guard reference.count >= RuntimeChange.minimumRuns, period.count >= RuntimeChange.minimumRuns,
      let distance = RankSum.distance(reference, period)
    else { return nil }

    let days = RankedDay.days(of: runs)
    let medians = days.compactMap { NearestRank.percentile(50, ofSorted: $0.runtimes) }
    let first = days.firstIndex { $0.day >= start } ?? days.endIndex
    // Where the medians of no day tell a difference the whole period stands against the time before.
    let split = Pettitt.split(medians, notBefore: first) ?? (index: first, excess: 0)
    let changed = days[split.index].day
    guard let before = Side(runs.filter { $0.day < changed }), let after = Side(runs.filter { $0.day >= changed })
    else { return nil }
    let likeness = DayLikeness(of: days.map(\.ranks), partedAt: split.index)
    p = max(Normal.twoSided(distance), likeness.p(distance))
    day = changed
    isLonger = split.excess == 0 ? after.median > before.median : split.excess > 0
    (self.before, self.after) = (before, after)
  }
}

extension RuntimeChange.Side {
  /// - Parameter runs: the shortest first.
  fileprivate init?(_ runs: [TimedRun]) {
    guard let median = NearestRank.percentile(50, ofSorted: runs.map(\.runtime)) else { return nil }
    self.init(runs: runs.count, median: median)
  }
}

/// A day's successes, and where they stand among all.
private struct RankedDay {
  var day: LocalDay
  /// The shortest first.
  var runtimes: [Int64] = []
  var ranks = DayLikeness.Day(runs: 0, sum: 0, squares: 0)

  /// The days in their order.
  /// - Parameter runs: the shortest first.
  static func days(of runs: [TimedRun]) -> [RankedDay] {
    var days: [LocalDay: RankedDay] = [:]
    var start = 0
    while start < runs.count {
      var end = start
      while end < runs.count, runs[end].runtime == runs[start].runtime { end += 1 }
      // Runs that took equally long share their mean rank.
      let rank = Double(start + end + 1) / 2
      for run in runs[start..<end] {
        days[run.day, default: RankedDay(day: run.day)].add(run.runtime, rank: rank)
      }
      start = end
    }
    return days.values.sorted { $0.day < $1.day }
  }

  private mutating func add(_ runtime: Int64, rank: Double) {
    runtimes.append(runtime)
    ranks.runs += 1
    ranks.sum += rank
    ranks.squares += rank * rank
  }
}
