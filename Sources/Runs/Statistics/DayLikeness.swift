/// How much runs of one day resemble each other, and what is left of a difference when days are tested and not runs.
///
/// A slow disk or a broken network meets all runs of a day. Then ten runs of it tell hardly more than one, and a test that
/// takes them for ten finds changes where there are none. What days differ by shows how many runs tell as much as one that
/// hangs on no other. It is measured on both sides of the day on which a change may have come, so that a change makes its
/// days no less alike. As it is an estimate from so many days, Student's t stands where the normal distribution would. Where
/// days differ no more than their runs make them, runs are tested as they are.
///
/// Three failures on one day of three in each of two halves, ten runs a day: the rate is 0.1, the days are off by 2, −1 and
/// −1, together 12 in both halves; 60 runs that hang on no other would be off by 60 · 0.1 · 0.9 = 5.4. Of 6 days 3 are free,
/// of 60 runs 57, so that a run counts for 12 / 5.4 · 6 / 3 · 57 / 60 = 4.22 times less.
package struct DayLikeness: Equatable, Sendable {
  /// What the runs of a day add up to: failures, or ranks.
  package struct Day: Equatable, Sendable {
    package var runs: Double
    package var sum: Double
    /// The sum of their squares.
    package var squares: Double

    package init(runs: Double, sum: Double, squares: Double) {
      (self.runs, self.sum, self.squares) = (runs, sum, squares)
    }
  }

  /// As many runs tell as much as one that hangs on no other; at least 1.
  package let effect: Double
  /// Days, less the two means that they are held against, and less the choice of the day between.
  package let freedom: Int

  /// - Parameters:
  ///   - days: in their order.
  ///   - place: the index of the first one that is held against the later mean.
  package init(of days: [Day], partedAt place: Int) {
    var (between, within, all) = (0.0, 0.0, 0.0)
    for part in [days[..<place], days[place...]] {
      let runs = part.reduce(0) { $0 + $1.runs }
      guard runs > 0 else { continue }
      let mean = part.reduce(0) { $0 + $1.sum } / runs
      for day in part {
        let off = day.sum - day.runs * mean
        between += off * off
        within += day.squares - day.sum * mean
        all += day.squares
      }
    }
    let count = days.count { $0.runs > 0 }
    let runs = days.reduce(0) { $0 + $1.runs }
    freedom = count - 3
    // What rounding leaves of nothing is no scatter.
    let isScattered = freedom > 0 && within > 1e-9 * all
    let free = Double(count) / Double(max(1, freedom)) * (runs - 3) / max(1, runs)
    effect = isScattered ? max(1, between / within * free) : 1
  }

  /// The two-sided p, at least, of a difference that is `z` standard errors of runs that hang on no other: 1 with so few days
  /// that they cannot tell how they differ, and nothing where runs tell it by themselves.
  package func p(_ z: Double) -> Double {
    guard freedom > 0 else { return 1 }
    // One run a day makes it 1 but for rounding.
    guard effect > 1 + 1e-9 else { return 0 }
    return max(0, 1 - StudentT.probability(within: abs(z) / effect.squareRoot(), freedom: freedom))
  }
}
