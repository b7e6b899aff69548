import Runs
import Testing

@testable import Export

/// What stands around a page that is served, and where its cells lead.
@Suite struct PageFrameTests {
  private static let head = makeHead(columns: [
    Column(name: "runner", type: .text), Column(name: "runner_id", type: .text), Column(name: "source", type: .word),
    Column(name: "runs", type: .integer),
  ])

  private func page(_ frame: PageFrame?, _ rows: [[Value]]) throws -> String {
    var options = WriterOptions()
    options.frame = frame
    return withoutStyle(try write(.html, PageFrameTests.head, rows, options: options))
  }

  @Test("the frame stands around the page, which is the same without it")
  func around() throws {
    let rows: [[Value]] = [
      [.text("A"), .text("1"), .text("x"), .integer(3)], [.text("B"), .text("2"), .text("y"), .integer(4)],
    ]
    let frame = PageFrame(top: "<nav>top</nav>\n", tools: "<p>tools</p>\n")
    let framed = try page(frame, rows)
    #expect(framed.contains("<body>\n<nav>top</nav>\n<header>"))
    #expect(framed.contains("<p>tools</p>\n</header>"))
    #expect(
      framed.replacing("<nav>top</nav>\n", with: "").replacing("<p>tools</p>\n", with: "") == (try page(nil, rows)))
  }

  @Test("a cell leads where its row says, with every sign of a value written so that it means nothing else")
  func links() throws {
    let frame = PageFrame(
      top: "",
      links: [
        CellLink("runner", to: "/runs?id={runner_id}&source={source}&month=2026-01"), CellLink("runner", to: "/other"),
        CellLink("runs", to: "/runs/{run_id}"),
      ])
    let page = try page(
      frame,
      [
        [.text("A <b>"), .text("a/b?c&d=\"é\"{source}"), .text("x"), .integer(3)],
        [.text("B"), .null, .text("y"), .integer(4)],
      ])
    #expect(
      page.contains(
        "<a href=\"/runs?id=a%2Fb%3Fc%26d%3D%22%C3%A9%22%7Bsource%7D&amp;source=x&amp;month=2026-01\">A &lt;b&gt;</a>"))
    // Without the value there is nowhere to go, and without the column there is no link.
    #expect(page.matches(of: /<a href/).count == 1)
  }

  @Test("rows alone are an array of objects, and no rows an empty one")
  func rowsOnly() throws {
    func text(_ rows: [[Value]]) throws -> String {
      try Output.text { output in
        var writer = JSONRowsWriter(to: output)
        try writer.begin(PageFrameTests.head)
        for row in rows { try writer.row(row) }
        try writer.end(ReportSummary(rows: rows.count))
      }
    }
    #expect(try text([]) == "[]\n")
    #expect(
      try text([[.text("A"), .text("1"), .null, .integer(3)], [.text("B"), .text("2"), .text("y"), .null]])
        == """
        [
        {"runner":"A","runner_id":"1","source":null,"runs":3},
        {"runner":"B","runner_id":"2","source":"y","runs":null}
        ]

        """)
  }
}
