import Harvest
import Reporting
import Runs
import Store
import TestSupport
import Testing

/// Why a report has no rows.
@Suite struct EmptyReasonTests {
  private func text(_ report: String, _ request: ReportRequest, of ledger: Ledger) throws -> String? {
    let made = try ledger.make(report, request)
    #expect(made.rows.isEmpty)
    #expect(made.summary.emptyText == made.head.emptyText)
    return made.head.emptyText
  }

  @Test("no run in the period: the nearest days, and what is open")
  func period() async throws {
    let ledger = try await HandMadeLedger().ledger
    let open = "; 2 runs still open."
    func between(_ from: String, _ to: String) throws -> ReportRequest {
      ReportRequest(period: try .between(from: from, to: to))
    }
    #expect(
      try text("runs", between("2026-01-22", "2026-01-30"), of: ledger)
        == "No run finished in this period; the last one before it on 2026-01-21, the first one after it on 2026-01-31"
        + open)
    #expect(
      try text("charges", between("2026-01-02", "2026-01-03"), of: ledger)
        == "No run finished in this period; the first one after it on 2026-01-15" + open)
    #expect(
      try text("durations", between("2026-02-05", "2026-02-06"), of: ledger)
        == "No run finished in this period; the last one before it on 2026-02-01" + open)
  }

  @Test("a filter that fits none: how the runs of these days ended")
  func filters() async throws {
    let ledger = try await HandMadeLedger().ledger
    var request = ReportRequest(period: .all, outcomes: ["skip"])
    let ended =
      "None of the 10 runs that finished on these days fits: 5 success, 1 cancellation, 1 error, 1 failure, 1 timeout, "
      + "1 unknown."
    #expect(try text("runs", request, of: ledger) == ended)
    #expect(try text("durations", request, of: ledger) == ended)
    request = ReportRequest(period: .all, runners: ["Backup"])
    request.exitCodes = ["137"]
    #expect(
      try text("runs", request, of: ledger)
        == "None of the 4 runs that finished on these days fits: 3 success, 1 failure.")
  }

  @Test("nothing known: no runner, or runners without runs")
  func nothing() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    try await ledger.harvest(VendorAnswer([]), at: "2026-01-01T00:00:00Z")
    for report in ["runs", "fleet", "monthly-cost", "open-runs", "regressions"] {
      let request = ReportRequest()
      #expect(try text(report, request, of: ledger) == "No runner is known here yet.")
    }
    try await ledger.harvest(VendorAnswer([make(runner: "a")]), at: "2026-01-02T00:00:00Z")
    #expect(
      try text("runs", .everything, of: ledger) == "No run has finished: 1 runner known here, no open runs.")
    #expect(try text("open-runs", ReportRequest(), of: ledger) == "No run is open.")
    #expect(
      try text("corrections", .everything, of: ledger) == "Nothing that was learned later changes a closed month.")
  }

  @Test("regressions: nothing before the period, or what became of all that there was to look at")
  func regressions() async throws {
    let ledger = try await HandMadeLedger().ledger
    #expect(
      try text("regressions", .everything, of: ledger) == "There is nothing before this period to compare it with.")
    let request = ReportRequest(period: try .between(from: "2026-01-20", to: "2026-02-11"))
    #expect(
      try text("regressions", request, of: ledger)
        == "Nothing changed by more than chance, of 6 runners and measures: 6 too few runs.")
    var all = request
    all.isUnchangedToo = true
    let report = try ledger.make("regressions", all)
    #expect(
      report.lines("runner", "measure", "direction", "verdict", "because", "tested") == [
        "gpu-1 | failure-rate | – | too-few-runs | 2 before the period and 0 in it; 30 each are needed | 0",
        "gpu-1 | runtime | – | too-few-runs | 1 before the period and 0 in it; 20 each are needed | 0",
        "Backup | failure-rate | – | too-few-runs | 2 before the period and 2 in it; 30 each are needed | 0",
        "Backup | runtime | – | too-few-runs | 1 before the period and 2 in it; 20 each are needed | 0",
        "Search index | failure-rate | – | too-few-runs | 0 before the period and 2 in it; 30 each are needed | 0",
        "Search index | runtime | – | too-few-runs | 0 before the period and 1 in it; 20 each are needed | 0",
      ])
    #expect(report.head.filters == [ReportFilter(name: "unchanged", value: "true")])
  }

  @Test("what to try is said behind the reason, by whoever has options")
  func advice() async throws {
    let ledger = try await HandMadeLedger().ledger
    var reporter = Reporter(ledger: ledger, generator: "runtally 0.1.0")
    reporter.advice = { $0 == .nothingBefore ? "Try less." : nil }
    var writer: any RowWriter = Collector()
    try reporter.write(ReportCatalog.definition(named: "regressions"), .everything, to: &writer)
    #expect(
      (writer as? Collector)?.head?.emptyText == "There is nothing before this period to compare it with. Try less.")
  }

  @Test("a statement of one's own says itself what no rows mean, or nothing is said")
  func own() async throws {
    let ledger = try await HandMadeLedger().ledger
    let silent = try ReportCatalog.definition(named: "mine.sql", text: "SELECT 1 AS a WHERE 0")
    #expect(try ledger.make(silent).head.emptyText == nil)
    let telling = try ReportCatalog.definition(
      named: "mine.sql", text: "/*\nempty: All is well.\n*/\nSELECT 1 AS a WHERE 0")
    #expect(try ledger.make(telling).head.emptyText == "All is well.")
  }
}
