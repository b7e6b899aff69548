import Reporting
import Runs
import SQLFiles
import Store
import Testing

/// How each report finds its rows, so that what it costs grows with its answer and not with the ledger.
@Suite struct PlanTests {
  private static let names = ReportFiles.all.map(\.name)

  /// Reports that list runs; all others read what the ledger has added up.
  private static let lists: Set = ["charges", "charges-focus", "runs", "runs-junit"]

  /// The steps of all statements of a report, as SQLite plans them.
  private func plan(of name: String) async throws -> [String] {
    let made = try await HandMadeLedger()
    let text = try #require(ReportFiles.all.first { $0.name == name }?.text)
    let definition = try ReportDefinition(name: name, text: text)
    return try [definition.groupSQL, definition.sql].compactMap(\.self).flatMap { sql in
      try made.ledger.make(ReportDefinition(name: "plan", text: "EXPLAIN QUERY PLAN " + sql)).rows
        .compactMap { row in if case .text(let detail) = row.last { detail } else { nil } }
    }
  }

  /// The steps that read a table.
  private func steps(_ plan: [String], reading table: String) -> [String] {
    plan.filter { $0.hasPrefix("SCAN \(table) ") || $0 == "SCAN \(table)" || $0.hasPrefix("SEARCH \(table) ") }
  }

  @Test("no report walks over all runs or over all versions of them", arguments: names)
  func neverAll(name: String) async throws {
    let plan = try await plan(of: name)
    #expect(!plan.isEmpty)
    for step in steps(plan, reading: "run") where step.hasPrefix("SCAN") {
      // Few runs are open.
      #expect(step.contains("INDEX run_open"), "\(step)")
    }
    #expect(steps(plan, reading: "run_version") == [])
  }

  @Test("a report that lists runs finds each runner's by their end", arguments: lists.sorted())
  func listing(name: String) async throws {
    let found = steps(try await plan(of: name), reading: "run")
    #expect(!found.isEmpty)
    for step in found {
      #expect(step.hasPrefix("SEARCH run USING INDEX run_by_end (runner_id=? AND ended_at>?"), "\(step)")
    }
  }

  @Test(
    "a report that counts looks no run up but the newest, open ones and single ones",
    arguments: names.filter { !lists.contains($0) })
  func counting(name: String) async throws {
    let allowed = [
      "INTEGER PRIMARY KEY (rowid=?)", "run_by_end (runner_id=? AND ended_at<?)", "run_open",
      "run_by_end (runner_id=?)",
    ]
    for step in steps(try await plan(of: name), reading: "run") {
      #expect(allowed.contains { step.contains($0) }, "\(step)")
    }
  }

  @Test("lines of closed months are found by their month", arguments: ["summary", "monthly-cost"])
  func closings(name: String) async throws {
    let byMonth = "SEARCH closing_line USING INDEX closing_line_by_month (month=? AND closing_id=?)"
    let steps = steps(try await plan(of: name), reading: "closing_line")
    #expect(steps.contains(byMonth))
    // What changed since the closings is found by holding all of their lines against the tally.
    #expect(name == "summary" || steps == [byMonth])
  }

  @Test("durations come from the packed times of the days of each runner")
  func durations() async throws {
    let plan = try await plan(of: "durations")
    #expect(
      steps(plan, reading: "run_day_times") == [
        "SEARCH run_day_times USING PRIMARY KEY (runner_id=? AND day>? AND day<?)"
      ])
    #expect(
      steps(plan, reading: "run_month_times") == [
        "SEARCH run_month_times USING PRIMARY KEY (runner_id=? AND month=?)"
      ])
    #expect(steps(plan, reading: "run") == [])
  }

  @Test(
    "no report walks over a whole level of the tally: each line is found by its day or month",
    arguments: names.filter { $0 != "prices" })
  func tally(name: String) async throws {
    let plan = try await plan(of: name)
    for (table, time) in [("run_day", "day"), ("run_month", "month"), ("source_day", "day"), ("source_month", "month")]
    {
      for step in steps(plan, reading: table) {
        #expect(step.hasPrefix("SEARCH \(table) USING PRIMARY KEY (\(time)"), "\(step)")
      }
    }
  }

  @Test(
    "reports over whole months read months of the tally",
    arguments: [
      "monthly-cost", "summary", "waste", "runners", "metrics", "failure-trend", "corrections", "runners-junit",
    ])
  func months(name: String) async throws {
    #expect(try await !steps(plan(of: name), reading: "run_month").isEmpty)
  }
}
