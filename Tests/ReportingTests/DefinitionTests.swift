import Runs
import SQLFiles
import Store
import TestSupport
import Testing

@testable import Reporting

/// The built-in definitions: registered, readable, and true to what their statements give.
@Suite struct DefinitionTests {
  /// The columns that users build upon, in order: only ever appended to.
  static let columns: [(String, String)] = [
    (
      "summary",
      """
      state, state_reason, runs, runs_before, cost, cost_before, cost_change, cost_change_share, wasted_cost, \
      wasted_share, rated_runs, failed, failure_rate, failure_rate_low, failure_rate_high, failure_rate_before, \
      failure_rate_p, unpriced_runs, open_runs, accrued_cost, currency, budget, budget_share, \
      corrected_months, corrected_cost
      """
    ),
    (
      "monthly-cost",
      """
      month, state, source, runner, runner_id, instance_type, price_second, price_assumed, runs, runtime_seconds, \
      billed_seconds, cost, wasted_cost, unpriced_runs, open_runs, accrued_cost, currency, label, \
      second_label
      """
    ),
    (
      "corrections",
      """
      month, discovered, source, runner, runner_id, instance_type, price_second, price_assumed, runs, runtime_seconds, \
      billed_seconds, cost, wasted_cost, unpriced_runs, currency, label, second_label
      """
    ),
    (
      "charges",
      """
      month, day, source, runner, runner_id, run_id, outcome, instance_type, price_second, price_assumed, from_at, \
      to_at, billed_seconds, cost, currency, label, second_label
      """
    ),
    (
      "failure-trend",
      """
      period, source, runner, runner_id, instance_type, rated_runs, successes, failures, errors, timeouts, \
      cancellations, skips, unknown, failed, failure_rate, failure_rate_low, failure_rate_high, change_p, failure_rate_before
      """
    ),
    (
      "durations",
      """
      source, runner, runner_id, instance_type, runs, duration_min_seconds, duration_p50_seconds, \
      duration_p90_seconds, duration_p95_seconds, duration_p99_seconds, duration_max_seconds, duration_mean_seconds, \
      queue_p50_seconds, queue_p95_seconds
      """
    ),
    (
      "regressions",
      """
      source, runner, runner_id, measure, direction, changed_on, runs_before, runs_after, failure_rate_before, \
      failure_rate_after, failure_rate_change_low, failure_rate_change_high, duration_p50_before_seconds, \
      duration_p50_after_seconds, p, p_adjusted, tested, verdict, because
      """
    ),
    (
      "waste",
      """
      source, runner, runner_id, runs, wasted_runs, wasted_seconds, cost, wasted_cost, wasted_share, successes, \
      cost_per_success, currency, instance_type, label, second_label
      """
    ),
    (
      "forecast",
      """
      month, source, cost_so_far, days_left, forecast_cost, forecast_low, forecast_high, history_days, \
      currency, because
      """
    ),
    (
      "runs",
      """
      source, runner, runner_id, run_id, status, outcome, outcome_inferred, exit_code, created_at, started_at, \
      completed_at, queue_seconds, runtime_seconds, billed_seconds, timeout_seconds, instance_type, region, cost, \
      currency, price_assumed
      """
    ),
    (
      "runners",
      """
      source, runner, runner_id, last_outcome, last_run_at, runs, failed, failure_rate, duration_p95_seconds, cost, \
      currency
      """
    ),
    (
      "open-runs",
      """
      source, runner, runner_id, run_id, status, began_at, created_at, started_at, last_seen_at, open_until, \
      age_seconds, billed_seconds, cost, currency, price_assumed, held_month, missing_since
      """
    ),
    (
      "fleet",
      """
      source, runner, runner_id, kind, status, online, last_seen_at, active, capacity, utilisation, availability, \
      version, missing_since
      """
    ),
    ("metrics", "metric, unit, help, source, runner, runner_id, outcome, value"),
    ("coverage", "source, resource, harvested_at, complete, rows, claimed, note"),
    (
      "prices",
      """
      source, runner, runner_id, instance_type, price_second, currency, origin, entry, written_in, valid_from, \
      valid_until, assumed_since, entered_at, superseded_at, runs, billed_seconds, state, price_id
      """
    ),
  ]

  /// Reports whose meaning has changed since their first version.
  private static let versions = [
    "charges": 2, "charges-focus": 2, "corrections": 2, "durations": 2, "failure-trend": 2, "fleet": 2, "forecast": 3,
    "metrics": 3, "monthly-cost": 2, "prices": 2, "regressions": 2, "runners": 2, "summary": 2, "waste": 2,
  ]

  private static func definitions() throws -> [ReportDefinition] {
    try ReportFiles.all.map { try ReportDefinition(name: $0.name, text: $0.text) }
  }

  @Test("the reports that are listed have the columns that were promised, in order", arguments: columns.indices)
  func promisedColumns(index: Int) throws {
    let (name, columns) = DefinitionTests.columns[index]
    #expect(try ReportCatalog.builtIn().map(\.name) == DefinitionTests.columns.map(\.0))
    #expect(
      try ReportCatalog.definition(named: name).columns?.map(\.name).joined(separator: ", ") == columns)
  }

  @Test("every definition says what it asks, what it gives and what each column means")
  func described() throws {
    for definition in try DefinitionTests.definitions() {
      #expect(!definition.title.isEmpty && definition.question.hasSuffix("?"), "\(definition.name)")
      #expect(definition.schemaVersion == DefinitionTests.versions[definition.name] ?? 1, "\(definition.name)")
      #expect(definition.sort.isEmpty == (definition.formatOf != nil), "\(definition.name)")
      let columns = try #require(definition.columns) + definition.groupColumns
      for column in columns { #expect(!column.description.isEmpty, "\(definition.name), \(column.name)") }
    }
  }

  @Test("a report says that it prints closings just where its statement reads them")
  func printsClosings() throws {
    for definition in try DefinitionTests.definitions() {
      #expect(
        definition.printsClosings == definition.sql.contains(/\b(printed_line|closed_line|correction)\b/),
        "\(definition.name)")
    }
  }

  @Test("every statement gives the columns of its header, on a ledger that was harvested and is empty")
  func statementsGiveTheirColumns() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    try await ledger.harvest(VendorAnswer([]), at: "2026-01-16T00:00:00Z")
    for definition in try DefinitionTests.definitions() {
      let made = try ledger.make(definition)
      let grouping = try Grouping([], definition.groupBy, labelKeys: [])
      #expect(made.head.columns == definition.grouped(by: grouping).definition.columns, "\(definition.name)")
      // The visit and, as gauges, that it was made and the ends of the period.
      let rows = ["coverage": 1, "metrics": 3][definition.name] ?? 0
      #expect(made.collector.events == [.begin] + Array(repeating: .row, count: rows) + [.end])
    }
  }

  @Test("rows come in the order of the declared sort key")
  func sorted() async throws {
    let ledger = try await HandMadeLedger().ledger
    for definition in try ReportCatalog.builtIn() {
      let made = try ledger.make(definition, definition.everything)
      // A column that groups by something else is no part of the rows.
      let keys = definition.sort.compactMap { key in
        made.columns.firstIndex(of: key.column).map { (index: $0, isDescending: key.isDescending) }
      }
      #expect(!keys.isEmpty || definition.sort.isEmpty, "\(definition.name)")
      // Forty days of a handful of runs are too few to tell a change, and no month of them is closed; the own tests of
      // these reports have their order.
      #expect(made.rows.count > 1 || ["regressions", "corrections"].contains(definition.name))
      for (row, next) in zip(made.rows, made.rows.dropFirst()) {
        if let first = keys.first(where: { row[$0.index] != next[$0.index] }) {
          let (earlier, later) = first.isDescending ? (next, row) : (row, next)
          #expect(rank(earlier[first.index]) < rank(later[first.index]), "\(definition.name): \(row) before \(next)")
        } else {
          Issue.record("\(definition.name): two rows with one sort key")
        }
      }
    }
  }

  /// Nulls first, then numbers, then texts, prices as numbers: as SQLite sorts.
  private func rank(_ value: Value) -> (Int, Double, String) {
    switch value {
    case .null: (0, 0, "")
    case .integer(let integer): (1, Double(integer), "")
    case .real(let real): (1, real, "")
    case .text(let text): Double(text).map { (1, $0, "") } ?? (2, 0, text)
    }
  }

  @Test("what a definition lays out on a screen are columns of its own")
  func layouts() throws {
    #expect(
      try ReportCatalog.definition(named: "failure-trend").layout == [
        .init(title: "runner", content: .column("runner")),
        .init(title: "instance type", content: .column("instance_type"), missing: "none"),
        .init(title: "period", content: .column("period")), .init(title: "source", content: .column("source")),
        .init(title: "rate", content: .column("failure_rate")),
        .init(
          title: "change", content: .change(probability: "change_p", from: "failure_rate_before", to: "failure_rate")),
        .init(title: "95 % interval", content: .interval(low: "failure_rate_low", high: "failure_rate_high")),
        .init(title: "runs", content: .column("rated_runs")), .init(title: "failed", content: .column("failed")),
      ])
  }

  @Test("a format with a shape of its own has its own definition, the others share one")
  func formats() throws {
    #expect(try ReportCatalog.definition(named: "runs", format: "junit").name == "runs-junit")
    #expect(try ReportCatalog.definition(named: "runners", format: "junit").name == "runners-junit")
    #expect(try ReportCatalog.definition(named: "runs", format: "csv").name == "runs")
    #expect(
      throws: ReportError.unknownChoice(
        parameter: "format", value: "junit", choices: ["table", "csv", "json", "jsonl", "markdown", "html", "xlsx"])
    ) { try ReportCatalog.definition(named: "durations", format: "junit") }
  }

  @Test("a report that nobody wrote is refused, with those that are near")
  func unknownReport() {
    let error = #expect(throws: ReportError.self) { try ReportCatalog.definition(named: "montly-cost") }
    #expect(error == .unknownReport("montly-cost", near: ["monthly-cost"]))
    #expect(throws: ReportError.self) { try ReportCatalog.definition(named: "runs-junit") }
    #expect(
      "\(ReportError.unknownReport("run", near: ["runs", "runners"]))"
        == "there is no report \"run\"; did you mean \"runs\" or \"runners\"?")
  }
}
