import Harvest
import Reporting
import Runs
import Store
import TestSupport
import Testing

/// An explanation is of the number that reports show, on any ledger.
@Suite struct ExplainEquationTests {
  @Test("every run's explanation ends in what the report runs says of it", arguments: 0..<12)
  func runs(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await Ledger.random(seed: 11_000 + seed, in: folder)
    let report = try ledger.make("runs", .everything)
    let names = [
      "source", "runner_id", "run_id", "outcome", "queue_seconds", "runtime_seconds", "billed_seconds", "cost",
      "price_assumed", "completed_at", "instance_type",
    ]
    let columns = names.map(report.column)
    var months: [Month: Money] = [:]
    try ledger.read { snapshot in
      for row in report.rows.indices {
        let values = Dictionary(uniqueKeysWithValues: zip(names, columns.map { $0[row] }))
        func text(_ name: String) -> String { values[name]?.plain ?? "" }
        let run = try snapshot.explain(
          run: text("run_id"), runners: [text("runner_id")], sources: [text("source")], vendors: Vendors.all.vendors)
        let cost = run.cost
        #expect(.text(run.state.outcome.word) == values["outcome"])
        #expect(Value(run.queue.counted) == values["queue_seconds"])
        #expect(Value(run.runtime.counted) == values["runtime_seconds"])
        #expect(Value(run.state.endedAt) == values["completed_at"])
        #expect(Value(run.instanceType) == values["instance_type"])
        #expect(Value(cost.total?.description) == values["cost"], "\(run.run)")
        // What never started bills nothing, and there is nothing to guess.
        let hasStarted = run.state.startedAt != nil
        let billed = cost.slices.map(\.billed).reduce(0, +)
        #expect((hasStarted ? .integer(billed) : .null) == values["billed_seconds"])
        #expect(cost.added == (hasStarted ? billed - (run.runtime.counted ?? 0) : 0))
        let isAssumed = cost.slices.contains { !$0.assumptions.isEmpty }
        #expect((hasStarted ? Value(isAssumed) : .null) == values["price_assumed"], "\(run.run)")
        #expect(try cost.slices.compactMap(\.cost).reduce(Money.zero) { try $0.adding($1) } == cost.total ?? .zero)
        for share in cost.months {
          months[share.month] = try (months[share.month] ?? .zero).adding(share.cost ?? .zero)
        }
        if case .changed = run.outcomeRule { Issue.record("\(run.run): its rule would say otherwise") }
      }
    }

    let monthly = try ledger.make("monthly-cost", .everything)
    var expected: [Month: Money] = [:]
    for (month, cost) in zip(monthly.lines("month"), monthly.lines("cost")) where cost != "–" {
      let month = try #require(Month(month))
      expected[month] = try (expected[month] ?? .zero).adding(Money(cost))
    }
    #expect(months.filter { $0.value != .zero } == expected.filter { $0.value != .zero })
  }

  @Test("what open runs accrued adds up to what monthly-cost says", arguments: 0..<12)
  func accrued(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await Ledger.random(seed: 12_000 + seed, in: folder)
    let open = try ledger.values(
      """
      SELECT runner_detail.source, runner_external_id, external_id
      FROM run JOIN runner_detail USING (runner_id) WHERE ended_at IS NULL
      """)
    var sum = Money.zero
    try ledger.read { snapshot in
      for run in open {
        let cost = try snapshot.explain(
          run: run[2].plain, runners: [run[1].plain], sources: [run[0].plain], vendors: Vendors.all.vendors
        ).cost
        if case .whole = cost.basis { Issue.record("an open run is not finished") }
        sum = try sum.adding(cost.total ?? .zero)
      }
    }
    let report = try ledger.make("monthly-cost", .everything)
    let accrued = try report.lines("accrued_cost").filter { $0 != "–" }.reduce(Money.zero) { try $0.adding(Money($1)) }
    #expect(sum == accrued)
  }
}
