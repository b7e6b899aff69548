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
/// daily medians, has no part in it: looking for the best day would make any history look as if it had changed.
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
    let runs = runs.sorted { ($0.day, $0.runtime) < ($1.day, $1.runtime) }
    let reference = runs.prefix { $0.day < start }.map(\.runtime)
    let period = runs.dropFirst(reference.count).map(\.runtime)
    guard reference.count >= RuntimeChange.minimumRuns, period.count >= RuntimeChange.minimumRuns,
      let p = RankSum.twoSided(reference.sorted(), period.sorted())
    else { return nil }

    let days = runs.chunked(by: \.day)
    let medians = days.compactMap { day in NearestRank.percentile(50, ofSorted: day.map(\.runtime)) }
    let first = days.firstIndex { $0.first.map { $0.day >= start } ?? false } ?? days.endIndex
    // Where the medians of no day tell a difference the whole period stands against the time before.
    let split = Pettitt.split(medians, notBefore: first) ?? (index: first, excess: 0)
    guard let before = Side(days[..<split.index]), let after = Side(days[split.index...]),
      let changed = days[split.index].first?.day
    else { return nil }
    (day, self.p) = (changed, p)
    isLonger = split.excess == 0 ? after.median > before.median : split.excess > 0
    (self.before, self.after) = (before, after)
  }
}

extension RuntimeChange.Side {
  fileprivate init?(_ days: ArraySlice<ArraySlice<TimedRun>>) {
    let runtimes = days.joined().map(\.runtime).sorted()
    guard let median = NearestRank.percentile(50, ofSorted: runtimes) else { return nil }
    self.init(runs: runtimes.count, median: median)
  }
}

extension Array {
  /// Neighbours with one key, together.
  fileprivate func chunked(by key: (Element) -> some Equatable) -> [ArraySlice<Element>] {
    var chunks: [ArraySlice<Element>] = []
    var start = startIndex
    for index in indices where index + 1 == endIndex || key(self[index]) != key(self[index + 1]) {
      chunks.append(self[start...index])
      start = index + 1
    }
    return chunks
  }
}
