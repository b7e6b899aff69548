import Testing

@testable import Export

struct AxisTests {
  @Test(
    "an axis ends at a round number, with ticks that are 1, 2 or 5 times a power of ten apart",
    arguments: [
      // 0.83 ÷ 5 = 0.166, so the step is 0.2 and five of them are needed.
      (0.83, 5, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
      // 28.2 ÷ 4 = 7.05, so the step is 10.
      (28.2, 4, ["0", "10", "20", "30"]),
      // 48,564 ÷ 4 = 12,141, so the step is 20,000.
      (48_564, 4, ["0", "20,000", "40,000", "60,000"]),
      // Round already: nothing is added. 0.3 ÷ 3 is a rounding error below 0.1.
      (100, 5, ["0", "20", "40", "60", "80", "100"]), (0.3, 3, ["0.0", "0.1", "0.2", "0.3"]),
      (0.6000000000000001, 3, ["0.0", "0.2", "0.4", "0.6"]),
      // 9 ÷ 1 = 9, which only the next power of ten holds in one step.
      (9, 1, ["0", "10"]),
      (0.0000513, 5, ["0.00000", "0.00002", "0.00004", "0.00006"]), (1, 5, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
      (2, 5, ["0.0", "0.5", "1.0", "1.5", "2.0"]),
      (0, 5, ["0", "1"]), (-3, 5, ["0", "1"]), (.infinity, 5, ["0", "1"]), (.nan, 5, ["0", "1"]),
    ] as [(Double, Int, [String])])
  func ticks(maximum: Double, most: Int, expected: [String]) {
    #expect(Axis(to: maximum, most: most).ticks().map(\.label) == expected)
  }

  @Test(
    "labels along an axis stand at a regular distance, the newest always, and none touches another",
    arguments: [
      // Months from November to April are 30, 31, 31, 28 and 31 days long: 16 apart is too near, so every second.
      ([6.8, 22.7, 39.2, 55.6, 70.5, 87.0], 17, [1, 3, 5]), ([10, 30, 50], 20, [0, 1, 2]),
      // A gap: every second one stands far enough, on both sides of it.
      ([0, 5, 80, 85, 90], 10, [0, 2, 4]), ([0, 5, 80, 85, 89], 10, [1, 4]),
      ([40, 41], 17, [1]), ([50], 17, [0]), ([], 17, []),
    ] as [([Double], Double, [Int])])
  func labels(places: [Double], distance: Double, expected: [Int]) {
    #expect(AxisLabels.shown(places, distance: distance) == expected)
  }

  @Test("a rate's ticks are percent")
  func rates() {
    let axis = Axis(to: 0.118, most: 4)
    #expect(axis.ticks(isRate: true).map(\.label) == ["0 %", "5 %", "10 %", "15 %"])
    #expect(axis.ticks().map { coordinate($0.percent) } == ["0", "33.33", "66.67", "100"])
  }

  @Test("every number has its place between 0 and 100, and the largest is not beyond the end", arguments: 0..<20)
  func places(seed: UInt64) {
    var random = SplitMix(state: seed)
    for _ in 0..<200 {
      let maximum = Double.random(in: 1e-12...1, using: &random) * [1e-6, 1, 1000, 1e12].randomElement(using: &random)!
      let most = Int.random(in: 1...8, using: &random)
      let axis = Axis(to: maximum, most: most)
      #expect(axis.steps <= most && [1, 2, 5].contains(axis.mantissa), "\(maximum) in \(most)")
      #expect(axis.end >= maximum * (1 - 1e-8) && axis.end <= maximum * 10.01, "\(maximum) in \(most)")
      #expect((0...100).contains(axis.percent(maximum * Double.random(in: -1...2, using: &random))))
    }
  }

  @Test(
    "a length has two decimals at most", arguments: [(33.3333, "33.33"), (100, "100"), (0.004, "0"), (2.675, "2.68")])
  func lengths(value: Double, expected: String) {
    #expect(coordinate(value) == expected)
  }
}
