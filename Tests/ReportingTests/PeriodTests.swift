import Runs
import Store
import TestSupport
import Testing

@testable import Reporting

/// Which days a period means, counted from the ledger's now.
@Suite struct PeriodTests {
  private let now = day("2026-03-10")
  private let known = (first: day("2026-01-05"), last: day("2026-03-09"))

  private func days(_ choice: PeriodChoice, known: (first: LocalDay, last: LocalDay)?) throws -> String {
    let (from, to) = try choice.days(now: now, known: known)
    return "\(from) \(to)"
  }

  @Test(
    "a period is a half-open stretch of local days",
    arguments: [
      ("month 2026-01", "2026-01-01 2026-02-01"), ("month 2025-12", "2025-12-01 2026-01-01"),
      ("month 2028-02", "2028-02-01 2028-03-01"), ("month last", "2026-02-01 2026-03-01"),
      ("month this", "2026-03-01 2026-04-01"), ("last 1d", "2026-03-10 2026-03-11"),
      ("last 30d", "2026-02-09 2026-03-11"), ("last 1w", "2026-03-09 2026-03-11"),
      ("last 12w", "2025-12-22 2026-03-11"), ("last 1m", "2026-03-01 2026-03-11"),
      ("last 6m", "2025-10-01 2026-03-11"),
    ])
  func words(text: String, expected: String) throws {
    let parts = text.split(separator: " ").map(String.init)
    let choice = try parts[0] == "month" ? PeriodChoice.month(named: parts[1]) : PeriodChoice.last(parts[1])
    #expect(try days(choice, known: known) == expected)
  }

  @Test("from and to are days, and what is left out is the first day, or today")
  func fromTo() throws {
    #expect(
      try days(.days(from: day("2026-02-01"), to: day("2026-02-03")), known: known) == "2026-02-01 2026-02-03")
    #expect(try days(.days(from: day("2026-02-01"), to: nil), known: known) == "2026-02-01 2026-03-11")
    #expect(try days(.days(from: nil, to: day("2026-02-03")), known: known) == "2026-01-05 2026-02-03")
    #expect(try days(.days(from: nil, to: nil), known: nil) == "2026-03-10 2026-03-11")
    #expect(try days(.days(from: day("2026-05-01"), to: nil), known: known) == "2026-05-01 2026-05-02")
  }

  @Test("all is from the first day that anything fell on to today, or to the last where clocks differ")
  func all() throws {
    #expect(try days(.all, known: known) == "2026-01-05 2026-03-11")
    #expect(try days(.all, known: (day("2026-01-05"), day("2026-03-12"))) == "2026-01-05 2026-03-13")
    #expect(try days(.all, known: nil) == "2026-03-10 2026-03-11")
  }

  @Test(
    "what is no period is refused with what was expected",
    arguments: [
      ("month 2026-13", "\"2026-13\" is no period: expected a month such as 2026-01, or last, or this"),
      ("month 2026", "\"2026\" is no period: expected a month such as 2026-01, or last, or this"),
      ("month Last", "\"Last\" is no period: expected a month such as 2026-01, or last, or this"),
      ("last 30", "\"30\" is no period: expected a number with d, w or m, such as 30d"),
      ("last 0d", "\"0d\" is no period: expected a number with d, w or m, such as 30d"),
      ("last -3d", "\"-3d\" is no period: expected a number with d, w or m, such as 30d"),
      ("last 3y", "\"3y\" is no period: expected a number with d, w or m, such as 30d"),
      ("last 999999d", "\"999999d\" is no period: expected a number with d, w or m, such as 30d"),
      (
        "day 2026-02-30",
        "\"2026-02-30\" is no period: expected a day such as 2026-01-31, or an instant such as 2026-01-31T06:00 or "
          + "2026-01-31T06:00:00+01:00"
      ),
      (
        "day 01.02.2026",
        "\"01.02.2026\" is no period: expected a day such as 2026-01-31, or an instant such as 2026-01-31T06:00 or "
          + "2026-01-31T06:00:00+01:00"
      ),
    ])
  func refused(text: String, expected: String) throws {
    let parts = text.split(separator: " ").map(String.init)
    let error = #expect(throws: ReportError.self) {
      switch parts[0] {
      case "month": _ = try PeriodChoice.month(named: parts[1])
      case "last": _ = try PeriodChoice.last(parts[1])
      default: _ = try PeriodChoice.between(from: parts[1], to: nil)
      }
    }
    #expect("\(try #require(error))" == expected)
  }

  @Test("an end that does not come after the beginning is refused, with both")
  func backwards() throws {
    for to in ["2026-02-01", "2026-01-31"] {
      let error = #expect(throws: ReportError.self) {
        try PeriodChoice.days(from: day("2026-02-01"), to: day(to)).days(now: now, known: known)
      }
      #expect(
        "\(try #require(error))"
          == "\"2026-02-01 to \(to)\" is no period: the end is exclusive and must come after the beginning")
    }
  }

  @Test("defaults are counted back from the ledger's now, in the report's zone")
  func defaults() async throws {
    let made = try await HandMadeLedger()
    let periods = try ReportCatalog.builtIn().map { "\($0.name) \(try made.ledger.make($0).period)" }
    #expect(
      periods == [
        "summary 2026-01-01 2026-02-01 Europe/Berlin",
        "monthly-cost 2026-01-01 2026-02-01 Europe/Berlin", "corrections 2026-01-01 2026-02-11 Europe/Berlin",
        "charges 2026-01-01 2026-02-01 Europe/Berlin",
        "failure-trend 2025-03-01 2026-02-11 Europe/Berlin", "durations 2026-01-12 2026-02-11 Europe/Berlin",
        "regressions 2026-01-12 2026-02-11 Europe/Berlin", "waste 2026-01-12 2026-02-11 Europe/Berlin",
        "forecast 2026-02-01 2026-03-01 Europe/Berlin",
        "runs 2026-01-12 2026-02-11 Europe/Berlin", "runners 2026-01-12 2026-02-11 Europe/Berlin", "open-runs none",
        "fleet 2026-01-12 2026-02-11 Europe/Berlin", "metrics 2026-01-12 2026-02-11 Europe/Berlin",
        "coverage 2026-01-12 2026-02-11 Europe/Berlin", "prices none",
      ])
    // Noon UTC is the 11th on Kiritimati.
    let zone = try TimeZoneDatabase.rules(named: "Pacific/Kiritimati")
    #expect(
      try made.ledger.make("runs", ReportRequest(zone: zone)).period == "2026-01-13 2026-02-12 Pacific/Kiritimati")
  }
}
