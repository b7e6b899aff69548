import Runs
import Testing

/// The chart against a sequence worked out by hand, and its false alarms against published run lengths and simulation.
@Suite struct BernoulliCUSUMTests {
  @Test("evidence adds up as worked out by hand")
  func sequence() throws {
    let chart = try #require(BernoulliCUSUM(before: 0.05, after: 0.15))
    #expect(abs(chart.failureWeight - 1.0986122887) < 1e-10)
    #expect(abs(chart.successWeight + 0.1112256351) < 1e-10)
    var sum = 0.0
    var sums: [Double] = []
    for isFailure in [0, 0, 1, 0, 1, 1, 0, 1, 1, 0] {
      sum = chart.next(sum, isFailure: isFailure == 1)
      sums.append(sum)
    }
    let expected = [0, 0, 1.098612, 0.987387, 2.085999, 3.184611, 3.073386, 4.171998, 5.27061, 5.159385]
    for (sum, value) in zip(sums, expected) { #expect(abs(sum - value) < 1e-6) }
  }

  @Test("rates that are none, and a change that is none, have no chart")
  func impossible() {
    for (before, after) in [(0, 0.1), (0.1, 1), (1, 0.5), (0.5, 0), (0.2, 0.2), (-0.1, 0.2)] {
      #expect(BernoulliCUSUM(before: before, after: after) == nil)
    }
  }

  /// With a mean run length L, the probability of an alarm within L runs is about 1 - 1/e.
  @Test(
    "false alarms come as rarely as published average run lengths say",
    arguments: [
      (0.02, 0.10, 3, 571), (0.05, 0.15, 4, 1577), (0.05, 0.20, 3, 366), (0.05, 0.20, 4, 940), (0.10, 0.25, 3, 376),
      (0.10, 0.25, 4, 1024), (0.05, 0.15, 5, 4174),
    ] as [(Double, Double, Double, Int64)])
  func runLengths(before: Double, after: Double, height: Double, length: Int64) throws {
    let chart = try #require(BernoulliCUSUM(before: before, after: after))
    #expect(abs(chart.falseAlarm(height: height, runs: length) - 0.632) < 0.05)
  }

  @Test("the probability agrees with simulated charts")
  func simulation() throws {
    var numbers = SeededNumbers(seed: 5)
    for (before, after, height, runs) in [(0.03, 0.08, 2.5, 300), (0.2, 0.1, 2, 150), (0.4, 0.6, 3, 80)] {
      let chart = try #require(BernoulliCUSUM(before: before, after: after))
      let alarms = (0..<4000).count { _ in
        var sum = 0.0
        for _ in 0..<runs {
          sum = chart.next(sum, isFailure: Double.random(in: 0..<1, using: &numbers) < before)
          if sum >= height { return true }
        }
        return false
      }
      let p = chart.falseAlarm(height: height, runs: Int64(runs))
      #expect(abs(Double(alarms) / 4000 - p) < 0.03, "\(before): \(alarms) of 4000 and \(p)")
    }
  }

  @Test("it is certain at no height, impossible in no runs, and grows with the runs beyond those that are walked")
  func limits() throws {
    let chart = try #require(BernoulliCUSUM(before: 0.05, after: 0.15))
    #expect(chart.falseAlarm(height: 0, runs: 10) == 1)
    #expect(chart.falseAlarm(height: 3, runs: 0) == 0)
    let probabilities = [100, 1000, 2000, 2001, 10_000, 1_000_000].map { chart.falseAlarm(height: 6, runs: $0) }
    #expect(probabilities == probabilities.sorted())
    #expect(probabilities.last! > 0.99)
  }
}
