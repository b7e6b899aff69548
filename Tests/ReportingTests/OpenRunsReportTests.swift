import Reporting
import Runs
import Store
import TestSupport
import Testing

/// Runs that have not ended: their own report, where they count elsewhere, and what rulings on them are told by.
@Suite struct OpenRunsReportTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  /// Seen last on 10 February: a run of January that vanished, one of the month's end, one that has not started.
  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
    let runner = make(runner: "backup", timeout: nil, type: try make(type: "small", price: "0.001"))
    try await ledger.harvest(VendorAnswer([runner]), at: "2026-01-01T00:00:00Z")
    let gone = try make(openRun: "gone", started: "2026-01-20T00:00:00Z")
    try await ledger.harvest(VendorAnswer(of: runner, gone), at: "2026-01-21T00:00:00Z")
    try await ledger.harvest(
      VendorAnswer(
        of: runner, make(openRun: "over", started: "2026-01-31T23:59:00Z"),
        make(openRun: "waiting", started: nil, created: "2026-02-09T00:00:00Z")),
      at: "2026-02-10T00:00:00Z")
  }

  private func month(_ text: String) throws -> ReportRequest {
    ReportRequest(period: .month(try #require(Month(text))))
  }

  @Test("open runs are listed from the oldest on, with their last sign of life and the month that they hold open")
  func list() throws {
    let report = try ledger.make("open-runs")
    #expect(
      report.lines("run_id", "status", "age_seconds", "currency", "held_month") == [
        "gone | running | 1814400 | EUR | 2026-01", "over | running | 777660 | EUR | 2026-01",
        "waiting | pending | 86400 | EUR | –",
      ])
    let seen = try ["2026-01-21", "2026-02-10", "2026-02-10"].map { Value(try instant($0 + "T00:00:00Z")) }
    #expect(report.column("last_seen_at") == seen)
    #expect(report.column("missing_since") == [Value(try instant("2026-02-10T00:00:00Z")), .null, .null])
    #expect(report.column("billed_seconds").dropFirst() == [.integer(777_660_000), .null])
    #expect(report.column("cost").dropFirst() == [.text("777.66"), .null])
    #expect(try ledger.make("open-runs", ReportRequest(runners: ["backup"])).rows == report.rows)
  }

  @Test("where a month is closed, a run that started holds the next one open")
  func closed() throws {
    _ = try ledger.closeMonth(#require(Month("2026-01")), force: true, now: instant("2026-02-10T01:00:00Z"))
    #expect(
      try ledger.make("open-runs").lines("run_id", "held_month") == [
        "gone | 2026-02", "over | 2026-02", "waiting | –",
      ])
  }

  @Test("a run counts in every month in which it used time, and once in a period; accrued costs are of these runs")
  func counted() throws {
    let months = try ledger.make("monthly-cost", ReportRequest(period: .all, runners: ["backup"], groupBy: ["source"]))
    #expect(months.lines("month", "open_runs").first == "2026-01 | 2")
    for (count, amount) in zip(months.column("open_runs"), months.column("accrued_cost")) {
      #expect(count != .integer(0) || amount == .text("0"))
    }
    #expect(try ledger.make("summary", ReportRequest(period: .all)).lines("open_runs") == ["3"])
    #expect(try ledger.make("summary", month("2026-01")).lines("open_runs") == ["2"])
    for report in ["monthly-cost", "summary"] {
      let notes = try ledger.make(report, month("2026-01")).summary.coverage.notes
      #expect(
        notes.contains(
          "2 runs still open in the period: production gone of Backup, production over of Backup (report open-runs)"),
        "\(notes)")
    }
    // Of December nothing is open.
    let before = try ledger.make("summary", month("2025-12"))
    #expect(before.lines("open_runs") == ["0"])
    #expect(!before.summary.coverage.notes.contains { $0.contains("still open") })
  }

  @Test("of many open runs the three oldest are named")
  func many() async throws {
    let runs = try (10..<15).map { try make(openRun: "run-\($0)", started: "2026-02-11T00:00:\($0)Z") }
    try await ledger.harvest(
      VendorAnswer([make(runner: "backup", timeout: nil)], runs: ["backup": runs]), at: "2026-02-12T00:00:00Z")
    let report = try ledger.make("summary", month("2026-02"))
    let reason = try #require(report.lines("state_reason").first)
    #expect(
      reason.hasSuffix(
        "7 runs from before its end are still open: production gone of Backup, production over of Backup, "
          + "production run-10 of Backup and 4 more"))
  }

  @Test("a report says which runs of its period ended by a ruling, and why")
  func settled() throws {
    _ = try ledger.settle(
      run: "gone", source: "production", runners: ["backup"], as: .neverEnded, by: "ops", because: "the host was gone",
      now: instant("2026-02-10T01:00:00Z"))
    let note = "1 run ended by a ruling: production gone of Backup (the host was gone)"
    #expect(try ledger.make("runs", month("2026-01")).summary.coverage.notes.contains(note))
    #expect(try !ledger.make("runs", month("2026-02")).summary.coverage.notes.contains(note))
    #expect(try ledger.make("open-runs").lines("run_id") == ["over", "waiting"])
    #expect(
      try ledger.make("runs", month("2026-01")).lines("run_id", "status", "outcome", "cost") == [
        "gone | running | unknown | 86.4"
      ])
  }
}
