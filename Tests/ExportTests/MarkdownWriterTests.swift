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

          2026-01-01 to 2026-04-01, Europe/Berlin · source production

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
    let count = ScreenText.grouped(String(rows - shown))
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
