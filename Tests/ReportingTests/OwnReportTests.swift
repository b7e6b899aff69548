import Runs
import TestSupport
import Testing

@testable import Reporting
@testable import Store

/// Reports that users write themselves.
@Suite struct OwnReportTests {
  let made: HandMadeLedger
  var ledger: Ledger { made.ledger }

  init() async throws {
    made = try await HandMadeLedger()
  }

  /// Runs a definition from a file.
  private func run(_ text: String, _ request: ReportRequest = ReportRequest()) throws -> Made {
    let path = try made.folder.write(text, to: "mine.sql")
    return try ledger.make(ReportCatalog.definition(named: path), request)
  }

  private func refusal(_ text: String) throws -> ReportError? {
    do {
      _ = try run(text)
      return nil
    } catch {
      return error as? ReportError
    }
  }

  /// What is wrong with a header, without the name of the file.
  private func reason(_ header: String, _ sql: String = "SELECT 1 AS one") throws -> String? {
    guard case .badHeader(let mistake) = try refusal("/*\n\(header)\n*/\n\(sql)") else { return nil }
    #expect(mistake.file == made.folder.file("mine.sql"))
    return "line \(mistake.line): \(mistake.reason)"
  }

  @Test("a bare statement is a report of whatever it gives")
  func bareStatement() throws {
    let report = try run("SELECT runner, count(*) AS n, 0.5 AS half, NULL AS none FROM run_detail GROUP BY 1")
    #expect(report.head.name == made.folder.file("mine.sql"))
    #expect(report.head.columns.map(\.type) == [.any, .any, .any, .any])
    #expect(report.columns == ["runner", "n", "half", "none"])
    #expect(report.lines == ["Backup | 6 | 0.5 | –", "Search index | 3 | 0.5 | –", "gpu-1 | 3 | 0.5 | –"])
    #expect(report.head.period == nil)
  }

  @Test("a header gives a statement a title, a period, types and totals")
  func withHeader() throws {
    let report = try run(
      """
      /*
      title: Failures by day
      parameters: [period, runner]
      default_period: all
      columns:
        - {name: day, type: day, title: Day, description: "The local day."}
        - {name: failed, type: integer}
        - {name: cost, type: money}
      totals: [failed, cost]
      rounding: true
      */
      SELECT run_day.day, sum(runs * is_failed) AS failed, money_sum(cost(billed, price_second)) AS cost
      FROM run_day JOIN selected_runner USING (runner_id) JOIN outcome USING (outcome) JOIN price USING (price_id)
      WHERE day >= :from_day AND day < :to_day
      GROUP BY 1 ORDER BY 1
      """, ReportRequest(runners: ["backup-1"], decimals: 3))
    #expect(report.head.title == "Failures by day")
    #expect(report.period == "2026-01-01 2026-02-11 Europe/Berlin")
    #expect(
      report.lines == [
        // 0.000513, 0.0002565, 0.07524 and 0.00684 are 0.0828495: each is rounded by itself, and the total too.
        "2026-01-15 | 0 | 0.001", "2026-01-16 | 1 | 0.000", "2026-01-31 | 0 | 0.075", "2026-02-01 | 0 | 0.007",
      ])
    #expect(report.totals == ["failed 1", "cost 0.083"])
  }

  @Test("a statement with groups has them announced, each before its rows")
  func withGroups() throws {
    let text = """
      /*
      groups:
        - {name: name, type: text}
      columns:
        - {name: run, type: word}
      */
      -- groups
      SELECT runner AS name, runner_id AS key FROM runner_detail ORDER BY runner_id;
      -- rows
      SELECT external_id AS run, runner_id AS key FROM run WHERE runner_id <> 2 ORDER BY runner_id, external_id;
      """
    let report = try run(text)
    #expect(report.columns == ["run"])
    #expect(report.collector.groups == [[.text("Backup")], [.text("Search index")], [.text("gpu-1")]])
    #expect(report.lines == ["s1", "s2", "s3", "s4", "s5", "s6", "a1", "a2", "a3"])
    #expect(report.collector.groupOfRow == [0, 0, 0, 0, 0, 0, 2, 2, 2])
  }

  @Test("groups that are rounded are still announced, each before its rows")
  func roundedGroups() throws {
    let report = try run(
      """
      /*
      rounding: true
      groups:
        - {name: name, type: word}
      columns:
        - {name: cost, type: money}
      */
      -- groups
      SELECT 'a' AS name, 1 AS key UNION ALL SELECT 'b', 2;
      -- rows
      SELECT '0.4' AS cost, 1 AS key UNION ALL SELECT '0.4', 2 UNION ALL SELECT '0.4', 2;
      """, ReportRequest(decimals: 0))
    #expect(report.collector.groups == [[.text("a")], [.text("b")]])
    #expect(report.collector.groupOfRow == [0, 1, 1])
    #expect(report.lines == ["0", "0", "0"])
  }

  @Test(
    "a statement that does more than read is refused",
    arguments: [
      ("DELETE FROM run", "change the ledger"),
      ("WITH a AS (SELECT 1) INSERT INTO sequence SELECT 9, 9, 'harvest', NULL FROM a", "change the ledger"),
      ("COMMIT", "begin or end a transaction"), ("PRAGMA user_version = 9", "run PRAGMA user_version"),
      ("DROP TABLE run", "change the ledger"), ("ATTACH 'other.sqlite' AS other", "attach another file"),
      ("SELECT 1; DELETE FROM run;", "change the ledger"),
      (
        "/*\ncolumns:\n  - {name: a}\n*/\n-- groups\nDELETE FROM run_day RETURNING day;\n-- rows\nSELECT 1 AS a, 1;",
        "change the ledger"
      ),
    ])
  func writing(sql: String, action: String) throws {
    let before = try ledger.domainTables()
    #expect(try refusal(sql) == .notReadOnly(report: made.folder.file("mine.sql"), action: action))
    #expect(try ledger.domainTables() == before)
    #expect(
      "\(ReportError.notReadOnly(report: "mine.sql", action: "change the ledger"))"
        == "report mine.sql would change the ledger; only reading statements are run")
  }

  @Test("two statements in one file are refused, and neither is run")
  func twoStatements() throws {
    let before = try ledger.domainTables()
    #expect(
      try refusal("SELECT 1; SELECT 2;")
        == .badSQL(report: made.folder.file("mine.sql"), line: 1, reason: "it is more than one statement"))
    #expect(try ledger.domainTables() == before)
    #expect(try run("SELECT 1 AS one; -- and no more\n").lines == ["1"])
  }

  @Test(
    "a mistake in the SQL is told with its line in the file",
    arguments: [
      ("/*\ntitle: A\n*/\n\nSELECT\n  cots\nFROM run_detail", 6, "no such column: cots"),
      ("SELECT 1\nFORM run", 2, "near \"run\": syntax error"),
      ("-- Ä\r\nSELECT 1\r\n  || nope", 3, "no such column: nope"),
      ("\u{FEFF}/*\ntitle: A\n*/\nSELECT nope", 4, "no such column: nope"),
      (
        "/*\ncolumns: [{name: a}]\n*/\n-- groups\nSELECT 1;\n-- rows\nSELECT 1 AS a,\n  nope;", 8,
        "no such column: nope"
      ),
    ])
  func badSQL(text: String, line: Int, reason: String) throws {
    // Before 3.38 SQLite cannot tell where in the statement: it is the line where that begins.
    let text = text.replacing("groups\nSELECT 1;", with: "groups\nSELECT 1 AS key LIMIT 0;")
    guard case .badSQL(made.folder.file("mine.sql"), let told, reason) = try refusal(text) else {
      Issue.record("\(text) is refused otherwise")
      return
    }
    if SQLOffset.isTold { #expect(told == line) }
  }

  @Test("a parameter that is not known is refused with its line, and not taken for null")
  func unknownParameter() throws {
    let error = try #require(try refusal("SELECT 1\nWHERE 1 > :form_day"))
    #expect("\(error)".hasSuffix("mine.sql:2: there is no parameter :form_day; did you mean :from_day?"), "\(error)")
    #expect(
      "\(try #require(try refusal("SELECT @x")))".hasSuffix(
        "mine.sql:1: there is no parameter @x; expected "
          + ":as_of, :budgets, :by_instance_type, :by_label, :by_run, :by_runner, :by_second_label, :by_source, "
          + ":decimals, :exit_codes, :from_at, :from_day, :group_by, :interval, :outcomes, :state, :state_reason, "
          + ":to_at, :to_day, :unchanged"
      ))
  }

  @Test("packed times are there also where a source is one line of the tally")
  func timesOfSources() async throws {
    let made = try await HandMadeLedger()
    let counts = try ["runner", "source"].map { owner in
      let text = """
        /*
        title: Times
        parameters: [period]
        default_period: all
        tally: {by: month, of: \(owner)}
        */
        SELECT json_extract(times_summary(runtimes, 50), '$.count') AS runs FROM tally_times WHERE period = 'asked'
        """
      return try made.ledger.make(ReportDefinition(name: "times", text: text)).rows
    }
    #expect(counts[0] == counts[1])
    #expect(counts[0] != [[.null]])
  }

  @Test(
    "an unknown key is refused with its line, wherever it stands",
    arguments: [
      (
        "titel: A",
        "line 2: unknown key titel (did you mean title?); expected title, question, description, schema_version, parameters, "
          + "default_period, default_outcome, group_by, groups, columns, sort, totals, prints_closings, tally, rounding, "
          + "formats, layout, chart, sections, filled_by, empty, format_of, format"
      ),
      (
        "columns:\n  - {name: one, typ: integer}",
        "line 3: unknown key columns[1].typ (did you mean type?); expected name, type, title, unit, description, by"
      ),
      (
        "title: A\ngroups:\n  - name: one\n    titel: One",
        "line 5: unknown key groups[1].titel (did you mean title?); expected name, type, title, unit, description, by"
      ),
      (
        "group_by: {default: none, value: [none]}",
        "line 2: unknown key group_by.value (did you mean values?); expected default, values, most, alone"
      ),
      (
        "columns: [{name: one}]\nlayout: [{titel: One, column: one}]",
        "line 3: unknown key layout[1].titel (did you mean title?); expected title, column, hide, missing, interval, change, "
          + "from, to"
      ),
    ])
  func unknownKeys(header: String, expected: String) throws {
    #expect(try reason(header) == expected)
  }

  @Test(
    "a header that cannot be meant is refused with its line and what was expected",
    arguments: [
      (
        "columns:\n  - {name: one, type: number}",
        "line 3: columns[1].type: expected one of text, word, any, integer, seconds, instant, day, month, "
          + "money, price, decimal, rate, probability, flag, found \"number\""
      ),
      (
        "parameters: [period, colour]",
        "line 2: parameters[2]: expected one of period, instants, source, runner, interval, group-by, outcome, "
          + "exit-code, unchanged, found \"colour\""
      ),
      (
        "default_period: 30d",
        "line 2: default_period: expected one of last-month, this-month, 12-intervals, 30-days, all, found \"30d\""
      ),
      (
        "columns: [{name: one}]\ntotals: [ones]",
        "line 3: totals[1]: expected the name of a column, found ones; did you mean one?"
      ),
      (
        "columns: [{name: one}]\ntotals: [one]",
        "line 3: totals[1]: expected a column of the type integer, seconds or money, found one, a text"
      ),
      (
        "columns: [{name: one}, {name: one}]",
        "line 2: columns[2]: expected a name of its own, found one, which another column has"
      ),
      ("columns: [{name: one}]\nsort: [three]", "line 3: sort[1]: expected the name of a column, found three"),
      ("totals: [two]", "line 2: totals[1]: expected the name of a column, found two"),
      ("columns: [{name: one}]\nlayout: [three]", "line 3: layout[1]: expected the name of a column, found three"),
      (
        "columns: [{name: one}]\nlayout:\n  - one\n  - {title: x, interval: [one]}",
        "line 5: layout[2]: a layout item must be a column's name, {column, title, hide: zero, missing}, "
          + "{title, interval: [low, high]} or {title, change, from, to}"
      ),
      ("columns: [{name: one}]\nlayout: [{column: one, hide: null}]", nil),
      (
        "columns: [{name: one}]\nlayout: [{column: one, hide: one}]",
        "line 3: layout[1].hide: expected zero, found \"one\""
      ),
      (
        "group_by: {default: week, values: [none, source]}",
        "line 2: group_by: the default week is not among the values none, source"
      ),
      ("group_by: {default: week}", "line 2: group_by: expected a default and values, found none"),
      ("title: [a, b]", "line 2: title: expected a text, found a list"),
      ("schema_version: one", "line 2: schema_version: expected a whole number, found \"one\""),
      ("rounding: perhaps", "line 2: rounding: expected true or false, found \"perhaps\""),
      ("columns: one", "line 2: columns: expected a list of columns, found \"one\""),
      (
        "columns: [one]",
        "line 2: columns[1]: expected keys with values (name, type, title, unit, description, by), found \"one\""
      ),
      ("columns: [{type: integer}]", "line 2: columns[1]: expected a name, found none"),
      ("totals: 3", "line 2: totals: expected a list of columns, found \"3\""),
    ] as [(String, String?)])
  func badHeaders(header: String, expected: String?) throws {
    #expect(try reason(header) == expected)
  }

  @Test("YAML that cannot be read is refused with its line")
  func badYAML() throws {
    #expect(
      try reason("title: a\ncolumns: [a, b") == "line 4: not YAML: did not find expected ',' or ']', "
        + "while parsing a flow sequence that begins in line 3")
    #expect(
      try reason("title: What: why") == "line 2: not YAML: mapping values are not allowed in this context; "
        + "put text that has a colon in it in quotation marks")
    #expect(try reason("title: a\ntitle: b") == "line 2: the key title stands twice")
    #expect(
      try refusal("/* title: a\nSELECT 1")
        == .badHeader(
          YAMLMistake(
            file: made.folder.file("mine.sql"), line: 1,
            problem: .unusable("the comment that begins with /* does not end with */"))))
    #expect(try self.reason("- a\n- b")?.hasPrefix("line 2: the header must have the keys {title, ") == true)
  }

  @Test("a comment that says nothing is no header")
  func emptyHeader() throws {
    #expect(try run("/* */ SELECT 1 AS one").lines == ["1"])
    #expect(try run("/*\ntitle:\n*/ SELECT 1 AS one").head.title == made.folder.file("mine.sql"))
  }

  @Test(
    "a header whose columns are not those of the statement is refused with its line, and what the statement gives",
    arguments: [
      (
        "columns:\n  - {name: one}\n  - {name: two}", "SELECT 1 AS one, 2 AS zwei",
        "4: the statement does not give the column two that the header describes; it gives one, zwei"
      ),
      (
        "columns:\n  - {name: one}", "SELECT 1 AS one, 2 AS zwei",
        "3: the header does not describe the column zwei that the statement gives; it gives one, zwei"
      ),
      (
        "columns: [{name: one}, {name: two}]", "SELECT 2 AS two, 1 AS one",
        "2: the header describes one, two, the statement has another order: it gives two, one"
      ),
      (
        "columns: [{name: one}]\ngroups:\n  - {name: g}",
        "-- groups\nSELECT 1 AS h, 1;\n-- rows\nSELECT 1 AS one, 1;",
        "4: the statement does not give the column g that the header describes; it gives h"
      ),
    ])
  func columnsDiffer(header: String, sql: String, expected: String) throws {
    let error = try #require(try refusal("/*\n\(header)\n*/\n\(sql)"))
    #expect("\(error)" == made.folder.file("mine.sql") + ":" + expected)
  }

  @Test(
    "a value of another type than its column is refused with the column's line, not printed",
    arguments: [
      ("money", "0.1", "the number 0.1; expected decimal text, as cost() and money_sum() give"),
      ("money", "'a lot'", "the text \"a lot\"; expected decimal text, as cost() and money_sum() give"),
      ("price", "'-'", "the text \"-\"; expected decimal text, as price_second is"),
      ("integer", "'1'", "the text \"1\"; expected an integer, as CAST(… AS INTEGER) gives"),
      ("seconds", "1.5", "the number 1.5; expected an integer of milliseconds"),
      (
        "instant", "9223372036854775807",
        "the integer 9223372036854775807; expected an integer of milliseconds since 1970"
      ),
      ("day", "99999999", "the integer 99999999; expected an integer of days since 1970, as local_day() gives"),
      ("month", "'January'", "the text \"January\"; expected text such as 2026-01"),
      ("rate", "1", "the integer 1; expected a number with a decimal point, as 1.0 * failed / runs gives"),
      ("probability", "9e999", "the number inf; expected a number with a decimal point, as 1.0 * failed / runs gives"),
      ("flag", "2", "the integer 2; expected 0 or 1"),
    ])
  func wrongValue(type: String, value: String, expected: String) throws {
    let error = try #require(
      try refusal("/*\ncolumns:\n  - {name: a, type: \(type)}\n*/\nSELECT NULL AS a UNION ALL SELECT \(value)"))
    #expect("\(error)" == made.folder.file("mine.sql") + ":3: the column a is \(type), but row 2 has \(expected)")
  }

  @Test("a statement that works longer than it may is stopped, and the file named")
  func timeLimit() throws {
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    #expect(throws: OwnSQLError.tooSlow(name: made.folder.file("mine.sql"), limit: .milliseconds(50))) {
      try run(endless, ReportRequest(timeLimit: .milliseconds(50)))
    }
    // The connection is as it was before: the next statement has all its time.
    #expect(try run("SELECT 1 AS one").lines == ["1"])
  }

  @Test("a file that is not there, or is no text, is named")
  func unreadableFiles() throws {
    #expect(throws: ReportError.unreadableFile(path: "./none.sql", reason: "no such file")) {
      try ReportCatalog.definition(named: "./none.sql")
    }
    let path = made.folder.file("bytes.sql")
    try made.folder.write(bytes: [0xFF, 0xFE, 0xFF], to: "bytes.sql")
    #expect(throws: ReportError.unreadableFile(path: path, reason: "it is not UTF-8 text or may not be read")) {
      try ReportCatalog.definition(named: path)
    }
  }
}
