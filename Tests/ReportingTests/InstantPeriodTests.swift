import Harvest
import Runs
import Store
import TestSupport
import Testing

@testable import Reporting

/// Periods that begin or end within a day.
@Suite struct InstantPeriodTests {
  private static func berlin() throws -> ZoneRules { try TimeZoneDatabase.rules(named: "Europe/Berlin") }

  private func stretch(_ from: String?, _ to: String?) throws -> String {
    let choice = try PeriodChoice.between(from: from, to: to)
    let (now, known) = (day("2026-03-10"), (first: day("2026-01-05"), last: day("2026-03-09")))
    let instants = try #require(try choice.instants(now: now, known: known, in: Self.berlin()))
    let days = try choice.days(now: now, known: known, in: Self.berlin())
    return "\(instants.from) \(instants.to) \(days.from) \(days.to)"
  }

  @Test(
    "an instant is one of the report's zone, unless it says its offset; the days are those that it touches",
    arguments: [
      (
        "2026-03-01T06:00", "2026-03-01T18:00",
        "2026-03-01T05:00:00.000Z 2026-03-01T17:00:00.000Z 2026-03-01 2026-03-02"
      ),
      ("2026-03-01 06:00:30", "2026-03-02", "2026-03-01T05:00:30.000Z 2026-03-01T23:00:00.000Z 2026-03-01 2026-03-02"),
      (
        "2026-03-01T23:30Z", "2026-03-02T06:00+01:00",
        "2026-03-01T23:30:00.000Z 2026-03-02T05:00:00.000Z 2026-03-02 2026-03-03"
      ),
      (
        "2026-03-01", "2026-03-01T00:00:00.250",
        "2026-02-28T23:00:00.000Z 2026-02-28T23:00:00.250Z 2026-03-01 2026-03-02"
      ),
      // Summer time.
      (
        "2026-06-01T06:00", "2026-06-01T06:01",
        "2026-06-01T04:00:00.000Z 2026-06-01T04:01:00.000Z 2026-06-01 2026-06-02"
      ),
    ])
  func read(from: String, to: String, expected: String) throws {
    #expect(try stretch(from, to) == expected)
  }

  @Test("what is left out is the first day, or today")
  func open() throws {
    #expect(
      try stretch("2026-03-01T06:00", nil) == "2026-03-01T05:00:00.000Z 2026-03-10T23:00:00.000Z 2026-03-01 2026-03-11")
    #expect(
      try stretch(nil, "2026-03-01T06:00") == "2026-01-04T23:00:00.000Z 2026-03-01T05:00:00.000Z 2026-01-05 2026-03-02")
  }

  @Test(
    "a time that clocks skip or show twice is refused, and so is an end before the beginning",
    arguments: [
      (
        "2026-03-29T02:30", "2026-04-01",
        "\"2026-03-29T02:30\" is no period: the clocks of Europe/Berlin skip this time"
      ),
      (
        "2026-10-25T02:30", "2026-11-01",
        "\"2026-10-25T02:30\" is no period: the clocks of Europe/Berlin show this time twice; "
          + "say 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00"
      ),
      (
        "2026-03-01T06:00", "2026-03-01T06:00",
        "\"2026-03-01 06:00:00 to 2026-03-01 06:00:00\" is no period: "
          + "the end is exclusive and must come after the beginning"
      ),
    ])
  func refused(from: String, to: String, expected: String) throws {
    let error = #expect(throws: ReportError.self) { try stretch(from, to) }
    #expect("\(try #require(error))" == expected)
  }

  @Test("runs are those that ended at or after the first instant and before the last")
  func runs() async throws {
    let ledger = try await HandMadeLedger()
    func found(_ from: String, _ to: String, format: String? = nil) throws -> Made {
      try ledger.ledger.make("runs", ReportRequest(period: .between(from: from, to: to)), format: format)
    }
    // s1 ended at 10:05:30 in Berlin, s2 at 10:02:15 a day later.
    #expect(try found("2026-01-15T10:05:30", "2026-01-16T10:02:15").lines("run_id") == ["s1"])
    #expect(try found("2026-01-15T10:05:31", "2026-01-16T10:02:15.001").lines("run_id") == ["s2"])
    #expect(try found("2026-01-15T09:05:30Z", "2026-01-16T09:02:16Z").lines("run_id") == ["s1", "s2"])
    let report = try found("2026-01-15T10:05:30", "2026-01-16")
    #expect(report.head.period?.beginning == "2026-01-15 10:05:30")
    #expect(report.head.period?.end == "2026-01-16 00:00:00")
    #expect(report.head.state == .final)
    let suites = try found("2026-01-15T10:05:31", "2026-01-16T10:02:16", format: "junit")
    #expect(suites.lines("name") == ["run s2"])
    #expect(suites.collector.groups.count == 1)
  }

  @Test("reports that count days refuse an instant, and say which take one")
  func notTaken() async throws {
    let ledger = try await HandMadeLedger().ledger
    for report in ["monthly-cost", "charges", "failure-trend", "summary", "runners"] {
      let request = ReportRequest(period: try .between(from: "2026-03-01T06:00", to: nil))
      #expect(ledger.refusal(report, request) == .instantsNotTaken(report: report, takenBy: ["runs"]))
    }
    #expect(
      "\(ReportError.instantsNotTaken(report: "charges", takenBy: ["runs"]))"
        == "the report charges counts whole days, and takes no instant; runs does")
    // Whole days, however they are written, are days.
    #expect(try PeriodChoice.between(from: "2026-03-01", to: nil) == .days(from: day("2026-03-01"), to: nil))
  }
}
