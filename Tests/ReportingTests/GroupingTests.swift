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

  private func january(_ groupBy: String) throws -> Made {
    try ledger.make(
      "monthly-cost", ReportRequest(period: .month(Month(year: 2026, month: 1)), groupBy: groupBy), labels: labels)
  }

  @Test("by source, a line for each source and currency")
  func bySource() throws {
    #expect(
      try january("source").lines == [
        "2026-01 | final | agents | – | – | – | – | – | 3 | 160 | 160 | 0.0192 | 0.0072 | 0 | 0 | 0 | USD | –",
        "2026-01 | final | production | – | – | – | – | – | 6 | 29895 | 33495 | 0.0760095 | 0.0002565 | 3 | 0 | 0"
          + " | EUR | –",
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
      report.lines("source", "runs", "cost", "currency", "label") == [
        "– | 3 | – | EUR | –", "– | 3 | 0.0760095 | EUR | 4711", "– | 3 | 0.0192 | USD | 4711",
      ])
    #expect(report.head.filters == [ReportFilter(name: "group-by", value: "label:cost_center")])
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
        let grouped = try ledger.make("monthly-cost", ReportRequest(period: period, groupBy: groupBy), labels: labels)
        #expect(amounts(grouped) == amounts(plain), "\(groupBy)")
        #expect(Set(grouped.lines("month", "state", "currency")) == Set(plain.lines("month", "state", "currency")))
      }
    }
  }
}
