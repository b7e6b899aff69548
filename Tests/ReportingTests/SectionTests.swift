import Runs
import Store
import TestSupport
import Testing

@testable import Reporting

/// A page composed of reports, and the charts that a header asks for.
@Suite struct SectionTests {
  /// A writer with room for several reports on one page.
  private struct Pages: RowWriter {
    var heads: [ReportHead] = []
    var rows: [Int] = []
    var ends: [ReportSummary] = []
    var takesSections = true

    mutating func begin(_ head: ReportHead) throws {
      heads.append(head)
      rows.append(0)
    }
    mutating func row(_ values: [Value]) throws { rows[rows.count - 1] += 1 }
    mutating func end(_ summary: ReportSummary) throws { ends.append(summary) }
  }

  private func write(
    _ definition: ReportDefinition, _ request: ReportRequest, in ledger: Ledger, takesSections: Bool = true
  ) throws -> Pages {
    var writer: any RowWriter = Pages(takesSections: takesSections)
    try Reporter(ledger: ledger, generator: "runtally 0.1.0").write(definition, request, to: &writer)
    return try #require(writer as? Pages)
  }

  @Test("a page's sections follow it in one snapshot, for its period, and its runners")
  func summaryPage() async throws {
    let made = try await HandMadeLedger()
    let definition = try ReportCatalog.definition(named: "summary")
    let request = ReportRequest(period: Month("2026-01").map { .month($0) }, sources: ["production"])
    let pages = try write(definition, request, in: made.ledger)
    #expect(
      pages.heads.map { head in
        "\(head.name), \(head.title), \(head.period.map { "\($0.from) \($0.to)" } ?? ""), \(head.isSection)"
      } == [
        "summary, Summary, 2026-01-01 2026-02-01, false",
        "forecast, Cost over time, 2025-02-01 2026-03-01, true",
        "monthly-cost, Cost by runner, 2026-01-01 2026-02-01, true",
        "monthly-cost, Cost by instance type, 2026-01-01 2026-02-01, true",
        "failure-trend, Failure trend, 2025-02-01 2026-02-01, true",
        "regressions, What got worse or better, 2026-01-01 2026-02-01, true",
        "durations, The slowest runners, 2026-01-01 2026-02-01, true",
        "waste, The most wasteful runners, 2026-01-01 2026-02-01, true",
      ])
    #expect(pages.heads.first?.sections == pages.heads.dropFirst().map(\.title))
    #expect(pages.ends.map(\.rows) == pages.rows && pages.rows == [1, 2, 4, 2, 1, 0, 2, 2])
    #expect(pages.heads.map(\.emptyText).compactMap(\.self) == ["No change that is more than chance."])
    // What the rows are grouped by is what the bars are of.
    #expect(
      pages.heads[2].charts.map(\.columns) == [["runner", "source", "runner_id", "cost", "wasted_cost"]])
    #expect(pages.heads[3].charts.map(\.columns) == [["instance_type", "cost", "wasted_cost"]])
  }

  @Test("a format without room for sections gets the page's own rows alone")
  func alone() async throws {
    let made = try await HandMadeLedger()
    let pages = try write(
      ReportCatalog.definition(named: "summary"), month("2026-01"), in: made.ledger, takesSections: false)
    #expect(pages.heads.map(\.name) == ["summary"] && pages.heads[0].sections == [] && pages.rows == [2])
  }

  @Test("--decimals rounds a page and those of its sections that can be rounded")
  func rounded() async throws {
    let made = try await HandMadeLedger()
    var request = month("2026-01")
    request.decimals = 2
    let pages = try write(ReportCatalog.definition(named: "summary"), request, in: made.ledger)
    let costs = pages.ends[2].totals.first { $0.column == "cost" }
    #expect(costs?.amounts.map(\.value) == [.text("0.08"), .text("0.02")])
  }

  @Test("anybody can compose a page, from reports and files")
  func own() async throws {
    let made = try await HandMadeLedger()
    let other = try made.folder.write("SELECT 1 AS one UNION SELECT 2", to: "other.sql")
    let path = try made.folder.write(
      """
      /*
      title: Mine
      sections:
        - {report: "\(other)", title: Other}
        - {report: failure-trend, interval: week, group_by: runner, period: 12-intervals}
      */
      SELECT 1 AS one
      """, to: "mine.sql")
    let pages = try write(ReportCatalog.definition(named: path), ReportRequest(), in: made.ledger)
    #expect(pages.heads.map(\.title) == ["Mine", "Other", "Failure trend"])
    #expect(pages.rows.prefix(2) == [1, 2])
    #expect(pages.heads[2].filters.map(\.value) == ["week", "runner"])
  }

  @Test("a chart without a group has nothing to draw bars of")
  func ungrouped() async throws {
    let made = try await HandMadeLedger()
    var request = month("2026-01")
    request.groupBy = ["none"]
    #expect(try made.ledger.make("durations", request).head.charts == [])
    request.groupBy = ["source"]
    #expect(
      try made.ledger.make("durations", request).head.charts.map(\.columns)
        == [["source", "duration_p95_seconds", "duration_p50_seconds"]])
  }

  private func reason(_ lines: String) -> String? {
    let header = "columns: [{name: a}, {name: b, type: money}]\n" + lines
    do throws(ReportError) {
      _ = try ReportDefinition(name: "mine", text: "/*\n\(header)\n*/\nSELECT 1 AS a, '2' AS b")
      return nil
    } catch {
      guard case .badHeader(let mistake) = error else { return "\(error)" }
      return "line \(mistake.line): \(mistake.reason)"
    }
  }

  @Test(
    "a chart or a section that cannot be used is refused, with what is expected",
    arguments: [
      ("chart: {kind: pie}", "line 3: chart.kind: expected one of bars, columns, range, line, figures, found \"pie\""),
      ("chart: {kind: bars}", "line 3: chart: a chart of the kind bars must have value"),
      ("chart: {kind: bars, value: c}", "line 3: chart: expected the name of a column, found c"),
      ("chart: {kind: bars, value: b, top: 0}", "line 3: chart.top: expected a whole number from 1 to 50, found \"0\""),
      ("chart: {kind: bars, value: b, x: a}", "line 3: chart: a chart of the kind bars has no x"),
      ("chart: {kind: line, x: a, y: b, interval: [a]}", "line 3: chart: interval must be [low, high]"),
      ("chart: {kind: figures}", "line 3: chart: a chart of the kind figures must have items"),
      ("chart: {kind: figures, items: [{title: A}]}", "line 3: chart.items[1]: a figure must have a title and a value"),
      (
        "chart: {kind: figures, items: [{title: A, value: b, notes: [\"{+c}\"]}]}",
        "line 3: chart: expected the name of a column, found c"
      ),
      ("sections: [{title: A}]", "line 3: sections[1]: a section must name its report"),
      (
        "sections: [{report: runs, period: all}]",
        "line 3: sections[1]: the period of a section is the page's own, 12-intervals or 12-months-and-running"
      ),
    ])
  func refused(lines: String, expected: String) {
    #expect(reason(lines) == expected)
  }

  @Test("a header's charts are read as they stand")
  func charts() throws {
    let definition = try ReportDefinition(
      name: "mine",
      text: """
        /*
        columns: [{name: a}, {name: b, type: money}, {name: c, type: money}]
        chart:
          - {kind: bars, title: B, category: [a], value: b, part: c, top: 3}
          - {kind: line, x: a, y: b, interval: [b, c], series: [a]}
          - {kind: figures, items: [{title: T, value: b, notes: ["{+c}"], hide: zero}]}
        */
        SELECT 1
        """)
    #expect(
      definition.charts == [
        Chart(title: "B", kind: .bars(.init(category: ["a"], value: "b", part: "c", top: 3))),
        Chart(title: "", kind: .line(.init(x: "a", y: "b", low: "b", high: "c", series: ["a"]))),
        Chart(title: "", kind: .figures([.init(title: "T", value: "b", notes: ["{+c}"], hidesZero: true)])),
      ])
  }

  @Test("a section of a report that is not there, or with a column that is not, is an error before anything is written")
  func missingSection() async throws {
    let made = try await HandMadeLedger()
    for (section, expected) in [
      ("{report: rums}", ReportError.unknownReport("rums", near: ["runs"])),
      (
        "{report: runs, chart: {kind: bars, value: x}}",
        .noColumn("x", report: "runs", near: [])
      ),
    ] {
      let definition = try ReportDefinition(name: "mine", text: "/*\nsections: [\(section)]\n*/\nSELECT 1 AS a")
      #expect(throws: expected) { try write(definition, ReportRequest(), in: made.ledger) }
    }
  }
}
