import Runs
import Testing

/// Months of the calendar.
@Suite struct MonthTests {
  @Test(
    "a month is read and printed, and knows its first day and its neighbours",
    arguments: [
      ("2026-01", "2026-01-01", "2025-12", "2026-02"), ("2025-12", "2025-12-01", "2025-11", "2026-01"),
      ("2024-02", "2024-02-01", "2024-01", "2024-03"), ("0001-01", "0001-01-01", "0000-12", "0001-02"),
    ])
  func month(text: String, firstDay: String, previous: String, next: String) throws {
    let month = try #require(Month(text))
    #expect(month.description == text)
    #expect(month.firstDay.description == firstDay)
    #expect(month.previous.description == previous)
    #expect(month.next.description == next)
    #expect(month.previous.next == month)
    #expect(month.previous < month && month < month.next)
  }

  @Test(
    "what is no month is refused",
    arguments: ["", "2026", "2026-13", "2026-00", "2026-1", "26-01", "2026-01-01", "2026/01", "2026-01 ", "last"])
  func refused(text: String) {
    #expect(Month(text) == nil)
  }

  @Test(
    "a month ends where the calendar says",
    arguments: [
      ("2026-01", "2026-01-31"), ("2026-02", "2026-02-28"), ("2024-02", "2024-02-29"), ("2000-02", "2000-02-29"),
      ("2100-02", "2100-02-28"), ("2026-04", "2026-04-30"), ("2026-12", "2026-12-31"),
    ])
  func lastDays(text: String, lastDay: String) throws {
    #expect(try #require(Month(text)).next.firstDay.advanced(byDays: -1).description == lastDay)
  }

  @Test("every day lies in its month and in no other, even long before year 0")
  func membership() {
    var numbers = SeededNumbers(seed: 16)
    for _ in 0..<1000 {
      let some = LocalDay(number: numbers.int(-1_500_000...4_000_000))
      #expect(some.month.firstDay <= some && some < some.month.next.firstDay)
      #expect(some.month.firstDay.civil.day == 1)
      #expect(some.month.previous.next == some.month)
    }
  }

  @Test("months before year 0 print as they count")
  func beforeYearZero() {
    #expect(day("0000-01-01").advanced(byDays: -1).month.description == "-0001-12")
    #expect(Month(year: -1, month: 12).firstDay.description == "-0001-12-01")
  }
}
