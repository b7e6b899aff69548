import Runs
import Testing

/// Wilson's 95 % interval, against statsmodels' numbers and against the equation that it solves.
@Suite struct WilsonTests {
  @Test(
    "the interval of a count in a total",
    arguments: [
      (0, 1, 0, 0.7934506856), (0, 10, 0, 0.2775327999), (1, 10, 0.0178762131, 0.4041500268),
      (2, 14, 0.0400939213, 0.3994137950), (5, 10, 0.2365930905, 0.7634069095), (10, 10, 0.7224672001, 1),
      (0, 100, 0, 0.0369934982), (3, 100, 0.0102545240, 0.0845193643), (50, 100, 0.4038315304, 0.5961684696),
      (1, 1000, 0.0001765464, 0.0056425586), (263, 1000, 0.2366568598, 0.2911570237),
    ] as [(Int64, Int64, Double, Double)])
  func vectors(count: Int64, total: Int64, low: Double, high: Double) throws {
    let interval = try #require(WilsonInterval(count, of: total))
    #expect(abs(interval.low - low) <= 5.1e-11)
    #expect(abs(interval.high - high) <= 5.1e-11)
  }

  @Test("a bound at the end of the scale is exactly there")
  func exactEnds() {
    for total in [1, 3, 7, 49, 1000, 1_000_003] as [Int64] {
      #expect(WilsonInterval(0, of: total)?.low == 0)
      #expect(WilsonInterval(total, of: total)?.high == 1)
    }
  }

  @Test("of nothing, and of counts that cannot be, there is no interval")
  func nothing() {
    #expect(WilsonInterval(0, of: 0) == nil)
    #expect(WilsonInterval(1, of: 0) == nil)
    #expect(WilsonInterval(-1, of: 10) == nil)
    #expect(WilsonInterval(11, of: 10) == nil)
    #expect(WilsonInterval(0, of: -1) == nil)
  }

  @Test("each bound is a rate that lies z standard errors from the one seen")
  func equation() throws {
    let z = 1.959963984540054
    var numbers = SeededNumbers(seed: 30)
    for _ in 0..<500 {
      let total = numbers.int(1...100_000)
      let count = numbers.int(0...total)
      let interval = try #require(WilsonInterval(count, of: total))
      let rate = Double(count) / Double(total)
      for bound in [interval.low, interval.high] {
        let distance = z * (bound * (1 - bound) / Double(total)).squareRoot()
        #expect(abs(abs(rate - bound) - distance) < 1e-9 * max(distance, 1e-3), "\(count) of \(total)")
      }
      #expect(0 <= interval.low && interval.low <= rate && rate <= interval.high && interval.high <= 1)
    }
  }

  @Test("the interval of the rest is the mirror image, and more of the same is narrower")
  func symmetry() throws {
    var numbers = SeededNumbers(seed: 31)
    for _ in 0..<200 {
      let total = numbers.int(1...10_000)
      let count = numbers.int(0...total)
      let interval = try #require(WilsonInterval(count, of: total))
      let mirror = try #require(WilsonInterval(total - count, of: total))
      #expect(abs(interval.low - (1 - mirror.high)) < 1e-12)
      #expect(abs(interval.high - (1 - mirror.low)) < 1e-12)
      let tenfold = try #require(WilsonInterval(count * 10, of: total * 10))
      #expect(tenfold.high - tenfold.low < interval.high - interval.low)
    }
  }
}
