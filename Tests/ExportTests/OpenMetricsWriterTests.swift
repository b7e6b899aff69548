import Runs
import Testing

@testable import Export

struct OpenMetricsWriterTests {
  private let head = makeHead(columns: [
    Column(name: "metric", type: .word), Column(name: "unit", type: .word), Column(name: "help", type: .word),
    Column(name: "runner", type: .text), Column(name: "outcome", type: .word), Column(name: "value", type: .any),
  ])

  @Test("a family is described once, a label that is missing is left out, and the text has an end")
  func families() throws {
    let rows: [[Value]] = [
      [.text("a_runs"), .null, .text("Runs."), .text("Backup"), .text("failure"), .integer(1)],
      [.text("a_runs"), .null, .text("Runs."), .text("Backup"), .text("success"), .integer(18_204)],
      [.text("b_eur"), .text("eur"), .text("Cost."), .text("Backup"), .null, .text("0.000513")],
      [.text("c_ratio"), .text("ratio"), .text("Rate."), .null, .null, .real(0.0000025)],
    ]
    #expect(
      try write(.openmetrics, head, rows) == """
        # TYPE a_runs gauge
        # HELP a_runs Runs.
        a_runs{runner="Backup",outcome="failure"} 1
        a_runs{runner="Backup",outcome="success"} 18204
        # TYPE b_eur gauge
        # UNIT b_eur eur
        # HELP b_eur Cost.
        b_eur{runner="Backup"} 0.000513
        # TYPE c_ratio gauge
        # UNIT c_ratio ratio
        # HELP c_ratio Rate.
        c_ratio 0.0000025
        # EOF

        """)
  }

  @Test("no name breaks out of its label")
  func hostile() throws {
    let row: [Value] = [.text("a"), .null, .text("two\nlines"), .text("\"}\\ 1\nb 2\r\u{0}"), .null, .integer(1)]
    #expect(
      try write(.openmetrics, head, [row])
        == "# TYPE a gauge\n# HELP a two\\nlines\na{runner=\"\\\"}\\\\ 1\\nb 2\u{FFFD}\u{FFFD}\"} 1\n# EOF\n")
  }

  @Test("what has no value has no sample, and nothing at all is still a whole text")
  func missing() throws {
    let row: [Value] = [.text("a"), .null, .null, .null, .null, .null]
    #expect(try write(.openmetrics, head, [row]) == "# EOF\n")
  }

  @Test("another report is refused")
  func otherReport() {
    #expect(throws: ExportError.self) {
      try write(.openmetrics, makeHead(columns: [Column(name: "cost", type: .money)]))
    }
  }
}
