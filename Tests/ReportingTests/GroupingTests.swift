import Reporting
import Runs
import Store
import TestSupport
import Testing

/// Monthly cost for charging back: by source, by machine size, by a label of the user's.
@Suite struct GroupingTests {
  let made: HandMadeLedger
  var ledger: Ledger { made.ledger }

  init() async throws {
    made = try await HandMadeLedger()
  }

  /// Search index has no cost centre; of two labels that match Backup, the last one counts.
  private let labels = [
    RunnerLabel(source: "production", runner: "*", key: "team", value: "data"),
    RunnerLabel(source: "production", runner: "backup-1", key: "cost_center", value: "1000"),
    RunnerLabel(source: "agents", runner: "gpu-*", key: "cost_center", value: "4711"),
    RunnerLabel(source: "production", runner: "Back*", key: "cost_center", value: "4711"),
  ]

  private func january(_ groupBy: String..., of report: String = "monthly-cost") throws -> Made {
    try ledger.make(
      report, ReportRequest(period: .month(Month(year: 2026, month: 1)), groupBy: groupBy), labels: labels)
  }

  @Test("by source, a line for each source and currency")
  func bySource() throws {
    #expect(
      try january("source").lines == [
        "2026-01 | final | agents | 3 | 160 | 160 | 0.0192 | 0.0072 | 0 | 0 | 0 | USD",
        "2026-01 | final | production | 6 | 29895 | 33495 | 0.0760095 | 0.0002565 | 3 | 0 | 0 | EUR",
      ])
  }

  @Test("by machine size, a line for each; what has none stands alone")
  func byInstanceType() throws {
    #expect(
      try january("instance-type").lines("instance_type", "runs", "cost", "unpriced_runs", "currency") == [
        "– | 3 | – | 3 | EUR", "gpu | 3 | 0.0192 | 0 | USD", "small | 3 | 0.0760095 | 0 | EUR",
      ])
  }

  @Test("by a label, across sources; the last that matches counts, and what has none is a line of its own")
  func byLabel() throws {
    let report = try january("label:cost_center")
    #expect(
      report.lines("runs", "cost", "currency", "cost_center") == [
        "3 | – | EUR | –", "3 | 0.0760095 | EUR | 4711", "3 | 0.0192 | USD | 4711",
      ])
    #expect(report.head.filters == [ReportFilter(name: "group-by", value: "label:cost_center")])
  }

  @Test("by two keys at once, with a comma between or one after the other")
  func twoKeys() throws {
    let report = try january("label:cost_center,source")
    #expect(
      report.lines("cost_center", "source", "cost", "currency") == [
        "4711 | agents | 0.0192 | USD", "– | production | – | EUR", "4711 | production | 0.0760095 | EUR",
      ])
    #expect(report.head.filters.map(\.value) == ["label:cost_center", "source"])
    #expect(try january("label:cost_center", "source").lines == report.lines)
    #expect(try january("source", "label:cost_center,source").lines == report.lines)
    let labels = try january("label:team,label:cost_center")
    #expect(
      labels.lines("team", "cost_center", "cost", "currency") == [
        "– | 4711 | 0.0192 | USD", "data | – | – | EUR", "data | 4711 | 0.0760095 | EUR",
      ])
  }

  @Test("columns that would be empty are left out, and so is what a page makes of them")
  func leftOut() throws {
    let report = try january("label:team")
    #expect(
      report.columns == [
        "month", "state", "runs", "runtime_seconds", "billed_seconds", "cost", "wasted_cost", "unpriced_runs",
        "open_runs", "accrued_cost", "currency", "team",
      ])
    #expect(report.head.layout.prefix(4).map(\.title) == ["team", "month", "cost", "wasted"])
    #expect(report.head.charts.flatMap(\.columns).allSatisfy { report.columns.contains($0) })
    #expect(try january("runner").columns.contains("team") == false)
    #expect(try january("none", of: "waste").columns.first == "runs")
  }

  @Test("a label called as a column is has a column called as it was asked for, and any text can be a key")
  func keys() throws {
    let keys = ["cost", "runner_id", "cost center", "=1+1", "a,b"]
    let labels = keys.map { RunnerLabel(source: "production", runner: "*", key: $0, value: "x") }
    for key in keys {
      let made = try ledger.make("waste", ReportRequest(period: .all, groupBy: ["label:" + key]), labels: labels)
      #expect(made.columns.last == (["cost", "runner_id"].contains(key) ? "label:" + key : key))
      #expect(made.lines([made.columns.last ?? ""]).contains("x"))
    }
  }

  @Test("what cannot go together is refused")
  func refusals() {
    #expect(throws: ReportError.loneGroup("none", among: "none,source")) { try january("none,source", of: "waste") }
    #expect(throws: ReportError.tooManyGroups("source,runner,label:team", most: 2)) {
      try january("source,runner", "label:team")
    }
    #expect(throws: ReportError.self) { try january("source,") }
    #expect(
      "\(ReportError.loneGroup("none", among: "none,source"))"
        == "group-by none,source cannot be: none goes with no other key")
    #expect(
      "\(ReportError.tooManyGroups("a,b,c", most: 2))" == "group-by takes at most 2 keys, not a,b,c")
  }

  private static let reports = ["monthly-cost", "charges", "waste", "corrections", "failure-trend", "durations"]

  @Test("every report that groups adds up to the same, however it is grouped", arguments: reports)
  func sums(report: String) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await Ledger.random(seed: 7400, in: folder)
    let definition = try ReportCatalog.definition(named: report)
    let choice = try #require(definition.groupBy)
    let keys = choice.values.flatMap { $0 == "label" ? ["label:team", "label:cost_center"] : [$0] }
    let both = keys.filter { !choice.lone.contains($0) }.flatMap { one in
      keys.filter { !choice.lone.contains($0) && $0 != one }.map { one + "," + $0 }
    }
    let plain = try ledger.make(report, ReportRequest(period: .all), labels: labels)
    for key in keys + both {
      let grouped = try ledger.make(report, ReportRequest(period: .all, groupBy: [key]), labels: labels)
      #expect(amounts(grouped) == amounts(plain), "\(key)")
    }
  }

  @Test("a label that nobody wrote is refused, naming those there are")
  func unknownLabel() {
    let expected = ReportError.unknownChoice(
      parameter: "group-by", value: "label:cost_centre",
      choices: ["source", "runner", "instance-type", "label:cost_center", "label:team"])
    #expect(throws: expected) { try january("label:cost_centre") }
    #expect(throws: ReportError.self) { try january("label") }
  }

  /// Totals that are more than nothing: a group in which only some lines have no price has a cost, or none at all.
  private func amounts(_ report: Made) -> Set<String> {
    Set(report.totals.filter { $0.split(separator: " ").dropFirst().first != "0" })
  }

  @Test("however it is grouped, all of it is there", arguments: 0..<15)
  func totals(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await Ledger.random(seed: 7300 + seed, in: folder)
    for period in [PeriodChoice.all, .lastMonth, .thisMonth] {
      let plain = try ledger.make("monthly-cost", ReportRequest(period: period))
      for groupBy in ["source", "runner", "instance-type", "label:team", "label:cost_center"] {
        let grouped = try ledger.make("monthly-cost", ReportRequest(period: period, groupBy: [groupBy]), labels: labels)
        #expect(amounts(grouped) == amounts(plain), "\(groupBy)")
        #expect(Set(grouped.lines("month", "state", "currency")) == Set(plain.lines("month", "state", "currency")))
      }
    }
  }
}
