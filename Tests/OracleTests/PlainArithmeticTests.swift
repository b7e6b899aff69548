import Runs
import TestSupport
import Testing

/// The plain working out held against numbers from outside: a judge must be judged first.
@Suite struct PlainArithmeticTests {
  @Test(
    "prices are read as vendors write them, and cost to the last digit",
    arguments: [
      ("0.0000019", 270_000, "0.000513"), ("1.9e-06", 270_000, "0.000513"), ("1e-18", 1, "0.000000000000000000001"),
      ("12.5", 8, "0.1"), ("0", 5, "0"), ("98765.432100000000000001", 144_000_000, "14222222222.400000000000144"),
    ])
  func costs(price: String, milliseconds: Int64, cost: String) {
    #expect(PlainDecimal(price: price).times(milliseconds: milliseconds).text == cost)
  }

  @Test("a part of an amount is rounded at 18 decimals, a tie to the even digit")
  func parts() {
    let atto = PlainDecimal(price: "1e-18")
    #expect(atto.times(milliseconds: 1000).part(of: 2).text == "0")
    #expect(atto.times(milliseconds: 3000).part(of: 2).text == "0.000000000000000002")
    #expect(PlainDecimal(price: "1").times(milliseconds: 1000).part(of: 3).text == "0.333333333333333333")
  }

  @Test(
    "a day begins at the first instant that has its date",
    arguments: [
      ("Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00Z"),
      // Midnight did not exist.
      ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
      ("Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z"),
      ("Asia/Kathmandu", "2026-03-30", "2026-03-29T18:15:00Z"),
      // The day before was left out.
      ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"),
      ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"),
    ])
  func days(zone: String, date: String, start: String) throws {
    let begin = try instant(start).milliseconds
    let plain = PlainZone(zone, around: begin)
    #expect(plain.start(of: day(date).number) == begin)
    #expect(plain.day(of: begin - 1) < day(date).number)
  }

  @Test("statistics are those that textbooks print")
  func statistics() throws {
    #expect(PlainStatistics.percentile(50, [15, 20, 35, 40, 50]) == 35)
    #expect(PlainStatistics.percentile(30, [15, 20, 35, 40, 50]) == 20)
    let wilson = try #require(PlainStatistics.wilson(81, 263))
    #expect(abs(wilson.low - 0.2553) < 5e-5)
    #expect(abs(wilson.high - 0.3662) < 5e-5)
    // Newcombe 1998, method 10: 56 of 70 less 48 of 80.
    let newcombe = try #require(PlainStatistics.newcombe(48, 80, 56, 70))
    #expect(abs(newcombe.low - 0.0524) < 5e-5)
    #expect(abs(newcombe.high - 0.3339) < 5e-5)
    // The lady tasting tea.
    #expect(abs((PlainStatistics.fisher(3, 4, 1, 4) ?? 0) - 34.0 / 70) < 1e-12)
  }
}
