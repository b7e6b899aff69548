import Runs
import TestSupport
import Testing

@testable import Store

/// What closing a month would freeze, before it is closed.
@Suite struct ClosingPlanTests {
  let folder: TemporaryFolder
  let ledger: Ledger
  private let agents = SourceSettings(name: "agents", vendor: .agentsMesh, currency: "USD")

  /// January of two sources: a priced run, an unpriced one, and one that is open since its last hour.
  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
    let open = try make(openRun: "r2", started: "2026-01-31T23:00:00Z")
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "backup", timeout: nil), make(run: "r1"), open), at: "2026-02-01T02:00:00Z")
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "gpu", type: nil), make(run: "p1", "completed")), at: "2026-02-01T02:00:00Z",
      source: agents)
  }

  private func plan(_ text: String) throws -> ClosingPlan {
    try ledger.read { try $0.closingPlan(of: #require(Month(text))) }
  }

  @Test("the plan has what would be frozen by source and currency, and what is unsure of it")
  func parts() throws {
    let plan = try plan("2026-01")
    #expect(plan.obstacles.reason == "1 run from before its end is still open: production r2 of Backup")
    #expect(
      plan.parts == [
        ClosingPlan.Part(
          source: "agents", currency: "USD", runs: 1, billed: 270_000, cost: nil, unpricedRuns: 1, unpriced: 270_000,
          assumed: 0, assumedCost: .zero, openRuns: 0, accrued: 0, accruedCost: .zero, corrections: 0,
          correctionCost: .zero),
        // The price was first seen after all of it, so all of it is assumed; of the open run an hour is January's.
        ClosingPlan.Part(
          source: "production", currency: "EUR", runs: 1, billed: 270_000, cost: try Money("0.000513"),
          unpricedRuns: 0, unpriced: 0, assumed: 270_000, assumedCost: try Money("0.000513"), openRuns: 1,
          accrued: 3_600_000, accruedCost: try Money("0.00684"), corrections: 0, correctionCost: .zero),
      ])
  }

  @Test("what is frozen then is what the plan had, and corrections of months closed before are in the next plan")
  func followed() async throws {
    let closing = try ledger.closeMonth(
      #require(Month("2026-01")), force: true, now: instant("2026-02-04T08:00:00Z"))
    #expect((closing.runs, closing.cost) == (2, "0.000513 EUR"))
    try await ledger.harvest(
      VendorAnswer(
        of: make(runner: "backup", timeout: nil), make(run: "r1"),
        make(run: "r2", started: "2026-01-31T23:00:00Z", completed: "2026-02-01T02:00:00Z")),
      at: "2026-02-02T00:00:00Z")
    let production = try #require(try plan("2026-02").parts.last)
    #expect((production.runs, production.billed, production.corrections) == (1, 7_200_000, 1))
    #expect(production.correctionCost == (try Money("0.00684")))
  }

  @Test("a plan of what cannot be closed is refused as closing it is, and no plan changes anything")
  func refused() throws {
    let before = try ledger.domainTables()
    #expect(throws: ClosingError.self) { try plan("2026-03") }
    _ = try plan("2026-02")
    #expect(try ledger.domainTables() == before)
  }
}
