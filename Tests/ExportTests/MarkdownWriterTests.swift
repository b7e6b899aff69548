import Foundation
import Runs
import Testing

@testable import Export

struct MarkdownWriterTests {
  private let columns = [
    Column(name: "runner", type: .text), Column(name: "note", type: .text), Column(name: "runs", type: .integer),
    Column(name: "cost", type: .money), Column(name: "currency", type: .word),
  ]

  @Test("a report is a heading, what it was asked, a table with totals, and what could not be known")
  func wholeReport() throws {
    let rows: [[Value]] = [
      [.text("Backup"), .null, .integer(18_204), .text("0.000513"), .text("EUR")],
      [.text("Search index"), .null, .integer(2), .null, .text("EUR")],
    ]
    let totals = [
      ReportTotal(column: "runs", amounts: [.init(value: .integer(18_206))]),
      ReportTotal(column: "cost", amounts: [.init(currency: "EUR", value: .text("0.000513"))]),
    ]
    #expect(
      try write(
        .markdown, makeHead(filters: [ReportFilter(name: "source", value: "production")], columns: columns), rows,
        totals: totals, coverage: ReportCoverage(isComplete: false, notes: ["2 of 3 sources", "1 run open"])) == """
          ## Sample

          January to March 2026, Europe/Berlin · source production

          | runner | runs | cost | currency |
          | :-- | --: | --: | :-- |
          | Backup | 18,204 | 0.000513 | EUR |
          | Search index | 2 | – | EUR |
          | **total** | **18,206** | **0.000513** | **EUR** |

          **INCOMPLETE**: 2 of 3 sources; 1 run open

          """)
  }

  @Test("a report without rows says so")
  func noRows() throws {
    #expect(
      try write(.markdown, makeHead(period: nil, columns: columns)) == """
        ## Sample

        Nothing to show.

        """)
  }

  @Test("a page has its figures as a list, bars as short tables, other sections as tables, and the coverage last")
  func sections() throws {
    var head = makeHead(title: "Summary", columns: costColumns)
    head.sections = ["Cost & more", "Trend", "Nothing"]
    head.charts = [
      Chart(
        title: "At a glance",
        kind: .figures([
          .init(title: "Cost", value: "cost", notes: ["{wasted} of it"]), .init(title: "Gone", value: "wasted"),
        ]))
    ]
    var cost = makeHead(title: "Cost & more", columns: costColumns)
    cost.isSection = true
    cost.charts = [
      Chart(title: "Cost", kind: .bars(.init(category: ["runner"], value: "cost", part: "wasted", top: 2)))
    ]
    var trend = makeHead(
      title: "Trend",
      period: ReportPeriod(from: LocalDay(number: 20_000), to: LocalDay(number: 20_544), timeZone: "UTC"),
      columns: costColumns)
    trend.isSection = true
    var nothing = makeHead(title: "Nothing", columns: costColumns)
    nothing.isSection = true
    nothing.emptyText = "No [change](x)."
    let costs: [[Value]] = [
      [.text("a|b"), .text("2"), .null, .text("EUR")], [.text("small"), .text("1"), .text("0.5"), .text("EUR")],
      [.text("big"), .text("1000.25"), .text("0"), .text("EUR")],
      [.text("paid in $"), .text("3"), .null, .text("USD")],
    ]
    let total = ReportTotal(column: "cost", amounts: [.init(currency: "EUR", value: .text("1003.25"))])
    #expect(
      try page([
        (head, [[.text("r"), .text("1.23456"), .null, .text("EUR")]], []), (cost, costs, []),
        (trend, [costs[1], costs[2]], [total]), (nothing, [], []),
      ]) == """
        ## Summary

        January to March 2026, Europe/Berlin

        - Cost: **1.23 EUR**
        - Gone: **–**

        ### Cost &#38; more

        | runner | cost | wasted |
        | :-- | --: | --: |
        | big | 1,000.25 EUR | 0.00 EUR |
        | a\\|b | 2.00 EUR | – |
        | 1 other | 1.00 EUR | 0.500 EUR |

        | runner | cost | wasted |
        | :-- | --: | --: |
        | paid in \\$ | 3.00 USD | – |

        ### Trend, 4 October 2024 to 31 March 2026

        | runner | cost | wasted | currency |
        | :-- | --: | --: | :-- |
        | small | 1.00 | 0.500 | EUR |
        | big | 1,000.25 | 0.00 | EUR |
        | **total** | **1,003.25** |  | **EUR** |

        ### Nothing

        No \\[change\\](x).

        **INCOMPLETE**: 1 of 2 sources

        """)
  }

  @Test("figures of several currencies are told apart, and what has no value is counted")
  func severalCurrencies() throws {
    var head = makeHead(title: "Summary", period: nil, columns: costColumns)
    head.sections = ["Cost"]
    head.charts = [Chart(title: "At a glance", kind: .figures([.init(title: "Cost", value: "cost")]))]
    var cost = makeHead(title: "Cost", period: nil, columns: costColumns)
    cost.isSection = true
    cost.charts = [
      Chart(title: "By runner", kind: .bars(.init(category: ["runner"], value: "cost", top: 1))),
      Chart(title: "Wasted", kind: .bars(.init(category: ["runner"], value: "wasted", top: 1))),
    ]
    let rows: [[Value]] = [
      [.text("a"), .text("2"), .null, .text("EUR")], [.text("b"), .null, .null, .text("EUR")],
      [.text("c"), .text("1"), .null, .text("EUR")],
    ]
    #expect(
      try page([
        (head, [[.text("r"), .text("1"), .null, .text("EUR")], [.text("r"), .text("2"), .null, .text("USD")]], []),
        (cost, rows, []),
      ]) == """
        ## Summary

        **At a glance, EUR**

        - Cost: **1.00 EUR**

        **At a glance, USD**

        - Cost: **2.00 USD**

        ### Cost

        **By runner**

        | runner | cost |
        | :-- | --: |
        | a | 2.00 EUR |
        | 1 other | 1.00 EUR |

        1 without a value.

        **Wasted**

        3 without a value.

        **INCOMPLETE**: 1 of 2 sources

        """)
  }

  @Test("figures of many rows are left to the table")
  func manyFigures() throws {
    var head = makeHead(columns: costColumns)
    head.charts = [Chart(title: "At a glance", kind: .figures([.init(title: "Cost", value: "cost")]))]
    let rows: [[Value]] = (0...FigureCollector.mostRows).map { [.text("r\($0)"), .text("1"), .null, .text("EUR")] }
    let text = try write(.markdown, head, rows)
    #expect(!text.contains("- Cost") && text.contains("| r6 |"))
  }

  @Test("the reports of a page share its limit, and so do names of megabytes in bars")
  func sharedLimit() throws {
    var head = makeHead(columns: costColumns)
    head.sections = ["Bars", "Rows"]
    let name = String(repeating: "n", count: 100)
    let rows: [[Value]] = (0..<5000).map { [.text(name + "\($0)"), .text("1"), .null, .text("EUR")] }
    var bars = head
    bars.isSection = true
    bars.charts = [Chart(title: "", kind: .bars(.init(category: ["runner"], value: "cost", top: 3)))]
    let huge: [[Value]] = [
      [.text("x" + String(repeating: "n", count: 1_000_000)), .text("1"), .null, .text("EUR")],
      [.text("small"), .text("1"), .null, .text("EUR")],
    ]
    let text = try page([(head, rows, []), (bars, huge, []), (head, rows, [])], limit: 100_000)
    #expect(text.utf8.count < 100_000)
    #expect(text.contains("\n2 more not shown.\n"))
    #expect(text.components(separatedBy: " more rows were left out").count == 3)
  }

  /// The reports of one page, the first of which could not know everything.
  private func page(_ reports: [(head: ReportHead, rows: [[Value]], totals: [ReportTotal])], limit: Int? = nil) throws
    -> String
  {
    let output = Output.memory()
    var writer = Format.markdown.makeWriter(
      to: output, options: limit.map { WriterOptions(markdownLimit: $0) } ?? WriterOptions())
    for (index, report) in reports.enumerated() {
      try writer.begin(report.head)
      for row in report.rows { try writer.row(row) }
      let notes = index == 0 ? ["1 of 2 sources"] : []
      try writer.end(
        ReportSummary(
          rows: report.rows.count, totals: report.totals,
          coverage: ReportCoverage(isComplete: index > 0, notes: notes)))
    }
    try output.commit()
    return output.text
  }

  @Test("rows beyond the limit are left out and counted", arguments: [3, 5000])
  func limit(rows: Int) throws {
    let name = String(repeating: "n", count: 100)
    let text = try write(
      .markdown, makeHead(columns: columns),
      (0..<rows).map { _ in [.text(name), .null, .integer(1), .null, .null] },
      options: WriterOptions(markdownLimit: 100_000))
    #expect(text.utf8.count < 100_000)
    let shown = text.split(separator: "\n").count { $0.hasPrefix("| nnn") }
    #expect(text.contains("more rows were left out") == (shown < rows))
    let count = (rows - shown).grouped
    #expect(shown == rows || text.contains("\(count) more rows were left out to stay below the size limit.\n"))
  }

  @Test(
    "a name is shown as it is and does nothing",
    arguments: [
      ("a|b", "a\\|b"), ("# big", "\\# big"), ("<img src=x>", "\\<img src=x\\>"),
      ("[x](http://y)", "\\[x\\](http&#58;//y)"),
      ("**bold**", "\\*\\*bold\\*\\*"), ("two\nlines", "two·lines"), ("`code`", "\\`code\\`"), ("a & b", "a &#38; b"),
      ("$x$", "\\$x\\$"), ("@team", "&#64;team"), ("www.example.com", "www&#46;example.com"), ("\u{1B}[31m", "·\\[31m"),
    ])
  func hostile(name: String, shown: String) {
    #expect(MarkdownText.escaped(name) == shown)
  }
}
