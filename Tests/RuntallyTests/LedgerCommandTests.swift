import Foundation
import Testing

/// `runtally backup`, `verify` and `status`.
@Suite struct LedgerCommandTests {
  @Test("a backup is one sound file that answers as the ledger does")
  func backup() async throws {
    let place = try await Workplace.withDocumentedRuns()
    #expect(
      try await place.run("backup", "copy.sqlite")
        == Finished(exitCode: 0, out: "", err: "backed up to copy.sqlite\n"))
    #expect(place.files().filter { !$0.hasPrefix("bodies/") } == ["copy.sqlite", "runtally.sqlite"])
    #expect(
      try await place.run("verify", "--database", "copy.sqlite").err
        == "copy.sqlite is sound: 2 runs, 2 lines of tally agree with them\n")
    let report = ["report", "runs", "--month", "2026-01", "--format", "json"].joined(separator: " ")
    let (own, copied) = (
      try await place.shell("runtally \(report)"), try await place.shell("runtally \(report) --database copy.sqlite")
    )
    #expect(own == copied)
  }

  @Test("a backup opens in a plain SQL shell", .enabled(if: Tool.sqlite3.isThere, "sqlite3 is not installed"))
  func plainShell() async throws {
    let place = try await Workplace.withDocumentedRuns()
    _ = try await place.run("backup", "copy.sqlite")
    let finished = try await place.shell(
      "sqlite3 copy.sqlite 'SELECT runner, outcome, local_day, runtime_seconds FROM run_detail ORDER BY local_day'")
    #expect(
      finished
        == Finished(
          exitCode: 0,
          out: "Database Backup|failure|2026-01-14|135.0\nDatabase Backup|success|2026-01-15|270.0\n", err: ""))
  }

  @Test("a backup never takes another file's place")
  func occupied() async throws {
    let place = try await Workplace.withDocumentedRuns()
    try place.write("mine", to: "copy.sqlite")
    #expect(
      try await place.run("backup", "copy.sqlite")
        == Finished(
          exitCode: 1, out: "",
          err: "runtally: copy.sqlite is there already, and a backup never takes another's place; name a new file\n"))
    #expect(try place.read("copy.sqlite") == "mine")
    let before = place.files()
    #expect(try await place.run("backup", "nowhere/copy.sqlite").exitCode == 1)
    #expect(place.files() == before)
  }

  @Test(
    "verify finds a tally that does not agree with the runs",
    .enabled(if: Tool.sqlite3.isThere, "sqlite3 is not installed"))
  func unsound() async throws {
    let place = try await Workplace.withDocumentedRuns()
    _ = try await place.shell("sqlite3 runtally.sqlite 'UPDATE run_day SET billed = billed + 1 WHERE outcome = 2'")
    let finished = try await place.run("verify")
    #expect(finished.exitCode == 2)
    #expect(finished.out == "")
    #expect(finished.err.contains("2026-01-15"))
    #expect(
      finished.err.hasSuffix(
        "\nruntally: runtally.sqlite is not sound; restore a backup, or harvest into a new ledger\n"))
  }

  @Test("a source that was read long ago is stale, which ends with 2; a limit beyond it is not")
  func status() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let stale = try await place.run("status", "--format", "csv")
    #expect(stale.exitCode == 2)
    let row = stale.out.split(separator: "\r\n").last?.split(separator: ",", omittingEmptySubsequences: false)
    #expect(row?.prefix(4).joined(separator: ",") == "production,nodion,1,2")
    #expect(row?.dropFirst(4).prefix(2).allSatisfy { $0 == "2026-02-01T06:00:00.000Z" } == true)
    #expect(row?.last == "true")
    #expect(
      stale.err == "runtally.sqlite, days and months in UTC\nruntally: stale: production; run `runtally harvest`\n")
    let fresh = try await place.run("status", "--format", "csv", "--stale-after", "10000000")
    #expect(fresh.exitCode == 0)
    #expect(fresh.out.hasSuffix(",false\r\n"))
    #expect(fresh.err == "runtally.sqlite, days and months in UTC\n")
  }

  @Test("an open run names its month, and its cost so far is apart")
  func openMonth() async throws {
    let place = try Workplace()
    let open = """
      {"id": "open", "status": "running", "exit_code": null, "created_at": "2026-01-31T23:00:00Z",
      "started_at": "2026-01-31T23:00:00Z", "completed_at": null, "updated_at": "2026-01-31T23:00:00Z"}
      """
    try place.writeBodies(runs: [Bodies.runnerID: [open]])
    _ = try await place.importBodies()
    let status = try await place.run("status", "--format", "csv", "--stale-after", "10000000")
    #expect(status.err == "runtally.sqlite, days and months in UTC\nmonths with runs still open: 2026-01\n")
    let answer = try await place.run("report", "monthly-cost", "--all", "--format", "jsonl").out
    // One hour in January, six in February, at 0.0000019 a second.
    #expect(answer.contains("\"accrued_cost\":\"0.00684\""))
    #expect(answer.contains("\"accrued_cost\":\"0.04104\""))
    #expect(!answer.contains("\"state\":\"final\""))
  }

  @Test("reports lists every report with its question, and a report's columns")
  func reports() async throws {
    let place = try Workplace()
    let list = try await place.run("reports", "--format", "csv")
    #expect(list.exitCode == 0)
    let names = list.out.split(separator: "\r\n").dropFirst().compactMap { $0.split(separator: ",").first }
    #expect(
      names == [
        "summary", "monthly-cost", "corrections", "charges", "failure-trend", "durations", "regressions", "waste",
        "forecast", "runs", "runners", "fleet", "metrics", "coverage", "prices",
      ])
    for name in names.map(String.init) {
      let columns = try await place.run("reports", name, "--format", "csv").out.split(separator: "\r\n").dropFirst()
        .compactMap { $0.split(separator: ",").first.map(String.init) }
      #expect(columns == LedgerCommandTests.columns[name], "\(name)")
    }
  }

  /// Only ever appended to.
  private static let columns = [
    "summary": """
    state, state_reason, runs, runs_before, cost, cost_before, cost_change, cost_change_share, wasted_cost, \
    wasted_share, rated_runs, failed, failure_rate, failure_rate_low, failure_rate_high, failure_rate_before, \
    failure_rate_p, unpriced_runs, open_runs, accrued_cost, currency, budget, budget_share
    """,
    "monthly-cost": """
    month, state, source, runner, runner_id, instance_type, price_second, price_assumed, runs, runtime_seconds, \
    billed_seconds, cost, wasted_cost, unpriced_runs, open_runs, accrued_cost, currency, label
    """,
    "corrections": """
    month, discovered, source, runner, runner_id, instance_type, price_second, price_assumed, runs, runtime_seconds, \
    billed_seconds, cost, wasted_cost, unpriced_runs, currency
    """,
    "charges": """
    month, day, source, runner, runner_id, run_id, outcome, instance_type, price_second, price_assumed, from_at, \
    to_at, billed_seconds, cost, currency
    """,
    "failure-trend": """
    period, source, runner, runner_id, instance_type, rated_runs, successes, failures, errors, timeouts, \
    cancellations, skips, unknown, failed, failure_rate, failure_rate_low, failure_rate_high, change_p, failure_rate_before
    """,
    "durations": """
    source, runner, runner_id, instance_type, runs, duration_min_seconds, duration_p50_seconds, \
    duration_p90_seconds, duration_p95_seconds, duration_p99_seconds, duration_max_seconds, duration_mean_seconds, \
    queue_p50_seconds, queue_p95_seconds
    """,
    "regressions": """
    source, runner, runner_id, measure, direction, changed_on, runs_before, runs_after, failure_rate_before, \
    failure_rate_after, failure_rate_change_low, failure_rate_change_high, duration_p50_before_seconds, \
    duration_p50_after_seconds, p, p_adjusted, tested
    """,
    "waste": """
    source, runner, runner_id, runs, wasted_runs, wasted_seconds, cost, wasted_cost, wasted_share, successes, \
    cost_per_success, currency
    """,
    "forecast": """
    month, source, cost_so_far, days_left, forecast_cost, forecast_low, forecast_high, history_days, currency
    """,
    "runs": """
    source, runner, runner_id, run_id, status, outcome, outcome_inferred, exit_code, created_at, started_at, \
    completed_at, queue_seconds, runtime_seconds, billed_seconds, timeout_seconds, instance_type, region, cost, \
    currency, price_assumed
    """,
    "runners": """
    source, runner, runner_id, last_outcome, last_run_at, runs, failed, failure_rate, duration_p95_seconds, cost, \
    currency
    """,
    "metrics": "metric, unit, help, source, runner, runner_id, outcome, value",
    "fleet": """
    source, runner, runner_id, kind, status, online, last_seen_at, active, capacity, utilisation, availability, \
    version, missing_since
    """,
    "coverage": "source, resource, harvested_at, complete, rows, claimed, note",
    "prices": """
    source, runner, runner_id, instance_type, price_second, currency, origin, entry, written_in, valid_from, \
    valid_until, assumed_since, entered_at, superseded_at, runs, billed_seconds, state, price_id
    """,
  ].mapValues { $0.replacing(" ", with: "").split(separator: ",").map(String.init) }
}
