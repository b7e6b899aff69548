import Runs
import Testing

/// Where a failure rate stepped, on histories that are made up run by run.
@Suite struct RateChangeTests {
  /// Days from 0 on, with so many runs each and a failure rate by day.
  private func history(
    days: Int64, runs: Int64, _ numbers: inout SeededNumbers, rate: (Int64) -> Double
  ) -> [RatedDay] {
    (0..<days).map { day in
      let failed = (0..<runs).count { _ in Double.random(in: 0..<1, using: &numbers) < rate(day) }
      return RatedDay(day: LocalDay(number: day), failed: Int64(failed), rated: runs)
    }
  }

  @Test("a step up is found on its day, with the counts before and after it")
  func stepUp() throws {
    let days = (0..<60).map { day in
      RatedDay(day: LocalDay(number: day), failed: day < 40 ? (day % 5 == 0 ? 1 : 0) : 4, rated: 10)
    }
    let change = try #require(RateChange(in: days, from: LocalDay(number: 30)))
    #expect(change.day == LocalDay(number: 40))
    #expect(change.before == (8, 400) && change.after == (80, 200))
    #expect(change.p < 1e-6)
  }

  @Test("a step down is found too")
  func stepDown() throws {
    let days = (0..<60).map { day in
      RatedDay(day: LocalDay(number: day), failed: day < 45 ? 4 : 0, rated: 10)
    }
    let change = try #require(RateChange(in: days, from: LocalDay(number: 30)))
    #expect(change.day == LocalDay(number: 45))
    #expect(change.before == (180, 450) && change.after == (0, 150))
    #expect(change.p < 1e-6)
  }

  @Test("too few runs before or in the period say nothing")
  func tooFew() {
    let days = (0..<60).map { RatedDay(day: LocalDay(number: $0), failed: 0, rated: 1) }
    #expect(RateChange(in: days, from: LocalDay(number: 29)) == nil)
    #expect(RateChange(in: days, from: LocalDay(number: 31)) == nil)
    #expect(RateChange(in: days, from: LocalDay(number: 30)) != nil)
    #expect(RateChange(in: [], from: LocalDay(number: 30)) == nil)
  }

  @Test("a runner that never failed is no change, and one that always fails neither")
  func constant() throws {
    for failed in [0, 6] as [Int64] {
      let days = (0..<60).map { RatedDay(day: LocalDay(number: $0), failed: failed, rated: 6) }
      #expect(try #require(RateChange(in: days, from: LocalDay(number: 30))).p > 0.5)
    }
  }

  @Test("without a change p is at most 5 % in at most 5 % of all histories")
  func falseAlarms() {
    var numbers = SeededNumbers(seed: 11)
    let alarms = (0..<400).count { _ in
      let (rate, runs) = (0.01 + 0.3 * Double.random(in: 0..<1, using: &numbers), numbers.int(2...12))
      let days = history(days: 60, runs: runs, &numbers) { _ in rate }
      return (RateChange(in: days, from: LocalDay(number: 30))?.p ?? 1) <= 0.05
    }
    #expect(alarms <= 25, "\(alarms) of 400")
  }

  @Test("a rate that triples in the middle of the period is nearly always found, near its day")
  func power() {
    var numbers = SeededNumbers(seed: 12)
    var offsets: [Int64] = []
    for _ in 0..<200 {
      let days = history(days: 60, runs: 10, &numbers) { $0 < 45 ? 0.05 : 0.2 }
      if let change = RateChange(in: days, from: LocalDay(number: 30)), change.p <= 0.05 {
        offsets.append(change.day.number - 45)
      }
    }
    #expect(offsets.count >= 170, "\(offsets.count) of 200")
    #expect(offsets.count { abs($0) <= 4 } >= offsets.count * 2 / 3)
  }
}
