import RealModule

/// The rank-sum test: could chance alone explain that one set of values lies above another?
///
/// H. B. Mann and D. R. Whitney, "On a test of whether one of two random variables is stochastically larger" (1947).
/// It compares ranks, so one run that took a hundred times as long weighs no more than any other long one.
package enum RankSum {
  /// The two-sided p of two sorted sets, by the normal approximation with ties and continuity corrected; nil when one
  /// has fewer than 8 values, where the approximation is poor, or when all values are equal.
  package static func twoSided(_ first: [Int64], _ second: [Int64]) -> Double? {
    distance(first, second).map(Normal.twoSided)
  }

  /// By how many standard errors the sets' ranks lie apart; never below 0, and nil as `twoSided` is.
  static func distance(_ first: [Int64], _ second: [Int64]) -> Double? {
    guard first.count >= 8, second.count >= 8 else { return nil }
    let (n1, n2) = (Double(first.count), Double(second.count))
    let n = n1 + n2
    // Twice the rank sum of the first set: ties share their mean rank, which is a half at worst.
    var doubledRankSum = 0.0
    var ties = 0.0
    var rank = 0
    var (i, j) = (0, 0)
    while i < first.count || j < second.count {
      let value = min(i < first.count ? first[i] : .max, j < second.count ? second[j] : .max)
      let (startI, startJ) = (i, j)
      while i < first.count, first[i] == value { i += 1 }
      while j < second.count, second[j] == value { j += 1 }
      let tied = (i - startI) + (j - startJ)
      doubledRankSum += Double(i - startI) * Double(2 * rank + tied + 1)
      ties += Double(tied) * (Double(tied) * Double(tied) - 1)
      rank += tied
    }
    let u = doubledRankSum / 2 - n1 * (n1 + 1) / 2
    let variance = n1 * n2 / 12 * (n + 1 - ties / (n * (n - 1)))
    guard variance > 0 else { return nil }
    let distance = max(0, abs(u - n1 * n2 / 2) - 0.5)
    return distance / variance.squareRoot()
  }
}

/// The normal distribution.
enum Normal {
  /// The probability of a value at least so far from 0.
  static func twoSided(_ z: Double) -> Double {
    .erfc(abs(z) / 2.0.squareRoot())
  }
}
