import Runs
import Testing

@testable import Export

struct JUnitWriterTests {
  @Test("a group is a suite and a row a test case, with a result for every outcome")
  func wholeReport() throws {
    let text = try writeJUnit([
      JUnitSuite(
        group: makeGroup(
          tests: 9, failures: 1, errors: 2, skipped: 5, time: 1_620_500,
          properties: [.text("a1b2"), .text("standard-s"), .null]),
        cases: [
          makeCase("run 1", time: .integer(270_000), outcome: "success", detail: "not shown"),
          makeCase(
            "run 2", time: .integer(135_000), outcome: "failure", message: "exit code 1",
            detail: "started 2026-01-14T07:00:00Z"),
          makeCase("run 3", time: .integer(1_215_500), outcome: "timeout", message: "timed out after 1200 s"),
          makeCase("run 4", outcome: "error"),
          makeCase("run 5", time: .integer(-5), outcome: "cancellation"),
          makeCase("run 6", outcome: "pending", message: "waits for a runner"),
          makeCase("run 7", outcome: "unknown"),
          makeCase("run 8", outcome: "exploded"),
          makeCase("run 9", suite: .null, outcome: nil),
        ]),
      JUnitSuite(group: makeGroup(suite: .null, hostname: .null, timestamp: .null), cases: []),
    ])
    #expect(
      text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites>
          <testsuite id="0" name="Database Backup" package="production" hostname="fra" timestamp="2026-01-14T07:00:00" \
        tests="9" failures="1" errors="2" skipped="5" time="1620.500">
            <properties>
              <property name="runner_id" value="a1b2"/>
              <property name="instance_type" value="standard-s"/>
            </properties>
            <testcase name="run 1" classname="production.database-backup" time="270.000"/>
            <testcase name="run 2" classname="production.database-backup" time="135.000">
              <failure message="exit code 1" type="ExitCode">exit code 1
        started 2026-01-14T07:00:00Z</failure>
            </testcase>
            <testcase name="run 3" classname="production.database-backup" time="1215.500">
              <error message="timed out after 1200 s" type="Timeout">timed out after 1200 s</error>
            </testcase>
            <testcase name="run 4" classname="production.database-backup" time="0.000">
              <error message="error" type="Error">error</error>
            </testcase>
            <testcase name="run 5" classname="production.database-backup" time="0.000">
              <skipped message="cancellation">cancellation</skipped>
            </testcase>
            <testcase name="run 6" classname="production.database-backup" time="0.000">
              <skipped message="waits for a runner">waits for a runner</skipped>
            </testcase>
            <testcase name="run 7" classname="production.database-backup" time="0.000">
              <skipped message="unknown">unknown</skipped>
            </testcase>
            <testcase name="run 8" classname="production.database-backup" time="0.000">
              <skipped message="exploded">exploded</skipped>
            </testcase>
            <testcase name="run 9" classname="production" time="0.000">
              <skipped message="unknown">unknown</skipped>
            </testcase>
            <system-out/>
            <system-err/>
          </testsuite>
          <testsuite id="1" name="production" package="production" hostname="production" \
        timestamp="2026-04-01T06:00:00" tests="0" failures="0" errors="0" skipped="0" time="0.000">
            <properties/>
            <system-out/>
            <system-err/>
          </testsuite>
        </testsuites>

        """)
  }

  @Test("a report without rows is a valid document")
  func noRows() throws {
    #expect(try writeJUnit([]) == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites/>\n")
  }

  @Test("colours, control characters, markup and line breaks reach the reader as text")
  func hostileText() throws {
    let text = try writeJUnit([
      JUnitSuite(
        group: makeGroup(suite: .text("<b> & \"q\" 日本 🚀")),
        cases: [
          makeCase(
            "a<b>&\"'", suite: .text("Größe 日本 (EU)/2"), outcome: "failure",
            message: "\u{1B}[31mred\u{1B}[0m\n\u{0}\tend\r",
            detail: "]]> \u{1B}]8;;https://example.com\u{7}link\u{1B}]8;;\u{1B}\\ \u{FFFE}\u{85}\u{2028}\u{1B}")
        ])
    ])
    let lines = text.split(separator: "\n").dropFirst(2)
    #expect(
      lines.joined(separator: "\n") == """
          <testsuite id="0" name="&lt;b&gt; &amp; &quot;q&quot; 日本 🚀" package="production" hostname="fra" \
        timestamp="2026-01-14T07:00:00" tests="0" failures="0" errors="0" skipped="0" time="0.000">
            <properties/>
            <testcase name="a&lt;b&gt;&amp;&quot;'" classname="production.größe-日本-eu-2" time="0.000">
              <failure message="red&#10;\u{FFFD}&#9;end&#13;" type="ExitCode">red
        \u{FFFD}\tend&#13;
        ]]&gt; link \u{FFFD}\u{85}\u{2028}\u{FFFD}</failure>
            </testcase>
            <system-out/>
            <system-err/>
          </testsuite>
        </testsuites>
        """)
  }

  @Test("names that show nothing are replaced, because readers fail on them")
  func emptyNames() throws {
    let text = try writeJUnit([
      JUnitSuite(
        group: makeGroup(suite: .text(""), package: .text(" \n"), hostname: .text("\t")),
        cases: [makeCase("\u{1B}[0m", package: .text("!!"), suite: .text("?"), outcome: "success")])
    ])
    #expect(text.contains("<testsuite id=\"0\" name=\"-\" package=\"-\" hostname=\"localhost\" "))
    #expect(text.contains("<testcase name=\"-\" classname=\"--07c28307.-\" time=\"0.000\"/>"))
  }

  @Test("a long log is cut at a whole character and says how much is missing")
  func longText() throws {
    // One byte and then characters of two bytes, so that the limit falls into one.
    let log = "x" + String(repeating: "é", count: 100_000)
    let kept = "x" + String(repeating: "é", count: XMLText.limit / 2 - 1)
    #expect(XMLText(log).string == kept + "… cut, \(200_001 - kept.utf8.count) bytes more")
    #expect(XMLText(String(repeating: "a", count: XMLText.limit)).string.utf8.count == XMLText.limit)
  }

  @Test(
    "escape sequences are taken out whole, unfinished ones made visible",
    arguments: [
      ("\u{1B}[1;31mred\u{1B}[m", "red"), ("\u{1B}[38;5;196mx", "x"), ("\u{1B}[?25lx", "x"), ("\u{1B}(Bx", "x"),
      ("\u{1B}7x\u{1B}8", "x"), ("\u{1B}]0;title\u{7}x", "x"), ("\u{1B}]0;title\u{1B}\\x", "x"),
      ("\u{1B}Pdevice\u{1B}\\x", "x"), ("a\u{1B}", "a\u{FFFD}"), ("a\u{1B}[31", "a\u{FFFD}[31"),
      ("a\u{1B}]0;log", "a\u{FFFD}]0;log"),
      ("a\u{1B}]0;\u{1B}[1mb", "a\u{FFFD}]0;b"), ("\u{FFFD}é\u{FFFF}", "\u{FFFD}é\u{FFFD}"),
      ("\u{7F}\u{9B}", "\u{7F}\u{9B}"), ("\t\r\n", "\t\r\n"), ("", ""),
    ])
  func escapeSequences(text: String, clean: String) {
    #expect(XMLText(text).string == clean)
  }

  @Test("a report with other columns is refused before anything is written")
  func wrongColumns() {
    let head = makeHead(columns: [Column(name: "runner", type: .text)])
    let error = #expect(throws: ExportError.self) { try write(.junit, head) }
    #expect(
      error?.description == "report sample cannot be written as junit: it needs the columns suite, package, hostname, "
        + "timestamp, tests, failures, errors, skipped, time and has none")
  }

  @Test("a row outside any group is refused")
  func rowWithoutGroup() throws {
    var writer = JUnitWriter(to: .memory())
    try writer.begin(makeJUnitHead())
    #expect(throws: ExportError.rowWithoutGroup(format: .junit)) { try writer.row(makeCase("a", outcome: "success")) }
  }

  @Test("a failure of the output is the error, wherever it strikes", .enabled(if: canWriteToFullDevice))
  func failingOutput() throws {
    let output = try Output.file("/dev/full")
    var writer = JUnitWriter(to: output)
    try writer.begin(makeJUnitHead())
    #expect(throws: OutputError.refused(step: .write, path: "/dev/full", code: 28)) {
      for _ in 0..<100 {
        try writer.group(makeGroup())
        try writer.row(makeCase("a", outcome: "failure", detail: String(repeating: "x", count: 10_000)))
      }
      try writer.end(ReportSummary(rows: 100))
      try output.commit()
    }
  }
}

@Suite struct ClassNameTests {
  private func classes(_ suites: [(package: String, suite: String?, id: String)]) throws -> [String] {
    let text = try writeJUnit(
      suites.map { suite in
        let name: Value = suite.suite.map { .text($0) } ?? .null
        return JUnitSuite(
          group: makeGroup(suite: name, package: .text(suite.package), properties: [.text(suite.id), .null, .null]),
          cases: [makeCase("run 1", package: .text(suite.package), suite: name, outcome: "success")])
      })
    return text.matches(of: /classname="([^"]*)"/).map { String($0.1) }
  }

  @Test("no two sources and no two suites have one class name, and a source keeps its own")
  func unique() throws {
    #expect(
      try classes([("eu-prod", nil, "a"), ("eu prod", nil, "b"), ("EU prod", nil, "c")])
        == ["eu-prod", "eu-prod-86b21b38", "eu-prod-3d2d23c9"])
    let suites = try classes([
      ("p", "CI: api", "a"), ("p", "CI api", "b"), ("p", "CI api", "c"), ("q", "CI api", "b"), ("p", "other", "d"),
    ])
    #expect(Set(suites).count == 5)
    #expect([suites[0], suites[3], suites[4]] == ["p.ci-api", "q.ci-api", "p.other"])
  }
}
