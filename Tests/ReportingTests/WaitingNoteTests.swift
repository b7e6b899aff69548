import Reporting
import Runs
import Store
import TestSupport
import Testing

/// Prices and billing rules that are set and not in force, told by every report that they would change.
@Suite struct WaitingNoteTests {
  let made: HandMadeLedger
  var ledger: Ledger { made.ledger }

  init() async throws {
    made = try await HandMadeLedger()
  }

  /// What a report says of what waits.
  private func notes(
    _ report: String, _ request: ReportRequest, prices: WantedPrices = WantedPrices()
  ) throws -> [String] {
    let reporter = Reporter(ledger: ledger, generator: "test", given: ReportSettings(prices: prices))
    var writer: any RowWriter = NoRows()
    let definition = try ReportCatalog.definition(named: report)
    return try reporter.write(definition, request, to: &writer).coverage.notes.filter { $0.contains("to be applied") }
  }

  private struct NoRows: RowWriter {
    mutating func begin(_ head: ReportHead) {}
    mutating func row(_ values: [Value]) {}
    mutating func end(_ summary: ReportSummary) {}
  }

  private var wanted: WantedPrices {
    get throws {
      WantedPrices(
        sources: [.production, HandMadeLedger.agents],
        configured: [
          try make(price: "0.5", for: "gpu-*", source: "agents", from: "2026-01-19"),
          try make(price: "0.8", for: "Backup"),
        ].numbered)
    }
  }

  @Test(
    "a report that prices have a part in says what waits, of its period and its sources",
    arguments: ["monthly-cost", "charges", "runs", "runners", "waste", "summary"])
  func told(report: String) throws {
    let january = try notes(report, month("2026-01"), prices: wanted)
    #expect(january == ["2 prices wait to be applied, and would change agents, production in the period"])
    let agents = try notes(report, ReportRequest(period: month("2026-01").period, sources: ["agents"]), prices: wanted)
    #expect(agents == ["1 price waits to be applied, and would change agents in the period"])
    let early = ReportRequest(period: .days(from: day("2026-01-01"), to: day("2026-01-15")))
    #expect(try notes(report, early, prices: wanted) == [])
  }

  @Test("a report without money says nothing of prices", arguments: ["failure-trend", "durations", "coverage"])
  func untold(report: String) throws {
    #expect(try notes(report, .everything, prices: wanted) == [])
  }

  @Test("what the ledger keeps waiting is told without any configuration, and no more once it is applied")
  func kept() throws {
    _ = try ledger.savePrices(wanted, now: instant("2026-02-11T00:00:00Z"))
    #expect(
      try notes("monthly-cost", month("2026-01")) == [
        "2 prices wait to be applied, and would change agents, production in the period"
      ])
    _ = try ledger.applyPrices(wanted, now: instant("2026-02-11T00:00:00Z"))
    #expect(try notes("monthly-cost", month("2026-01"), prices: wanted) == [])
  }

  @Test("another billing rule is told too")
  func billingRule() throws {
    var settings = SourceSettings.production
    settings.billingRule = .minimumSeconds(3600)
    #expect(
      try notes("monthly-cost", month("2026-01"), prices: WantedPrices(sources: [settings])) == [
        "the billing rule of production waits to be applied, and would change production in the period"
      ])
  }

  @Test("what would change in a closed month is told of the month that its correction would count in")
  func closed() throws {
    _ = try ledger.closeMonth(
      #require(Month("2026-01")), force: true, now: instant("2026-02-10T13:00:00Z"))
    let gpu = try WantedPrices(
      sources: [HandMadeLedger.agents], configured: [make(price: "0.5", for: "gpu-*", source: "agents")])
    #expect(try notes("monthly-cost", month("2026-01"), prices: gpu) == [])
    let told = ["1 price waits to be applied, and would change agents in the period"]
    #expect(try notes("monthly-cost", month("2026-02"), prices: gpu) == told)
    #expect(try notes("corrections", month("2026-02"), prices: gpu) == told)
    // It prints runs as they are known now, whatever is closed.
    #expect(try notes("runs", month("2026-01"), prices: gpu) == told)
    #expect(try notes("runs", month("2026-02"), prices: gpu) == [])
  }
}
