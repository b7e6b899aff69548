import Runs
import Testing

/// The intervals of a trend.
@Suite struct ReportIntervalTests {
  @Test(
    "an interval begins on its first day, weeks on Monday",
    arguments: [
      (.day, "2026-03-29", "2026-03-29"), (.week, "2026-03-29", "2026-03-23"), (.week, "2026-01-01", "2025-12-29"),
      (.month, "2026-03-29", "2026-03-01"), (.month, "2024-02-29", "2024-02-01"),
    ] as [(ReportInterval, String, String)])
  func starts(interval: ReportInterval, of date: String, start: String) {
    #expect(interval.start(of: day(date)).description == start)
    #expect(interval.start(of: day(date), stepsBack: 0).description == start)
  }

  @Test(
    "intervals are counted back from the one that a day lies in",
    arguments: [
      (.day, "2026-03-01", 1, "2026-02-28"), (.day, "2026-04-01", 11, "2026-03-21"),
      (.week, "2026-04-01", 1, "2026-03-23"), (.week, "2026-04-01", 13, "2025-12-29"),
      (.month, "2026-04-01", 1, "2026-03-01"), (.month, "2026-04-30", 2, "2026-02-01"),
      (.month, "2026-03-31", 12, "2025-03-01"), (.month, "2026-01-15", 1, "2025-12-01"),
    ] as [(ReportInterval, String, Int, String)])
  func stepsBack(interval: ReportInterval, of date: String, count: Int, start: String) {
    #expect(interval.start(of: day(date), stepsBack: count).description == start)
  }

  @Test("an interval is read by its word and by nothing else")
  func words() {
    #expect(ReportInterval.allCases.map { ReportInterval($0.rawValue as String?) } == [.day, .week, .month])
    #expect(
      ["", "Day", "year", "months", nil].map { (word: String?) in ReportInterval(word) } == [nil, nil, nil, nil, nil])
  }

  @Test("a day lies in the interval that it begins, and one step back is the interval before")
  func properties() {
    var numbers = SeededNumbers(seed: 35)
    for _ in 0..<500 {
      let some = LocalDay(number: numbers.int(0...40_000))
      let interval = numbers.pick(ReportInterval.allCases)
      let start = interval.start(of: some)
      #expect(start <= some)
      #expect(interval.start(of: start) == start)
      #expect(interval.start(of: some, stepsBack: 1) == interval.start(of: start.advanced(byDays: -1)))
      let back = Int(numbers.int(0...40))
      #expect(
        interval.start(of: some, stepsBack: back + 1)
          == interval.start(of: interval.start(of: some, stepsBack: back), stepsBack: 1))
    }
  }
}
