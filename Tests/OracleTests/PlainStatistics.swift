import Foundation

/// Statistics by their formulas, as a textbook prints them.
enum PlainStatistics {
  /// The value at the place ⌈percent · count ÷ 100⌉ of the sorted values, counted from 1, found by counting.
  static func percentile(_ percent: Int, _ values: [Int64]) -> Int64? {
    values.sorted().enumerated().first { ($0.offset + 1) * 100 >= percent * values.count }?.element
  }

  /// Wilson's interval: the rates p whose distance to what was seen is z standard errors of p, the two roots of a
  /// quadratic equation.
  static func wilson(_ count: Int64, _ total: Int64) -> (low: Double, high: Double)? {
    if total == 0 { return nil }
    let (x, n, z) = (Double(count), Double(total), 1.959963984540054)
    // (x/n − p)² = z² p (1 − p) / n
    let (a, b, c) = (1 + z * z / n, -(2 * x / n + z * z / n), (x / n) * (x / n))
    let root = (b * b - 4 * a * c).squareRoot()
    return ((-b - root) / (2 * a), (-b + root) / (2 * a))
  }

  /// Newcombe's interval of the second rate less the first, from the two of Wilson.
  static func newcombe(_ x1: Int64, _ n1: Int64, _ x2: Int64, _ n2: Int64) -> (low: Double, high: Double)? {
    guard let one = wilson(x1, n1), let two = wilson(x2, n2) else { return nil }
    let (p1, p2) = (Double(x1) / Double(n1), Double(x2) / Double(n2))
    func length(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    return (p2 - p1 - length(p2 - two.low, one.high - p1), p2 - p1 + length(two.high - p2, p1 - one.low))
  }

  /// Fisher's exact test: the sum over all tables that are at most as likely, each by its binomial coefficients.
  static func fisher(_ x1: Int64, _ n1: Int64, _ x2: Int64, _ n2: Int64) -> Double? {
    if n1 == 0 || n2 == 0 { return nil }
    func logChoose(_ n: Int64, _ k: Int64) -> Double {
      (0..<k).reduce(0.0) { $0 + log(Double(n - $1)) - log(Double($1 + 1)) }
    }
    let all = logChoose(n1 + n2, x1 + x2)
    func chance(_ k: Int64) -> Double { exp(logChoose(n1, k) + logChoose(n2, x1 + x2 - k) - all) }
    let seen = chance(x1)
    let tables = max(0, x1 + x2 - n2)...min(n1, x1 + x2)
    return min(1, tables.map(chance).filter { $0 <= seen * (1 + 1e-9) }.reduce(0, +))
  }

  /// What a share of Student's distribution lies below: the place up to which the area under its curve is that share.
  /// With t = √n · tan θ the curve is a power of the cosine, which Simpson's rule adds up.
  static func student(_ share: Double, freedom n: Int) -> Double {
    func area(upTo angle: Double) -> Double {
      let pieces = 400
      return (0...pieces).reduce(0.0) { sum, piece in
        let cosine = cos(angle * Double(piece) / Double(pieces))
        let height = (1..<n).reduce(1.0) { power, _ in power * cosine }
        return sum + height * (piece == 0 || piece == pieces ? 1 : piece % 2 == 1 ? 4 : 2) * angle / 1200
      }
    }
    let half = area(upTo: .pi / 2)
    var (low, high) = (0.0, Double.pi / 2)
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if area(upTo: middle) / half < abs(2 * share - 1) { low = middle } else { high = middle }
    }
    return (share < 0.5 ? -1 : 1) * Double(n).squareRoot() * tan(low)
  }
}
