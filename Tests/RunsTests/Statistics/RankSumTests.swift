import Runs
import Testing

/// The rank-sum test against numbers worked out by hand.
@Suite struct RankSumTests {
  /// U = 0 of 64; mean 32, variance 8 · 8 · 17 / 12 = 90.67; z = 31.5 / 9.522 = 3.308.
  @Test("two sets without overlap")
  func apart() throws {
    let p = try #require(RankSum.twoSided(Array(1...8), Array(9...16)))
    #expect(abs(p - 0.000939) < 0.000001)
    #expect(RankSum.twoSided(Array(9...16), Array(1...8)) == p)
  }

  /// Ranks of the first: 4 ones share rank 2.5 with none of the second, 4 twos share rank 8.5 with 4 twos: rank sum
  /// 10 + 26 = 36 … U = 8; ties 4³-4 + 8³-8 + 4³-4 = 624; variance 64/12 · (17 − 624/240) = 76.8; z = 23.5/8.764 = 2.681.
  @Test("ties share their rank and narrow the spread")
  func ties() throws {
    let p = try #require(RankSum.twoSided([1, 1, 1, 1, 2, 2, 2, 2], [2, 2, 2, 2, 3, 3, 3, 3]))
    #expect(abs(p - 0.007333) < 0.00002, "\(p)")
  }

  @Test("equal sets are no difference; all values equal, and too few, say nothing")
  func nothing() {
    let values = (1...20).map(Int64.init)
    #expect(RankSum.twoSided(values, values) == 1)
    #expect(RankSum.twoSided([Int64](repeating: 5, count: 9), [Int64](repeating: 5, count: 9)) == nil)
    #expect(RankSum.twoSided(Array(values.prefix(7)), values) == nil)
    #expect(RankSum.twoSided(values, []) == nil)
  }

  @Test("without a difference p is below 5 % in about 5 % of all cases")
  func level() {
    var numbers = SeededNumbers(seed: 8)
    let alarms = (0..<2000).count { _ in
      let sets = (0..<2).map { _ in (0..<25).map { _ in numbers.int(0...500) }.sorted() }
      return (RankSum.twoSided(sets[0], sets[1]) ?? 1) <= 0.05
    }
    #expect((60...125).contains(alarms), "\(alarms) of 2000")
  }
}
