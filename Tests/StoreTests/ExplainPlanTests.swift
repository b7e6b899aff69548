import Runs
import SQLFiles
import TestSupport
import Testing

@testable import Store

/// What is asked beside a report, or for one run, never walks over all runs.
@Suite struct ExplainPlanTests {
  private static let queries: [Query] = [
    .selectListCounts, .selectUnreadSources, .selectRefusals, .selectRoundLists, .selectSettledUntil,
    .selectMissingRunners, .selectSilentRunners, .selectOpenRunNames, .selectNegativeTimes, .selectTallyQuality,
    .selectFirstOpenStart, .selectRunsBetween, .selectRunReference, .selectExplainedRun, .selectRunStates,
    .selectRunSeen, .selectToldState, .selectSettledRuns, .selectSettledNames, .selectRunSettlements,
    .selectSettlements,
    .selectHoldingRunCount, .selectProvisionalReason,
  ]

  @Test("a statement touches runs through their id, or an index that few are in", arguments: queries)
  func plans(query: Query) throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    let steps = try ledger.read { snapshot in
      try snapshot.select(runners: [], sources: [])
      try snapshot.select(
        SelectedPeriod(from: day("2026-01-01"), to: day("2026-02-01"), asOf: instant("2026-02-01T00:00:00Z")))
      var steps: [String] = []
      try snapshot.rows(of: "EXPLAIN QUERY PLAN " + query.sql, named: "plan") { steps.append($0[3].plain) }
      return steps
    }
    #expect(!steps.isEmpty)
    let few = ["run_open", "run_contradictory"]
    for step in steps where step.hasPrefix("SCAN run ") || step == "SCAN run" || step.hasPrefix("SCAN run_version") {
      #expect(few.contains { step.contains("INDEX \($0)") }, "\(step)")
    }
    // The tally is read by days.
    #expect(!steps.contains { $0.hasPrefix("SCAN run_day") })
  }
}
