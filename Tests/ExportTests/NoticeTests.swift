import Runs
import Testing

@testable import Export

/// What a report says before everything else, in each format that can.
struct NoticeTests {
  private let notice = "stale: a<b was last read completely 2026-03-02"

  private func written(_ format: Format, _ columns: [Column] = [Column(name: "n", type: .integer)]) throws -> String {
    var head = makeHead(period: nil, columns: columns)
    head.notice = notice
    var coverage = ReportCoverage(isComplete: true, notes: ["1 of 1 source"])
    coverage.notice = notice
    return try write(format, head, [], coverage: coverage)
  }

  @Test("on a screen and in Markdown it is the first sentence")
  func text() throws {
    #expect(try written(.table).hasPrefix(notice + "\n\nSample\n\n"))
    #expect(
      try written(.markdown).hasPrefix("## Sample\n\n> **stale: a\\<b was last read completely 2026-03-02**\n\n"))
  }

  @Test("a page has it under its title, and JSON as its first note")
  func pages() throws {
    #expect(
      try written(.html).contains(
        "<h1 id=\"title\">Sample</h1>\n<p class=\"notice\" role=\"alert\">stale: a&lt;b was last read completely 2026-03-02</p>\n"
      ))
    #expect(try written(.json).contains("\"notes\":[\"\(notice)\",\"1 of 1 source\"]"))
  }

  @Test("OpenMetrics has a gauge for it, which is there only then")
  func gauge() throws {
    let columns = ["metric", "unit", "help", "value"].map { Column(name: $0, type: .word) }
    #expect(
      try written(.openmetrics, columns)
        == "# TYPE runtally_notice gauge\n# HELP runtally_notice \(notice)\nruntally_notice 1\n# EOF\n")
    #expect(try write(.openmetrics, makeHead(period: nil, columns: columns)) == "# EOF\n")
  }

  @Test("JUnit has it as a property of every suite")
  func property() throws {
    var head = makeJUnitHead()
    head.notice = notice
    let xml = try Output.text { output in
      var writer = JUnitWriter(to: output)
      try writer.begin(head)
      try writer.group(makeGroup())
      try writer.end(ReportSummary(rows: 0))
    }
    #expect(
      xml.contains("<property name=\"notice\" value=\"stale: a&lt;b was last read completely 2026-03-02\"/>"))
  }

  @Test("rows alone stay rows alone", arguments: [Format.csv, .jsonl])
  func rows(format: Format) throws {
    #expect(try !written(format).contains("stale"))
  }
}
