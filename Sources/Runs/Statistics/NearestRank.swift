/// Nearest-rank percentiles: always a value that was observed, exact in integers.
package enum NearestRank {
  /// The position, from 0, of the `percent` percentile among `count` sorted values: ⌈percent · count ÷ 100⌉ − 1.
  package static func index(percent: Int64, count: Int64) -> Int64 {
    max(0, (percent * count + 99) / 100 - 1)
  }

  /// The percentile of values that are sorted ascending; nil of nothing, and below 0 or above 100.
  package static func percentile(_ percent: Int64, ofSorted values: [Int64]) -> Int64? {
    guard !values.isEmpty, (0...100).contains(percent) else { return nil }
    return values[Int(index(percent: percent, count: Int64(values.count)))]
  }
}
