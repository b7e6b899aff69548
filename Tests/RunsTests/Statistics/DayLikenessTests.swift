import Runs
import Testing

/// How much runs of one day resemble each other, worked out by hand.
@Suite struct DayLikenessTests {
  private typealias Day = DayLikeness.Day

  /// Failures of ten runs a day.
  private func days(_ failures: [Double]) -> [Day] {
    failures.map { Day(runs: 10, sum: $0, squares: $0) }
  }

  /// Off by 2, −1 and −1 in each half: 12; runs alone 60 · 0.1 · 0.9 = 5.4; 3 of 6 days are free, and 57 of 60 runs.
  @Test("three failures on one day of three")
  func clusters() {
    let likeness = DayLikeness(of: days([3, 0, 0, 0, 3, 0]), partedAt: 3)
    #expect(abs(likeness.effect - 12 / 5.4 * 2 * 57 / 60) < 1e-12)
    #expect(likeness.freedom == 3)
    // Student's t of 3 is at most 3.182446 in 95 % of all cases.
    #expect(abs(likeness.p(3.182446 * likeness.effect.squareRoot()) - 0.05) < 1e-6)
    #expect(likeness.p(-1) == likeness.p(1) && likeness.p(0) == 1)
  }

  @Test("days more alike than chance makes them tell as much as their runs, and a step between makes no likeness")
  func steady() {
    #expect(DayLikeness(of: days([1, 1, 1, 1, 5, 5, 5, 5]), partedAt: 4).effect == 1)
    #expect(DayLikeness(of: days([1, 1, 1, 1, 5, 5, 5, 5]), partedAt: 0).effect > 1)
    #expect(DayLikeness(of: days([0, 0, 0, 10, 10, 10]), partedAt: 3).effect == 1)
    #expect(DayLikeness(of: days([1, 1, 1, 1, 5, 5, 5, 5]), partedAt: 4).p(3) == 0)
    // One run a day hangs on no other of its day.
    let alone = (1...20).map { (number: Int) -> Day in
      let value = Double(number % 7)
      return Day(runs: 1, sum: value, squares: value * value)
    }
    #expect(DayLikeness(of: alone, partedAt: 9).p(2) == 0)
  }

  @Test("a day without runs is none, and three days tell nothing of how days differ")
  func few() {
    let empty = Day(runs: 0, sum: 0, squares: 0)
    #expect(
      DayLikeness(of: [empty] + days([3, 0, 0, 0]) + [empty] + days([3, 0]), partedAt: 4)
        == DayLikeness(of: days([3, 0, 0, 0, 3, 0]), partedAt: 3))
    #expect(DayLikeness(of: days([3, 0, 2]), partedAt: 1).p(100) == 1)
    #expect(DayLikeness(of: [], partedAt: 0).p(100) == 1)
  }

  /// But for the runs that are free: 2 · (n − 1.5) / (n − 3) times it with n runs.
  @Test("days of which every run is told twice have twice the effect")
  func doubled() {
    var numbers = SeededNumbers(seed: 61)
    for _ in 0..<100 {
      let days = (0..<numbers.int(8...40)).map { _ in
        let values = (0..<numbers.int(2...9)).map { _ in Double(numbers.int(0...100)) }
        return Day(runs: Double(values.count), sum: values.reduce(0, +), squares: values.reduce(0) { $0 + $1 * $1 })
      }
      let twice = days.map { Day(runs: 2 * $0.runs, sum: 2 * $0.sum, squares: 2 * $0.squares) }
      let place = Int(numbers.int(1...Int64(days.count - 1)))
      let (one, two) = (DayLikeness(of: days, partedAt: place), DayLikeness(of: twice, partedAt: place))
      let runs = days.reduce(0) { $0 + $1.runs }
      let ratio = 2 * (runs - 1.5) / (runs - 3)
      #expect(two.effect >= one.effect && two.effect <= ratio * one.effect * (1 + 1e-9))
      if one.effect > 1 { #expect(abs(two.effect / one.effect - ratio) < 1e-9) }
    }
  }
}
