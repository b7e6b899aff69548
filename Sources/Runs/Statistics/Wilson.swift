/// Wilson's score interval for a rate: honest for few runs and for rates near 0 or 1.
///
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
package struct WilsonInterval: Equatable, Sendable {
  package var low: Double
  package var high: Double

  /// The 97.5 % point of the normal distribution, for a two-sided 95 % interval.
  static let z95 = 1.959963984540054

  /// The 95 % interval of `count` in `total`; nil when there is nothing to take a rate of.
  package init?(_ count: Int64, of total: Int64) {
    guard total > 0, (0...total).contains(count) else { return nil }
    let n = Double(total)
    let rate = Double(count) / n
    let z2 = WilsonInterval.z95 * WilsonInterval.z95
    let center = (rate + z2 / (2 * n)) / (1 + z2 / n)
    let half =
      WilsonInterval.z95 / (1 + z2 / n) * (rate * (1 - rate) / n + z2 / (4 * n * n)).squareRoot()
    // At the ends the bound is exact; the formula leaves a rounding error there.
    low = count == 0 ? 0 : max(0, center - half)
    high = count == total ? 1 : min(1, center + half)
  }
}
