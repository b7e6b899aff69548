import Reporting
import Runs
import Store
import TestSupport
import Testing

/// The page for who has one minute: its headline figures are those of the reports that it shows.
@Suite struct SummaryTests {
  @Test("January made by hand: one row for each currency, against the month before")
  func january() async throws {
    let report = try await HandMadeLedger().ledger.make("summary", month("2026-01"))
    #expect(
      report.lines == [
        // s1, s2 and s3, and three runs without a price; a failure and a timeout out of five rated runs.
        """
        final | – | 6 | 0 | 0.0760095 | 0 | 0.0760095 | – | 0.0002565 | 0.003375 | 5 | 2 | 0.4 | 0.117621 | 0.769276 \
        | – | – | 3 | 0 | 0 | EUR | – | – | – | 0
        """,
        // A success, a cancellation and an error.
        """
        final | – | 3 | 0 | 0.0192 | 0 | 0.0192 | – | 0.0072 | 0.375 | 2 | 1 | 0.5 | 0.094531 | 0.905469 \
        | – | – | 0 | 0 | 0 | USD | – | – | – | 0
        """,
      ])
  }

  @Test("a month is held against the least budget of just what is asked for, and of its own currency")
  func budget() async throws {
    let ledger = try await HandMadeLedger().ledger
    func budget(_ amount: String, _ currency: String = "EUR", source: String? = nil) throws
      -> ReportSettings.MonthBudget
    {
      ReportSettings.MonthBudget(source: source, currency: currency, amount: try Money(amount))
    }
    let given = ReportSettings(budgets: [
      try budget("0.2"), try budget("0.1520190"), try budget("0.01", source: "production"), try budget("9", "GBP"),
    ])
    func shown(_ request: ReportRequest) throws -> [String] {
      try ledger.make(ReportCatalog.definition(named: "summary"), request, given: given)
        .lines("currency", "budget", "budget_share")
    }
    // 0.0760095 of 0.152019.
    #expect(try shown(month("2026-01")) == ["EUR | 0.152019 | 0.5", "USD | – | –"])
    var request = month("2026-01")
    request.sources = ["agents"]
    #expect(try shown(request).allSatisfy { $0.hasSuffix("| – | –") })
    request.sources = ["production", "production"]
    #expect(try shown(request).contains { $0.hasPrefix("EUR | 0.01 | ") })
    // Of two sources together there is no budget.
    request.sources = ["production", "agents"]
    #expect(try shown(request).allSatisfy { $0.hasSuffix("| – | –") })
    let days = ReportRequest(period: .days(from: day("2026-01-01"), to: day("2026-01-31")))
    #expect(try shown(days) == ["EUR | – | –", "USD | – | –"])
  }

  @Test("a month that goes on says what keeps it provisional, and what it is compared with")
  func february() async throws {
    let report = try await HandMadeLedger().ledger.make("summary", month("2026-02"))
    #expect(
      report.lines(
        "state", "state_reason", "runs", "runs_before", "cost", "cost_before", "cost_change", "open_runs",
        "accrued_cost", "currency") == [
          "provisional | not read completely since its end: agents, production; 1 run from before its end is still open: "
            + "production s5 of Backup | 1 | 6 | 0.00684 | 0.0760095 | -0.0691695 | 2 | 0.01368 | EUR",
          "provisional | not read completely since its end: agents, production; 1 run from before its end is still open: "
            + "production s5 of Backup | 0 | 3 | 0 | 0.0192 | -0.0192 | 0 | 0 | USD",
        ])
    #expect(report.head.state == .provisional)
  }

  @Test("whole months are held against as many months, anything else against as many days")
  func before() async throws {
    let ledger = try await HandMadeLedger().ledger
    func runsBefore(_ from: String, _ to: String) throws -> [String] {
      try ledger.make("summary", ReportRequest(period: .days(from: day(from), to: day(to)), sources: ["production"]))
        .lines("runs_before")
    }
    // s1 finished on the 15th, s2 on the 16th, i1 and i2 on the 20th, i3 on the 21st, s3 on the 31st; s4 in February.
    #expect(try runsBefore("2026-02-01", "2026-03-01") == ["6"])
    #expect(try runsBefore("2026-03-01", "2026-05-01") == ["7"])
    #expect(try runsBefore("2026-01-17", "2026-01-18") == ["1"])
    #expect(try runsBefore("2026-01-17", "2026-01-19") == ["2"])
  }

  @Test("headline figures are the sums of monthly-cost and the counts of the failure trend", arguments: 0..<10)
  func equations(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await Ledger.random(seed: 7000 + seed, in: folder)
    let runners = try ledger.make("runners", .everything).lines("runner_id")
    let zone = try TimeZoneDatabase.rules(named: "Asia/Tokyo")
    var requests: [ReportRequest] = [
      .everything, ReportRequest(), ReportRequest(period: .thisMonth), ReportRequest(period: .last(10, .day)),
      ReportRequest(period: .last(2, .month), zone: zone),
    ]
    requests += runners.prefix(2).map { ReportRequest(period: .all, runners: [$0]) }
    for var request in requests {
      let summary = try ledger.make("summary", request)
      request.period = request.period ?? .lastMonth
      let months = try ledger.make("monthly-cost", request)
      for column in ["cost", "wasted_cost", "accrued_cost"] {
        let totals = months.summary.totals.first { $0.column == column }?.amounts ?? []
        let told = Set(
          totals.filter { ![.text("0"), .null].contains($0.value) }.map { "\($0.currency ?? "") \($0.value)" })
        let headline = zip(summary.column("currency"), summary.column(column)).compactMap { currency, value in
          guard case .text(let code) = currency, value != .null, value != .text("0") else { return nil as String? }
          return "\(code) \(value)"
        }
        #expect(Set(headline) == told, "\(column), \(request.period as Any)")
      }
      for column in ["runs", "unpriced_runs"] {
        #expect(sum(summary, column) == sum(months, column), "\(column), \(request.period as Any)")
      }
      let trend = try ledger.make("failure-trend", request)
      for column in ["rated_runs", "failed"] { #expect(sum(summary, column) == sum(trend, column), "\(column)") }
      let days = try #require(summary.head.period)
      let state = try ledger.read(in: request.zone) { snapshot in
        try snapshot.settledUntil().map { snapshot.zone.start(of: days.to) <= $0 } ?? false ? "final" : "provisional"
      }
      #expect(Set(summary.lines("state")).subtracting([state]) == [] && summary.head.state?.rawValue == state)
    }
  }

  private func sum(_ report: Made, _ column: String) -> Int64 {
    report.column(column).reduce(0) { sum, value in
      if case .integer(let integer) = value { sum + integer } else { sum }
    }
  }
}
