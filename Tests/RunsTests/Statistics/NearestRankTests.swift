import Runs
import Testing

/// Percentiles that are always a value that was observed.
@Suite struct NearestRankTests {
  private static let durations: [Int64] = [
    12_500, 14_000, 14_800, 14_900, 15_000, 15_200, 15_500, 16_000, 90_100, 300_250,
  ]

  @Test(
    "a percentile is the value at the nearest rank",
    arguments: [
      (0, 12_500), (1, 12_500), (10, 12_500), (11, 14_000), (50, 15_000), (51, 15_200), (90, 90_100), (91, 300_250),
      (95, 300_250), (99, 300_250), (100, 300_250),
    ] as [(Int64, Int64)])
  func vectors(percent: Int64, value: Int64) {
    #expect(NearestRank.percentile(percent, ofSorted: Self.durations) == value)
  }

  @Test("of one value every percentile is that value, and of nothing there is none")
  func few() {
    for percent in [0, 1, 50, 99, 100] as [Int64] {
      #expect(NearestRank.percentile(percent, ofSorted: [7]) == 7)
      #expect(NearestRank.percentile(percent, ofSorted: []) == nil)
    }
  }

  @Test("there is no percentile below 0 or above 100", arguments: [-1, 101, 999, Int64.min, Int64.max])
  func outOfRange(percent: Int64) {
    #expect(NearestRank.percentile(percent, ofSorted: Self.durations) == nil)
  }

  @Test("it is the smallest value that so many percent do not exceed")
  func definition() {
    var numbers = SeededNumbers(seed: 34)
    for _ in 0..<500 {
      let values = (0..<numbers.int(1...60)).map { _ in numbers.size(upTo: 3) }.sorted()
      let percent = numbers.int(1...100)
      let expected = values.first { candidate in
        values.count { $0 <= candidate } * 100 >= Int(percent) * values.count
      }
      #expect(NearestRank.percentile(percent, ofSorted: values) == expected)
    }
  }
}
