import Reporting
import Runs
import Store
import TestSupport
import Testing

/// Reports and explanations as of earlier events: what was printed then, and nothing else.
@Suite struct PastReportTests {
  /// All that is printed of one report.
  private struct Print: Equatable {
    var head: ReportHead
    var groups: [[Value]]
    var groupOfRow: [Int]
    var rows: [[Value]]
    var summary: ReportSummary

    init(_ made: Made) {
      (head, summary) = (made.head, made.summary)
      (groups, groupOfRow, rows) = (made.collector.groups, made.collector.groupOfRow, made.collector.rows)
    }
  }

  private struct Everything: Equatable {
    var reports: [String: Print] = [:]
    var errors: [String: String] = [:]
    var months: [String: MonthExplanation] = [:]
    var runners: [String: RunnerExplanation] = [:]
    var runs: [String: RunExplanation] = [:]
  }

  private static let definitions: [ReportDefinition] =
    ((try? ReportCatalog.builtIn()) ?? [])
    + [("charges", "focus"), ("runs", "junit"), ("runners", "junit")].compactMap {
      try? ReportCatalog.definition(named: $0.0, format: $0.1)
    }
  private static let labels = [
    RunnerLabel(source: "*", runner: "Ba*", key: "team", value: "core"),
    RunnerLabel(source: "cloud", runner: "*", key: "team", value: "post"),
  ]

  /// Every report with all that it can tell, by labels too where it groups by them, costs also of the usual month and in
  /// another zone, and what explains them.
  private func everything(_ ledger: Ledger, elsewhere: ZoneRules) throws -> Everything {
    var all = Everything()
    let given = ReportSettings(labels: PastReportTests.labels)
    for definition in PastReportTests.definitions {
      var requests = ["all": definition.everything]
      if definition.groupBy?.values.contains("label") ?? false {
        requests["by label"] = definition.everything
        requests["by label"]?.groupBy = ["label:team"]
      }
      if definition.name == "monthly-cost" {
        requests["usual"] = ReportRequest()
        requests["elsewhere"] = definition.everything
        requests["elsewhere"]?.zone = elsewhere
      }
      for (words, request) in requests {
        let name = "\(definition.name), \(words)"
        do {
          all.reports[name] = Print(try ledger.make(definition, request, given: given))
        } catch let error as ReportError {
          all.errors[name] = "\(error)"
        }
      }
    }
    guard try ledger.read({ try $0.asOf() }) != nil else { return all }
    let reporter = Reporter(ledger: ledger, generator: "runtally 0.1.0", given: given)
    for month in [PeriodChoice.thisMonth, .lastMonth] {
      all.months["\(month)"] = try reporter.explain(MonthQuestion(period: month))
    }
    for row in try ledger.values("SELECT source, runner_external_id FROM runner_detail") {
      let (source, runner) = (row[0].plain, row[1].plain)
      all.runners["\(source) \(runner)"] = try reporter.explain(runner: runner, sources: [source])
    }
    for row in try ledger.values("SELECT source, runner, run_external_id FROM run_detail ORDER BY run_id DESC LIMIT 4")
    {
      let (source, run) = (row[0].plain, row[2].plain)
      all.runs["\(source) \(run)"] = try? ledger.read { try $0.explain(run: run, sources: [source], vendors: []) }
    }
    return all
  }

  @Test("what was printed after any event of a random history is printed again as of that event", arguments: 0..<3)
  func property(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let elsewhere = try TimeZoneDatabase.rules(named: "Pacific/Auckland")
    var history = try RandomHistory(seed: 700 + seed)
    let ledger = try Ledger.make(in: folder, zone: history.zone, name: "\(seed).sqlite")
    var then: [Int64: Everything] = [:]
    for _ in 0..<10 {
      try await history.happen(to: ledger)
      let event = try ledger.newestEvent()
      if event > 0, then[event] == nil { then[event] = try everything(ledger, elsewhere: elsewhere) }
    }
    for gone in try ledger.eventsThatAreGone() { then[gone] = nil }
    for (event, printed) in then.sorted(by: { $0.key < $1.key }) {
      let past = try ledger.past(.event(event))
      let told = try everything(past, elsewhere: elsewhere)
      past.close()
      #expect(told.errors == printed.errors, "seed \(seed), #\(event)")
      for (name, report) in printed.reports where told.reports[name] != report {
        Issue.record("seed \(seed), #\(event), \(name)\n  was  \(report)\n  told \(told.reports[name] as Any)")
      }
      #expect(told.months == printed.months, "seed \(seed), #\(event)")
      #expect(told.runners == printed.runners, "seed \(seed), #\(event)")
      #expect(told.runs == printed.runs, "seed \(seed), #\(event)")
    }
  }

  @Test("a cost is told again as it was before a late run and another price")
  func byHand() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    let first = try make(run: "a", started: "2026-01-15T10:00:00Z", completed: "2026-01-15T10:04:30Z")
    let late = try make(run: "b", started: "2026-01-16T10:00:00Z", completed: "2026-01-16T10:01:40Z")
    try await ledger.harvest(VendorAnswer(first), at: "2026-02-01T12:00:00Z")
    try await ledger.harvest(VendorAnswer(first, late), at: "2026-02-02T12:00:00Z")
    try ledger.applyPrices(.configured(make(price: "0.01", for: "backup")), now: instant("2026-02-03T12:00:00Z"))
    func cost(_ ledger: Ledger) throws -> [String] {
      try ledger.make("monthly-cost", month("2026-01")).lines(["runs", "cost"])
    }
    // 270 s × 0.0000019; with 100 s more; 370 s × 0.01.
    #expect(try cost(ledger.past(.event(1))) == ["1 | 0.000513"])
    #expect(try cost(ledger.past(.event(2))) == ["2 | 0.000703"])
    #expect(try cost(ledger.past(.event(3))) == ["2 | 3.7"])
    #expect(try cost(ledger) == ["2 | 3.7"])
    #expect(try cost(ledger.past(.instant(instant("2026-02-01T12:00:00Z")))) == ["1 | 0.000513"])
  }
}
