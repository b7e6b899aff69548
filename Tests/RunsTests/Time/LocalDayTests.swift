import Foundation
import Runs
import Testing

/// Days of the calendar, against Foundation's calendar and against the rules every child learns.
@Suite struct LocalDayTests {
  @Test(
    "a day is its distance from 1970",
    arguments: [
      ("1970-01-01", 0), ("1969-12-31", -1), ("2026-03-29", 20_541), ("2026-01-01", 20_454), ("2024-02-29", 19_782),
      ("2100-03-01", 47_541), ("0001-01-01", -719_162),
    ] as [(String, Int64)])
  func numbers(text: String, number: Int64) {
    #expect(LocalDay(text)?.number == number)
    #expect(LocalDay(number: number).description == text)
  }

  @Test(
    "what is no day is refused",
    arguments: [
      "", "2026-02-30", "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-01-32", "2026-1-01",
      "26-01-01", "2026-01-1", "2026-01", "2026-01-01-01", "-026-01-01", "2026-01-01 ", "2026/01/01", "+026-01-01",
      "20a6-01-01", "\u{FF12}026-01-01", "2026-0\u{0661}-01",
    ])
  func refused(text: String) {
    #expect(LocalDay(text) == nil)
  }

  @Test("every day from 1890 to 2110 follows the one before it as the calendar says")
  func everyDay() throws {
    var (year, month, date) = (1890, 1, 1)
    var number = try #require(LocalDay(year: 1890, month: 1, day: 1)).number
    var wrong: [Int64] = []
    while year < 2110 {
      let found = LocalDay(number: number)
      let readBack = LocalDay(year: year, month: month, day: date)
      if found.civil != (year, month, date) || readBack != found { wrong.append(number) }
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      if LocalDay(year: year, month: month, day: lengths[month - 1] + 1) != nil { wrong.append(number) }
      date += 1
      if date > lengths[month - 1] { (month, date) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
      number += 1
    }
    #expect(wrong == [])
  }

  @Test("Foundation's calendar has the same dates and the same Mondays from 1600 to 9999")
  func foundation() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let first = day("1600-01-01").number
    let last = day("9999-12-31").number
    var numbers = SeededNumbers(seed: 14)
    for round in 0..<4000 {
      // Half of them one after another through the years in which runs happen, half anywhere.
      let number = round.isMultiple(of: 2) ? 18_000 + Int64(round) : numbers.int(first...last)
      let found = LocalDay(number: number)
      let date = Date(timeIntervalSince1970: Double(number) * 86_400)
      let theirs = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
      #expect(found.civil.year == theirs.year)
      #expect(found.civil.month == theirs.month)
      #expect(found.civil.day == theirs.day)
      // Foundation's Sunday is 1: so many days have gone by since Monday.
      #expect(number - found.monday.number == Int64((try #require(theirs.weekday) + 5) % 7))
    }
  }

  @Test(
    "the Monday of a week",
    arguments: [
      ("2026-03-29", "2026-03-23"), ("2026-03-23", "2026-03-23"), ("2026-01-01", "2025-12-29"),
      ("1970-01-01", "1969-12-29"), ("1969-12-29", "1969-12-29"), ("1969-12-28", "1969-12-22"),
      ("2024-02-29", "2024-02-26"), ("0001-01-01", "0001-01-01"),
    ])
  func mondays(of text: String, monday: String) {
    #expect(day(text).monday.description == monday)
  }

  @Test("years before the first are counted on, as calendars without a gap do")
  func longAgo() throws {
    var numbers = SeededNumbers(seed: 15)
    for _ in 0..<1000 {
      let some = LocalDay(number: numbers.int(-2_000_000...4_000_000))
      let (year, month, date) = some.civil
      #expect(LocalDay(year: year, month: month, day: date) == some)
      #expect(some.monday.number <= some.number && some.number < some.monday.number + 7)
    }
    #expect(day("0000-01-01").advanced(byDays: -1).description == "-0001-12-31")
  }

  @Test("days sort in time and move over month ends")
  func moving() {
    #expect(day("2026-01-31").advanced(byDays: 1) == day("2026-02-01"))
    #expect(day("2024-03-01").advanced(byDays: -1) == day("2024-02-29"))
    #expect(day("2025-12-31") < day("2026-01-01"))
  }
}
