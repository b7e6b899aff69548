import Runs
import Testing

/// What days to come will cost, worked out by hand: the steps of the formula stand beside each number.
@Suite struct DaysAheadTests {
  private func near(_ given: Double?, _ expected: Double) -> Bool {
    given.map { abs($0 - expected) < 5e-7 } ?? false
  }

  /// The squares about the mean of 10 are 98, so a week of independent days has the variance 98 / 13 · 7 = 52.769231, which
  /// is 0.753846 for each unit of cost. Three days: 0.753846 · 30 · (1 + 3 / 14) = 27.461538.
  ///
  /// The weeks cost 77 and 63, with the variance 98: beyond the days' 45.230769, twice that is 90.461538. Four weeks that
  /// are missing scatter by a fifth of 70: (90.461538 + 4 · 196) / 5 = 174.892308. Three of 70 / 10 days are 0.183673 of
  /// its square; 7 / 3 weeks ahead and 2 behind: 174.892308 · 0.183673 · (7 / 3 + 1 / 2) = 91.015385.
  ///
  /// Idle are all three days in 0.0000092 of all cases: 1 / 30 of half a day in 14 and a half, and so on. So the logarithm's
  /// variance is 0.123660, and t of 5 is 2.570878 down and 2.570574 up: 30.000276 · e^(−0.061830 ± t · 0.351653).
  @Test("two weeks share one mean, and stand for six")
  func twoWeeks() {
    var days = [Double](repeating: 10, count: 14)
    (days[0], days[11]) = (17, 3)
    let ahead = DaysAhead(after: days, days: 0..<3)
    #expect(near(ahead.mean, 30) && near(ahead.low, 11.419480) && near(ahead.high, 69.639093), "\(ahead)")
  }

  /// The weekdays cost 0, 1 and 2, then 10, 11 and 12, … 60, 61 and 62: their means 1 to 61 make 229 of nine days. The
  /// first one, raised by half a day of 31, is 5.285714, and as it was idle once, by 1 / 3 of half a
  /// day in 20 more: 5.329762; that of 11 is raised to 13.857143, that of 21 to 22.428571: 244.802381 in all.
  ///
  /// Days scatter by 7, weeks by 49; (2 · 2 · 42 + 3 · 43.4²) / 5 = 1163.736. The variance is 10.941756 of days and
  /// 1163.736 · (244.802381 / 217)² · (7 / 9 + 1 / 3) = 1645.598062 of weeks, the logarithm's 0.027267, t of 5 2.570582.
  @Test("three weeks have a mean for each weekday")
  func threeWeeks() {
    let days = (0..<21).map { (day: Int) -> Double in Double(10 * (day % 7) + day / 7) }
    let ahead = DaysAhead(after: days, days: 0..<9)
    #expect(near(ahead.mean, 229) && near(ahead.low, 157.960552) && near(ahead.high, 369.182202), "\(ahead)")
  }

  /// 4 and 6 on two of 56 days make 20 days cost 3.75: two weekdays' means are 0.5 and 0.75, both of them raised to 0.609375
  /// and 0.914063, and the other five to 0.013130: 4.754136. The days' variance is 6.5, the weeks' 5.642857, no more; that
  /// of the sum 33.975003. Idle are all in 0.486059 of all cases, so that the low end is nothing; of the others, which have
  /// the mean 9.250359 and the logarithm's variance 0.251922, 0.951356 lie below the high end: t of 3 is 2.383756.
  @Test("who is seldom active may have been so for the last time")
  func seldom() {
    var days = [Double](repeating: 0, count: 56)
    (days[10], days[40]) = (4, 6)
    let ahead = DaysAhead(after: days, days: 0..<20)
    #expect(near(ahead.mean, 3.75) && ahead.low == 0 && near(ahead.high, 26.981517), "\(ahead)")
  }

  /// Seven a day, five days a week. Either day of the weekend is active in about 4 of 100 cases, as once in eight weeks
  /// cannot be ruled out, and 0.081844 that one of them is are more than 0.025.
  @Test("a weekend on which nothing ever ran may be the first one on which something does")
  func weekend() {
    let days = (0..<56).map { $0 % 7 < 5 ? 7.0 : 0 }
    let ahead = DaysAhead(after: days, days: 5..<7)
    #expect(ahead.mean == 0 && ahead.low == 0 && near(ahead.high, 7.277075), "\(ahead)")
  }

  @Test("days that are always alike have no scatter, and days that cost nothing no interval")
  func constant() {
    let same = DaysAhead(after: [Double](repeating: 1, count: 56), days: 0..<10)
    #expect(near(same.mean, 10) && near(same.low, 10) && near(same.high, 10))
    let nothing = DaysAhead(after: [Double](repeating: 0, count: 56), days: 0..<10)
    #expect(nothing.mean == 0 && nothing.low == nil && nothing.high == nil)
  }

  @Test("the mean lies within the interval, more days reach higher, and a unit is a unit")
  func properties() {
    var numbers = SeededNumbers(seed: 21)
    for _ in 0..<300 {
      let share = numbers.int(1...100)
      let days = (0..<7 * numbers.int(2...8)).map { _ in
        numbers.chance(share) ? Double(numbers.int(1...1000)) / 64 : 0
      }
      let count = numbers.int(1...40)
      let ahead = DaysAhead(after: days, days: 0..<count)
      guard let low = ahead.low, let high = ahead.high else {
        #expect(days.allSatisfy { $0 == 0 })
        continue
      }
      #expect(0 <= low && low <= ahead.mean && ahead.mean <= high)
      #expect((DaysAhead(after: days, days: 0..<count + 7).high ?? 0) >= high)
      let scaled = DaysAhead(after: days.map { 1024 * $0 }, days: 0..<count)
      #expect(abs((scaled.high ?? 0) - 1024 * high) <= 1e-9 * scaled.mean + 1e-6 * high)
    }
  }
}
