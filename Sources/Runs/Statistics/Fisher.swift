/// Fisher's exact test: could chance alone explain that a rate changed?
package enum Fisher {
  /// The two-sided p of `x1` in `n1` against `x2` in `n2`; nil when one side has no runs, or more of them than a
  /// Double can count.
  ///
  /// It is the share of all tables with the same margins that are at most as likely as the one seen. The weights are
  /// found relative to the likeliest table, outwards by the ratio of neighbours, so no factorial is ever formed.
  package static func twoSided(_ x1: Int64, of n1: Int64, _ x2: Int64, of n2: Int64) -> Double? {
    let countable: ClosedRange<Int64> = 1...(1 << 52)
    guard countable.contains(n1), countable.contains(n2), (0...n1).contains(x1), (0...n2).contains(x2) else {
      return nil
    }
    let marked = x1 + x2
    let lowest = max(0, marked - n2)
    let highest = min(marked, n1)
    // The likeliest number of marked ones in the first group.
    let mode = min(highest, max(lowest, Int64((Double(n1 + 1) * Double(marked + 1)) / Double(n1 + n2 + 2))))

    func ratioUp(_ k: Int64) -> Double {
      (Double(n1 - k) * Double(marked - k)) / (Double(k + 1) * Double(n2 - marked + k + 1))
    }
    let observed = weight(from: mode, to: x1, ratioUp)
    let limit = observed * (1 + 1e-7)

    var all = 1.0
    var extreme = 1.0 <= limit ? 1.0 : 0
    var current = 1.0
    var k = mode
    while k < highest, current > 0 {
      current *= ratioUp(k)
      k += 1
      all += current
      if current <= limit { extreme += current }
      if current < all * 1e-20, current < observed * 1e-20 { break }
    }
    current = 1
    k = mode
    while k > lowest, current > 0 {
      k -= 1
      current /= ratioUp(k)
      all += current
      if current <= limit { extreme += current }
      if current < all * 1e-20, current < observed * 1e-20 { break }
    }
    return min(1, extreme / all)
  }

  /// The weight of a table relative to the likeliest one.
  private static func weight(from mode: Int64, to k: Int64, _ ratioUp: (Int64) -> Double) -> Double {
    var weight = 1.0
    var position = mode
    while position < k {
      weight *= ratioUp(position)
      position += 1
    }
    while position > k {
      position -= 1
      weight /= ratioUp(position)
    }
    return weight
  }
}
