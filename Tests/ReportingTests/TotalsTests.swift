import Reporting
import Runs
import Store
import TestSupport
import Testing

/// What a total says where some rows have no amount.
@Suite struct TotalsTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  /// A run of a minute without any price, and one of so many seconds at a price.
  private func harvest(seconds: Int, at price: String) async throws {
    let priced = try make(
      run: "r1", started: "2026-01-15T10:00:00Z", completed: "2026-01-15T10:00:\(seconds < 10 ? "0" : "")\(seconds)Z")
    let unpriced = try make(run: "r2", started: "2026-01-15T10:00:00Z", completed: "2026-01-15T10:01:00Z")
    let runners = [
      make(runner: "a", type: try make(type: "small", price: price)), make(runner: "b", type: nil),
    ]
    for time in ["2026-01-10T00:00:00Z", "2026-01-16T00:00:00Z"] {
      try await ledger.harvest(VendorAnswer(runners, runs: ["a": [priced], "b": [unpriced]]), at: time)
    }
  }

  /// The costs of the rows, and their total, for each grouping that a total must not depend on.
  private func costs() throws -> [String] {
    try ["runner", "source"].map { group in
      let report = try ledger.make("monthly-cost", ReportRequest(period: .all, groupBy: [group]))
      let total = try #require(report.summary.totals.first { $0.column == "cost" })
      let amounts = total.amounts.map { amount in
        let value = if case .text(let text) = amount.value { text } else { "–" }
        return "\(value) \(amount.currency ?? "") without \(amount.rowsLeftOut)"
      }
      return report.lines("cost").joined(separator: ", ") + ": " + amounts.joined(separator: ", ")
    }
  }

  @Test("no time costs 0, which says nothing of time that has no price: the total is missing")
  func nothing() async throws {
    try await harvest(seconds: 0, at: "0.5")
    #expect(try costs() == ["0, –: – EUR without 1", "–: – EUR without 1"])
    #expect(try ledger.make("runners", .everything).totals.last == "cost – EUR")
    #expect(try ledger.make("waste", .everything).totals.contains("cost – EUR"))
  }

  @Test("time at a price of 0 costs 0, and so does all that has a price")
  func free() async throws {
    try await harvest(seconds: 10, at: "0")
    #expect(try costs() == ["0, –: 0 EUR without 1", "0: 0 EUR without 0"])
    #expect(try ledger.make("charges", .everything).totals == ["billed_seconds 70", "cost 0 EUR"])
  }

  @Test("a total over rows with and without a price counts those that it leaves out")
  func partly() async throws {
    try await harvest(seconds: 10, at: "0.5")
    #expect(try costs() == ["5, –: 5 EUR without 1", "5: 5 EUR without 0"])
    let forecast = try ledger.make("forecast", ReportRequest(period: .thisMonth))
    #expect(forecast.lines("cost_so_far", "forecast_cost") == ["5 | –"])
    #expect(forecast.totals == ["cost_so_far 5 EUR", "forecast_cost – EUR"])
  }

  @Test("of a statement that does not tell times, a 0 beside what is missing gives no total")
  func own() async throws {
    try await harvest(seconds: 10, at: "0.5")
    func totals(_ sql: String) throws -> [String] {
      let header = "/*\ncolumns: [{name: cost, type: money}]\ntotals: [cost]\n*/\n"
      return try ledger.make(ReportDefinition(name: "own", text: header + sql)).totals
    }
    #expect(try totals("SELECT '0' AS cost UNION ALL SELECT NULL") == ["cost –"])
    #expect(try totals("SELECT '0' AS cost, 7 AS cost_time UNION ALL SELECT NULL, 9") == ["cost 0"])
    #expect(try totals("SELECT '0' AS cost, 0 AS cost_time UNION ALL SELECT NULL, 9") == ["cost –"])
    #expect(try totals("SELECT '1' AS cost UNION ALL SELECT '-1' UNION ALL SELECT NULL") == ["cost 0"])
    #expect(try totals("SELECT '0' AS cost") == ["cost 0"])
    #expect(throws: ReportError.self) { try totals("SELECT '0' AS cost, 7 AS time") }
  }
}
