import RealModule

/// Student's t distribution: how far a mean may lie off when its spread is an estimate too.
///
/// Student, "The probable error of a mean" (1908); the finite sums for whole degrees of freedom are 26.7.3 and 26.7.4 of
/// Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964).
package enum StudentT {
  /// The t that a share of all values, such as 0.95, lies within on both sides of 0; nil where there is none.
  ///
  /// 2.228 of 95 % and 10 degrees of freedom.
  package static func quantile(within share: Double, freedom: Int) -> Double? {
    guard freedom > 0, share > 0, share < 1 else { return nil }
    var (low, high) = (0.0, 1.0)
    while probability(within: high, freedom: freedom) < share { high *= 2 }
    // 60 halvings leave nothing that a Double could tell apart.
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if probability(within: middle, freedom: freedom) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The probability of a value at most so far from 0.
  static func probability(within t: Double, freedom: Int) -> Double {
    let n = Double(freedom)
    let cosine2 = n / (n + t * t)
    let cosine = cosine2.squareRoot()
    let sine = t / (n + t * t).squareRoot()
    guard !freedom.isMultiple(of: 2) else { return sine * sum(first: 1, from: 2, upTo: freedom, cosine2) }
    let angle = Double.atan(t / n.squareRoot())
    let tail = freedom == 1 ? 0 : sine * sum(first: cosine, from: 3, upTo: freedom, cosine2)
    return 2 / .pi * (angle + tail)
  }

  /// first · (1 + (k−1)/k · c + (k−1)(k+1)/(k(k+2)) · c² + …), one term for every second k below `end`.
  private static func sum(first: Double, from start: Int, upTo end: Int, _ cosine2: Double) -> Double {
    var term = first
    var sum = first
    for k in stride(from: start, to: end, by: 2) {
      term *= Double(k - 1) / Double(k) * cosine2
      sum += term
    }
    return sum
  }
}
