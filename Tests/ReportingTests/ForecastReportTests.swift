import Harvest
import Reporting
import Runs
import Store
import TestSupport
import Testing

/// What a month will have cost, on the ledger made by hand and on one of a single source.
@Suite struct ForecastReportTests {
  @Test("this month is estimated, a month that is over is told")
  func handMade() async throws {
    let ledger = try await HandMadeLedger().ledger
    let report = try ledger.make("forecast", .everything)
    // Of production three whole weeks are known, 20 January to 9 February: the 31st cost 0.07524, a Saturday, and the
    // 1st 0.00684. 19 days are left, with 3 Saturdays and 2 Sundays: 0.0798, which the interval takes for 0.103414, as few
    // days were active. Nothing more happens in 0.191174 of all cases. Days make a variance of 0.014215, weeks 0.002932;
    // of what happens the mean is 0.127857, the logarithm's variance 0.744608, and t of 3 at 0.969091 is 2.913557:
    // 0.00684 + 0.127857 · e^(−0.372304 + 2.913557 · 0.862907). Of agents nothing fell into these weeks.
    #expect(
      report.lines == [
        "2026-01 | agents | 0.0192 | 0 | 0.0192 | 0.0192 | 0.0192 | 0 | USD | –",
        "2026-01 | production | 0.0760095 | 0 | 0.0760095 | 0.0760095 | 0.0760095 | 0 | EUR | –",
        "2026-02 | agents | 0 | 19 | 0 | – | – | 21 | USD | no interval: the last 21 days cost nothing",
        "2026-02 | production | 0.00684 | 19 | 0.08664 | 0.00684 | 1.095539 | 21 | EUR | –",
      ])
    #expect(
      report.totals == [
        "cost_so_far 0.0828495 EUR", "cost_so_far 0.0192 USD", "forecast_cost 0.1626495 EUR",
        "forecast_cost 0.0192 USD",
      ])
    #expect(try ledger.make("forecast").lines == Array(report.lines.suffix(2)))
    #expect(
      try ledger.make("forecast", ReportRequest(period: .lastMonth, sources: ["agents"])).lines == [report.lines[0]])
    // All three weekdays of March's last three days are known; nothing of March itself is.
    #expect(
      try ledger.make("forecast", month("2026-03")).lines("month", "source", "cost_so_far", "days_left") == [
        "2026-03 | agents | 0 | 31", "2026-03 | production | 0 | 31",
      ])
  }

  @Test("what has no price has no forecast, and of a runner alone only its own days count")
  func filters() async throws {
    let ledger = try await HandMadeLedger().ledger
    #expect(
      try ledger.make("forecast", ReportRequest(period: .month(Month(year: 2026, month: 1)), runners: ["index-1"]))
        .lines
        == ["2026-01 | production | – | 0 | – | – | – | 0 | EUR | –"])
    #expect(
      try ledger.make("forecast", ReportRequest(runners: ["index-1"])).lines
        == ["2026-02 | production | 0 | 19 | – | – | – | 0 | EUR | nothing has a price yet"])
    #expect(try ledger.make("forecast", ReportRequest(runners: ["backup-1"])).lines("forecast_high") == ["1.095539"])
  }

  @Test("a run of no length at a price makes no unpriced time free")
  func noLength() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    let nothing = try make(run: "r1", completed: "2026-01-15T10:00:00Z")
    let unpriced = try make(run: "r2", started: "2026-01-20T10:00:00Z", completed: "2026-01-20T10:00:30Z")
    try await ledger.harvest(VendorAnswer(nothing), at: "2026-01-16T00:00:00Z")
    try await ledger.harvest(VendorAnswer(of: make(runner: "backup", type: nil), nothing), at: "2026-01-17T00:00:00Z")
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "backup", type: nil), nothing, unpriced), at: "2026-02-01T00:00:00Z")
    let january = ReportRequest(period: .month(Month(year: 2026, month: 1)), groupBy: ["source"])
    #expect(try ledger.make("monthly-cost", january).lines("runs", "cost") == ["2 | –"])
    #expect(
      try ledger.make("forecast", month("2026-01")).lines
        == ["2026-01 | production | – | 0 | – | – | – | 0 | EUR | –"])
  }

  /// One euro on each day that is told.
  private func ledger(_ folder: TemporaryFolder, days: Range<Int64>, visits: [String]) async throws -> Ledger {
    let ledger = try Ledger.make(in: folder)
    let runs = try days.map { number in
      let day = LocalDay(number: number)
      return try make(run: "run-\(number)", started: "\(day)T10:00:00Z", completed: "\(day)T10:01:40Z")
    }
    for visit in visits {
      let time = try instant(visit)
      try await ledger.harvest(
        VendorAnswer(
          [make(runner: "a", type: try make(type: "small", price: "0.01"))],
          runs: [
            "a": runs.filter { run in
              run.completedAt.map { $0 < time } ?? false
            }
          ]), at: time)
    }
    return ledger
  }

  @Test("a source counts up to its own newest visit, not to that of another one")
  func staleSource() async throws {
    let folder = try TemporaryFolder()
    let ledger = try await ledger(
      folder, days: day("2026-01-01").number..<day("2026-02-11").number,
      visits: ["2026-01-01T00:00:00Z", "2026-02-11T06:00:00Z"])
    let other = SourceSettings(name: "agents", vendor: .agentsMesh, currency: "EUR")
    try await ledger.harvest(VendorAnswer([]), at: "2026-03-05T06:00:00Z", source: other)
    let report = try ledger.make("forecast", ReportRequest(period: .all))
    #expect(
      report.lines == [
        "2026-01 | production | 31 | 0 | 31 | 31 | 31 | 0 | EUR | –",
        // Nobody has seen the rest of February. Five weeks are known, all alike; a sixth may differ by a fifth.
        "2026-02 | production | 10 | 18 | 28 | 25.056211 | 31.418453 | 35 | EUR | –",
        "2026-03 | production | 0 | 31 | 31 | 26.639175 | 35.952221 | 35 | EUR | –",
      ])
  }

  @Test("the first day that cost something opens the history and is not of it")
  func history() async throws {
    for (last, expected) in [
      ("2026-01-15", "7 | 7 days of whole weeks are known; 14 are needed"), ("2026-01-16", "14 | –"),
    ] {
      let folder = try TemporaryFolder()
      let ledger = try await ledger(
        folder, days: day("2026-01-01").number..<day(last).number,
        visits: ["2026-01-01T00:00:00Z", last + "T06:00:00Z"])
      #expect(
        try ledger.make("forecast", ReportRequest(period: .thisMonth)).lines("history_days", "because") == [
          expected
        ])
    }
  }

  @Test("an endless period ends a year ahead")
  func endless() async throws {
    let folder = try TemporaryFolder()
    let ledger = try await ledger(
      folder, days: day("2026-01-01").number..<day("2026-02-11").number, visits: ["2026-02-11T06:00:00Z"])
    let request = ReportRequest(period: .days(from: day("0001-01-01"), to: day("9999-12-31")))
    let months = try ledger.make("forecast", request).lines("month")
    #expect(months.first == "2026-01")
    #expect(months.last == "2027-02")
    #expect(months.count == 14)
  }
}
