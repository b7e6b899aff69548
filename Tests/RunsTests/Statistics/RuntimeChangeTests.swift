import Runs
import Testing

/// Changes of runtimes, on histories made by hand.
@Suite struct RuntimeChangeTests {
  /// Five runs on each of so many days, the middle one of which takes as long as is said, the others a little more and
  /// less.
  private func history(days: Int64 = 20, _ median: (Int64) -> Int64) -> [TimedRun] {
    (0..<days).flatMap { day in
      [2, -2, 0, 1, -1].map { TimedRun(day: LocalDay(number: day), runtime: median(day) + $0) }
    }
  }

  @Test("a step within the period is found on its day, with the medians of both sides")
  func step() throws {
    let change = try #require(
      RuntimeChange(in: history { $0 < 13 ? 1000 : 1200 }, from: LocalDay(number: 10)))
    #expect(change.day == LocalDay(number: 13))
    #expect(change.isLonger)
    #expect((change.before.runs, change.before.median) == (65, 1000))
    #expect((change.after.runs, change.after.median) == (35, 1200))
    #expect(change.p < 1e-6)

    let better = try #require(RuntimeChange(in: history { $0 < 10 ? 1000 : 800 }, from: LocalDay(number: 10)))
    #expect(better.day == LocalDay(number: 10))
    #expect(!better.isLonger)
    #expect((better.before.median, better.after.median) == (1000, 800))
  }

  @Test("the order of the runs makes no difference")
  func order() {
    let runs = history { $0 < 13 ? 1000 : 1200 }
    var numbers = SeededNumbers(seed: 4)
    let keyed = runs.map { (key: numbers.int(0...1_000_000), run: $0) }.sorted { $0.key < $1.key }
    let start = LocalDay(number: 10)
    #expect(RuntimeChange(in: keyed.map(\.run), from: start) == RuntimeChange(in: runs, from: start))
  }

  @Test("a step before the period is told as of the period's beginning at the earliest")
  func earlier() throws {
    let change = try #require(RuntimeChange(in: history { $0 < 8 ? 1000 : 1200 }, from: LocalDay(number: 10)))
    #expect(change.day == LocalDay(number: 10))
    // 25th of 50 values, of which 40 are 998 to 1002 and ten higher.
    #expect((change.before.median, change.after.median) == (1001, 1200))
  }

  @Test("no step has a high p")
  func same() throws {
    let change = try #require(RuntimeChange(in: history { _ in 1000 }, from: LocalDay(number: 10)))
    #expect(change.p == 1)
    #expect(change.day == LocalDay(number: 10))
    #expect(!change.isLonger)
  }

  @Test("too few runs on one side, or all of one length, say nothing")
  func nothing() {
    let runs = history { $0 < 13 ? 1000 : 1200 }
    let start = LocalDay(number: 10)
    #expect(RuntimeChange(in: runs.filter { $0.day.number < 10 || $0.day.number >= 17 }, from: start) == nil)
    #expect(RuntimeChange(in: runs.filter { $0.day.number >= 7 }, from: start) == nil)
    #expect(RuntimeChange(in: runs.filter { $0.day.number >= 6 && $0.day.number < 14 }, from: start) != nil)
    #expect(RuntimeChange(in: runs.map { TimedRun(day: $0.day, runtime: 5) }, from: start) == nil)
    #expect(RuntimeChange(in: [], from: start) == nil)
  }
}
