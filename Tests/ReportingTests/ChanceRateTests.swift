import Foundation
import Runs
import TestSupport
import Testing

/// How often chance alone makes a row of the report `regressions`, and how often a change that is there is found, on
/// fleets that are made up run by run: real ones have bad days that meet all runs, and failures that come in clusters.
///
/// A report that has a chance row in 5 of 100 cases has one in more than 16 of 150 fewer than once in 800 times.
/// `RUNTALLY_FLEETS` says how many fleets of each kind are made, and prints what they came to; the bounds are those of 150,
/// in proportion.
@Suite struct ChanceRateTests {
  private static let asked = ProcessInfo.processInfo.environment["RUNTALLY_FLEETS"].flatMap { Int($0) }
  private static let fleets = asked ?? 150
  /// The period is the second half.
  private static let days = 60
  private static let start = LocalDay(number: 30)

  enum Kind: CaseIterable {
    /// Every run hangs on no other.
    case stationary
    /// All runs of a day take longer or shorter, by a quarter.
    case slowDays
    /// On one day in ten half of all runs fail.
    case badDays
    /// Both.
    case slowAndBadDays
  }

  /// What changes in a runner on a day.
  private struct Step {
    var day: Int
    var rate = 0.0
    var runtime = 1.0
  }

  /// A runner's history, as the report reads it.
  private struct History {
    var rated: [RatedDay] = []
    var timed: [TimedRun] = []

    init(_ kind: Kind, runs: Int, step: Step?, _ random: inout SeededGenerator) {
      let rate = 0.02 + 0.2 * random.unit()
      let spread = 0.1 + 0.5 * random.unit()
      for number in 0..<days {
        let day = LocalDay(number: Int64(number))
        let isSlow = kind == .slowDays || kind == .slowAndBadDays
        let isBad = kind == .badDays || kind == .slowAndBadDays
        var (chance, factor) = (rate, isSlow ? random.factor(varying: 0.25) : 1)
        if isBad { chance = random.oneIn(10) ? 0.5 : rate / 2 }
        if let step, number >= step.day { (chance, factor) = (chance + step.rate, factor * step.runtime) }
        var failed: Int64 = 0
        let count = random.number(1...2 * runs - 1)
        for _ in 0..<count {
          if random.unit() < chance {
            failed += 1
          } else {
            timed.append(
              TimedRun(day: day, runtime: Int64(60_000 * factor * random.factor(varying: spread))))
          }
        }
        rated.append(RatedDay(day: day, failed: failed, rated: Int64(count)))
      }
    }

    var rateChange: RateChange? { RateChange(in: rated, from: start) }
    var runtimeChange: RuntimeChange? { RuntimeChange(in: timed, from: start) }
  }

  @Test("where nothing changes at most one report in twenty has a row", arguments: Kind.allCases)
  func chance(kind: Kind) {
    var random = SeededGenerator(seed: 501)
    let alarmed = (0..<ChanceRateTests.fleets).count { _ in
      var p: [Double] = []
      for _ in 0..<4 {
        let history = History(kind, runs: random.pick([1, 2, 3, 6, 12]), step: nil, &random)
        p += [history.rateChange?.p, history.runtimeChange?.p].compactMap(\.self)
      }
      return FalseDiscovery.adjusted(p).contains { $0 <= 0.05 }
    }
    tell("\(kind): \(alarmed) of \(ChanceRateTests.fleets) reports have a row")
    #expect(alarmed * 150 <= 16 * ChanceRateTests.fleets, "\(alarmed) of \(ChanceRateTests.fleets)")
  }

  /// A failure rate of 2 to 22 % that rises by 20 points, or runtimes that take a third longer or shorter, on a day of
  /// the first 25 of the period, with ten runs a day: one of eight tests.
  ///
  /// Of 300 such steps 230, 159 and 179 were found, and of these 79, 70 and 74 % dated within two days: the bounds are
  /// three standard deviations of a hundred below.
  @Test(
    "most steps are found, and dated within two days, and each in its right direction",
    arguments: [(Kind.stationary, 62), (.slowDays, 37), (.badDays, 45)])
  func power(kind: Kind, atLeast percent: Int) {
    var random = SeededGenerator(seed: 502)
    var (found, dated, wrong) = (0, 0, 0)
    let planted = max(100, ChanceRateTests.fleets / 3)
    for number in 0..<planted {
      var step = Step(day: 30 + random.number(0...24))
      let isRate = number.isMultiple(of: 2)
      let isLonger = random.oneIn(2)
      if isRate { step.rate = 0.2 } else { step.runtime = isLonger ? 4.0 / 3 : 2.0 / 3 }
      let history = History(kind, runs: 10, step: step, &random)
      let rate = history.rateChange
      let runtime = history.runtimeChange
      // Six other tests, of which none has a small p.
      let adjusted = FalseDiscovery.adjusted(
        [rate?.p ?? 1, runtime?.p ?? 1] + [Double](repeating: 1, count: 6))[isRate ? 0 : 1]
      guard adjusted <= 0.05, let day = isRate ? rate?.day : runtime?.day else { continue }
      found += 1
      if abs(Int(day.number) - step.day) <= 2 { dated += 1 }
      if !isRate, runtime?.isLonger != isLonger { wrong += 1 }
      if isRate, let rate, rate.after.failed * rate.before.rated <= rate.before.failed * rate.after.rated { wrong += 1 }
    }
    tell("\(kind): \(found) of \(planted) found, \(dated) of them within two days")
    #expect(found * 100 >= percent * planted, "found \(found) of \(planted)")
    #expect(dated * 100 >= 50 * found, "dated \(dated) of \(found)")
    #expect(wrong == 0, "\(wrong) of \(found) in the wrong direction")
  }

  private func tell(_ result: String) {
    if ChanceRateTests.asked != nil { print(result) }
  }
}

extension SeededGenerator {
  fileprivate mutating func unit() -> Double { Double.random(in: 0..<1, using: &self) }

  /// A factor with the mean 1, whose logarithm is normally distributed (Box and Muller), and which varies by such a share
  /// of it.
  fileprivate mutating func factor(varying share: Double) -> Double {
    let variance = log(1 + share * share)
    let normal = (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
    return exp(variance.squareRoot() * normal - variance / 2)
  }
}
