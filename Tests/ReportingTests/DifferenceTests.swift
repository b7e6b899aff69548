import Reporting
import Runs
import Store
import TestSupport
import Testing

/// Which rows of a report changed between two events, and why.
@Suite struct DifferenceTests {
  private func lines(_ difference: ReportDifference, _ names: String...) -> [String] {
    func words(_ values: [Value]?) -> String {
      guard let values else { return "none" }
      return names.map { name in
        difference.columns.firstIndex { $0.name == name }.map { values[$0].plain } ?? "?"
      }.joined(separator: " ")
    }
    return difference.rows.map { "\(words($0.before)) → \(words($0.after)): \($0.why)" }
  }

  @Test("rows say late runs, rewritten runs, prices and closings; rows that are new or gone stand where they belong")
  func reasons() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    let runners = [make(runner: "backup"), make(runner: "index")]
    // 270 s at 0.0000019 each.
    let first = try ["backup": [make(run: "a")], "index": [make(run: "i")]]
    try await ledger.harvest(VendorAnswer(runners, runs: first), at: "2026-02-01T12:00:00Z")
    // One more run of 270 s, and one that failed after 100 s instead.
    let second = try [
      "backup": [make(run: "a"), make(run: "b")],
      "index": [make(run: "i", "failed", completed: "2026-01-15T10:01:40Z", exit: 1)],
    ]
    try await ledger.harvest(VendorAnswer(runners, runs: second), at: "2026-02-02T12:00:00Z")
    try ledger.applyPrices(.configured(make(price: "0.01", for: "index")), now: instant("2026-02-03T12:00:00Z"))
    _ = try ledger.closeMonth(Month(year: 2026, month: 1), now: instant("2026-02-04T12:00:00Z"))
    let definition = try ReportCatalog.definition(named: "monthly-cost")
    func difference(_ from: Int64, _ to: Int64) throws -> ReportDifference {
      let reporter = Reporter(ledger: try ledger.past(.event(to)), generator: "runtally 0.1.0")
      return try reporter.difference(since: ledger.past(.event(from)), definition, month("2026-01"))
    }
    #expect(
      try lines(difference(1, 2), "runner_id", "runs", "cost") == [
        "backup 1 0.000513 → backup 2 0.001026: 1 late run",
        "index 1 0.000513 → index 1 0.00019: 1 rewritten run",
      ])
    // Another price is another row.
    #expect(
      try lines(difference(2, 3), "runner_id", "price_second", "cost") == [
        "index 0.0000019 0.00019 → none: 1 price", "none → index 0.01 1: 1 price",
      ])
    #expect(
      try lines(difference(3, 4), "runner_id", "state") == [
        "backup final → backup closed: 2026-01 was closed", "index final → index closed: 2026-01 was closed",
      ])
    #expect(try difference(3, 3).rows.isEmpty)
    #expect(try difference(1, 2).shown.contains("cost"))
    #expect(try !difference(1, 2).shown.contains("unpriced_runs"))
  }
}
