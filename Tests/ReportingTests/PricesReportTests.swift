import Reporting
import Runs
import Store
import TestSupport
import Testing

/// The report `prices`: every price, where it comes from, what it priced, and whether it holds.
@Suite struct PricesReportTests {
  let made: HandMadeLedger
  var ledger: Ledger { made.ledger }
  private let applied = Instant(milliseconds: 1_772_000_000_000)

  /// On the hand-made ledger a price for the GPU from 19 January on, then one from a file, then one that waits.
  init() async throws {
    made = try await HandMadeLedger()
    let sources: [SourceSettings] = [.production, HandMadeLedger.agents]
    let first = [
      try make(price: "0.5", for: "gpu-*", source: "agents", from: "2026-01-19"),
      try make(price: "0.7", for: "Search*", from: "2026-03-01T00:00:00Z"),
      try make(price: "0.9", for: "missing", .label),
    ].numbered
    _ = try made.ledger.applyPrices(
      WantedPrices(
        sources: sources, configured: first,
        imported: try PriceTable.prices(
          csv: "source,instance_type,price_second\nagents,gpu,0.0002\nproduction,small,0.1\n", file: "list.csv")),
      now: applied)
    let second = [
      first[0], first[1], try make(price: "0.8", for: "Backup"), try make(price: "0.9", for: "nobody"),
    ].numbered
    #expect(
      try made.ledger.savePrices(WantedPrices(sources: sources, configured: second), now: applied)
        == WaitingPrices(entries: 1))
    _ = try made.ledger.savePrices(
      WantedPrices(
        sources: sources,
        imported: try PriceTable.prices(
          csv: "source,runner,price_second,from\nagents,gpu-1,3,2027-01-01\n", file: "b.csv")),
      now: applied)
  }

  @Test("every price, its words, its time and what it priced")
  func everything() throws {
    let report = try ledger.make("prices")
    #expect(report.period == "none")
    #expect(
      report.lines("source", "runner", "instance_type", "price_second", "currency", "origin", "entry", "written_in")
        == [
          "agents | gpu-1 | – | 0.5 | USD | configured | runner gpu-* | configuration, entry 1",
          "agents | gpu-1 | – | 3 | USD | configured | runner gpu-1 | b.csv, line 2",
          "agents | – | gpu | 0.0002 | USD | configured | instance_type gpu | list.csv, line 2",
          "agents | – | gpu | 0.00012 | USD | observed | – | –",
          "production | – | – | 0.9 | EUR | configured | runner nobody | configuration, entry 4",
          "production | Backup | – | 0.8 | EUR | configured | runner Backup | configuration, entry 3",
          "production | Search index | – | 0.7 | EUR | configured | runner Search* | configuration, entry 2",
          "production | – | small | 0.1 | EUR | configured | instance_type small | list.csv, line 3",
          "production | – | small | 0.0000019 | EUR | observed | – | –",
          "production | – | small | 0.0000038 | EUR | observed | – | –",
        ])
    #expect(
      report.lines(
        "price_second", "valid_from", "valid_until", "assumed_since", "superseded_at", "runs", "billed_seconds", "state"
      ) == [
        // Two runs on 19 January, the third was the day before.
        "0.5 | 2026-01-18T23:00:00.000Z | – | – | – | 2 | 60 | in force",
        // The configuration's wins over a file's at all times.
        "3 | 2026-12-31T23:00:00.000Z | – | – | – | 0 | 0 | overruled",
        "0.0002 | – | – | – | – | 1 | 100 | in force",
        "0.00012 | 2026-01-01T00:00:00.000Z | – | – | – | 0 | 0 | in force",
        "0.9 | – | – | – | – | 0 | 0 | unmatched",
        "0.8 | – | – | – | – | 0 | 0 | waiting",
        "0.7 | 2026-03-01T00:00:00.000Z | – | – | – | 0 | 0 | in force",
        "0.1 | – | – | – | – | 4 | 34605 | in force",
        "0.0000019 | 2026-01-01T00:00:00.000Z | 2026-01-31T12:00:00.000Z | – | – | 0 | 0 | in force",
        "0.0000038 | 2026-01-31T12:00:00.000Z | – | 2026-01-31T06:00:00.000Z | – | 0 | 0 | in force",
      ])
    #expect(
      Set(report.lines("entered_at")) == ["2026-01-01T00:00:00.000Z", "2026-01-31T12:00:00.000Z", applied.rfc3339])
  }

  @Test("a price that is withdrawn is in force until that is applied, and superseded then; both say so")
  func withdrawn() throws {
    let wanted = WantedPrices(sources: [HandMadeLedger.agents], configured: [])
    func states() throws -> [String] {
      try ledger.make("prices", ReportRequest(runners: ["gpu-1"])).lines(
        "price_second", "superseded_at", "runs", "state"
      )
      .filter { $0.hasPrefix("0.5 ") }
    }
    _ = try ledger.savePrices(wanted, now: applied)
    #expect(try states() == ["0.5 | – | 2 | withdrawn"])
    _ = try ledger.applyPrices(wanted, now: applied)
    #expect(try states() == ["0.5 | \(applied.rfc3339) | 0 | superseded"])
  }

  @Test("a filter leaves the prices that the runner can have; what is about nothing shows only unfiltered")
  func filters() throws {
    #expect(
      try ledger.make("prices", ReportRequest(runners: ["backup-1"])).lines("price_second", "entry") == [
        "0.8 | runner Backup", "0.1 | instance_type small", "0.0000019 | –", "0.0000038 | –",
      ])
    #expect(try ledger.make("prices", ReportRequest(sources: ["agents"])).lines("entry").count == 4)
    #expect(try ledger.make("prices", ReportRequest(sources: ["production"])).lines("state").contains("unmatched"))
  }

  @Test("a run with prices in two currencies has no cost, and one in another currency has that")
  func currencies() throws {
    _ = try ledger.applyPrices(
      WantedPrices(
        sources: [.production],
        configured: [
          try make(price: "1", for: "Search index", currency: "USD"),
          try make(price: "2", for: "Search index", currency: "EUR", from: "2026-01-20T12:05:00Z"),
        ].numbered), now: applied)
    let report = try ledger.make(
      "runs", ReportRequest(period: Month("2026-01").map { .month($0) }, runners: ["index-1"]))
    #expect(report.lines("run_id", "cost", "currency") == ["i1 | 60 | USD", "i2 | – | EUR", "i3 | 60 | EUR"])
    #expect(report.totals.filter { $0.hasPrefix("cost") } == ["cost 60 EUR", "cost 60 USD"])
    let months = try ledger.make(
      "monthly-cost", ReportRequest(period: Month("2026-01").map { .month($0) }, runners: ["index-1"]))
    #expect(
      months.lines("price_second", "price_assumed", "runs", "billed_seconds", "cost", "currency") == [
        "1 | 0 | 1 | 360 | 360 | USD", "2 | 0 | 2 | 330 | 660 | EUR",
      ])
  }
}
