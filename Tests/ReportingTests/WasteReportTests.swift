import Reporting
import Runs
import Store
import TestSupport
import Testing

/// What came to nothing, on the ledger made by hand.
@Suite struct WasteReportTests {
  let made: HandMadeLedger
  var ledger: Ledger { made.ledger }

  init() async throws {
    made = try await HandMadeLedger()
  }

  @Test("the most wasted cost comes first in each currency, and what has no price last")
  func everything() throws {
    let report = try ledger.make("waste", .everything)
    #expect(
      report.lines == [
        // s2 failed after 135 s; three successes share the cost of all four.
        "production | Backup | backup-1 | 4 | 1 | 135 | 0.0828495 | 0.0002565 | 0.003096 | 3 | 0.0276165 | EUR",
        // A timeout of 600 s; the unknown word is not wasted.
        "production | Search index | index-1 | 3 | 1 | 600 | – | – | – | 1 | – | EUR",
        // A cancellation of 50 s and an error of 10 s out of 160 s.
        "agents | gpu-1 | gpu-1 | 3 | 2 | 60 | 0.0192 | 0.0072 | 0.375 | 1 | 0.0192 | USD",
      ])
    #expect(
      report.totals == [
        "runs 10", "wasted_runs 4", "wasted_seconds 795", "cost 0.0828495 EUR", "cost 0.0192 USD",
        "wasted_cost 0.0002565 EUR", "wasted_cost 0.0072 USD", "successes 5",
      ])
  }

  @Test("a runner without a success in the period has a cost and no cost per success")
  func noSuccess() throws {
    // s2 alone; the others run on other days.
    let report = try ledger.make("waste", ReportRequest(period: .days(from: day("2026-01-16"), to: day("2026-01-17"))))
    #expect(
      report.lines == ["production | Backup | backup-1 | 1 | 1 | 135 | 0.0002565 | 0.0002565 | 1.0 | 0 | – | EUR"])
    #expect(
      try ledger.make("waste", ReportRequest(period: .days(from: day("2026-01-02"), to: day("2026-01-03")))).rows == [])
  }

  @Test("a cost per success is rounded by itself, for there is no total that it must add up to")
  func rounded() throws {
    let report = try ledger.make("waste", ReportRequest(period: .all, decimals: 3))
    #expect(
      report.lines("cost", "wasted_cost", "cost_per_success", "currency") == [
        "0.083 | 0.000 | 0.028 | EUR", "– | – | – | EUR", "0.019 | 0.007 | 0.019 | USD",
      ])
  }

  @Test("a price under which nothing was used is no price for what has none")
  func unusedPrice() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    let big = try make(type: "big", price: nil)
    try await ledger.harvest(VendorAnswer([make(runner: "backup")]), at: "2026-01-10T00:00:00Z")
    try await ledger.harvest(
      VendorAnswer(
        of: make(runner: "backup", type: big),
        // Priced, and over in no time; then 60 s without a price.
        try make(run: "r1", "failed", started: "2026-01-09T10:00:00Z", completed: "2026-01-09T10:00:00Z", exit: 1),
        try make(run: "r2", "failed", started: "2026-01-11T10:00:00Z", completed: "2026-01-11T10:01:00Z", exit: 1)),
      at: "2026-01-11T00:00:00Z")
    #expect(
      try ledger.make("waste", .everything).lines == [
        "production | Backup | backup | 2 | 2 | 60 | – | – | – | 0 | – | EUR"
      ])
  }
}
