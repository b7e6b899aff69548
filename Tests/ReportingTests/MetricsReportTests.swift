import Reporting
import Runs
import Store
import TestSupport
import Testing

/// The gauges that monitoring scrapes, on the ledger made by hand.
@Suite struct MetricsReportTests {
  let made: HandMadeLedger
  var ledger: Ledger { made.ledger }

  init() async throws {
    made = try await HandMadeLedger()
  }

  @Test("every gauge has its number, and what is missing has no row")
  func gauges() throws {
    let report = try ledger.make("metrics", .everything)
    let lines = report.lines("metric", "unit", "source", "runner", "outcome", "value")
    #expect(
      lines.filter { $0.hasPrefix("runtally_period_runs ") || $0.contains("_cost") || $0.contains("duration") } == [
        // 0.0760095 of January and 0.00684 of February; s2 failed.
        "runtally_period_cost_eur | eur | production | Backup | – | 0.0828495",
        "runtally_period_cost_usd | usd | agents | gpu-1 | – | 0.0192",
        "runtally_period_run_duration_p50_seconds | seconds | agents | gpu-1 | – | 100",
        "runtally_period_run_duration_p50_seconds | seconds | production | Backup | – | 5400",
        "runtally_period_run_duration_p50_seconds | seconds | production | Search index | – | 60",
        "runtally_period_run_duration_p95_seconds | seconds | agents | gpu-1 | – | 100",
        "runtally_period_run_duration_p95_seconds | seconds | production | Backup | – | 28800",
        "runtally_period_run_duration_p95_seconds | seconds | production | Search index | – | 60",
        "runtally_period_runs | – | agents | gpu-1 | cancellation | 1",
        "runtally_period_runs | – | agents | gpu-1 | error | 1",
        "runtally_period_runs | – | agents | gpu-1 | success | 1",
        "runtally_period_runs | – | production | Backup | failure | 1",
        "runtally_period_runs | – | production | Backup | success | 3",
        "runtally_period_runs | – | production | Search index | success | 1",
        "runtally_period_runs | – | production | Search index | timeout | 1",
        "runtally_period_runs | – | production | Search index | unknown | 1",
        // The cancelled pod and the one that erred: 0.006 and 0.0012.
        "runtally_period_wasted_cost_eur | eur | production | Backup | – | 0.0002565",
        "runtally_period_wasted_cost_usd | usd | agents | gpu-1 | – | 0.0072",
      ])
    // The default is 30 days, and says so; January has another length.
    let ofThirtyDays = try ledger.make("metrics").lines("metric")
    #expect(ofThirtyDays.contains("runtally_30d_cost_eur"))
    #expect(ofThirtyDays.allSatisfy { !$0.contains("_period_") })
    let january = try ledger.make("metrics", month("2026-01")).lines("metric", "value")
    #expect(january.contains("runtally_period_start_timestamp_seconds | 1767222000"))
    #expect(january.contains("runtally_period_end_timestamp_seconds | 1769900400"))
    #expect(lines.contains("runtally_open_runs | – | production | Backup | – | 2"))
    #expect(lines.contains("runtally_period_unpriced_runs | – | production | Search index | – | 3"))
    #expect(lines.contains("runtally_period_failure_ratio | ratio | production | Backup | – | 0.25"))
    #expect(lines.contains("runtally_source_read_timestamp_seconds | seconds | production | – | – | 1770724800"))
  }

  @Test("names are those that readers accept, with the unit at the end, and each metric's rows stand together")
  func names() throws {
    let report = try ledger.make("metrics", .everything)
    var seen: [String] = []
    for line in report.lines("metric", "unit") {
      let parts = line.split(separator: " | ").map(String.init)
      #expect(parts[0].wholeMatch(of: /[a-z][a-z0-9_]*/) != nil)
      #expect(parts[1] == "–" || parts[0].hasSuffix("_" + parts[1]))
      if seen.last != parts[0] { seen.append(parts[0]) }
    }
    #expect(Set(seen).count == seen.count)
  }
}
