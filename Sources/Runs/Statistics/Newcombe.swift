/// Newcombe's interval for the difference of two rates: by how much a rate changed, honest for few runs.
///
/// R. G. Newcombe, "Interval estimation for the difference between independent proportions" (1998), method 10: built
/// from the Wilson intervals of both rates.
package struct NewcombeInterval: Equatable, Sendable {
  /// Of the second rate less the first.
  package var low: Double
  package var high: Double

  /// The 95 % interval of `x2` in `n2` less `x1` in `n1`; nil when one side has nothing to take a rate of.
  package init?(from x1: Int64, of n1: Int64, to x2: Int64, of n2: Int64) {
    guard let before = WilsonInterval(x1, of: n1), let after = WilsonInterval(x2, of: n2) else { return nil }
    let (p1, p2) = (Double(x1) / Double(n1), Double(x2) / Double(n2))
    low = p2 - p1 - ((p2 - after.low) * (p2 - after.low) + (before.high - p1) * (before.high - p1)).squareRoot()
    high = p2 - p1 + ((after.high - p2) * (after.high - p2) + (p1 - before.low) * (p1 - before.low)).squareRoot()
  }
}
