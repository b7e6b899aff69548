import Foundation
import Testing

/// `runtally query`: SQL that reads.
@Suite struct QueryTests {
  @Test("a query answers in every format but JUnit")
  func formats() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let sql = "SELECT outcome, count(*) AS runs, NULL AS missing FROM run_detail GROUP BY outcome ORDER BY outcome"
    func ask(_ format: String) async throws -> Finished {
      try await place.run("query", sql, "--format", format)
    }
    #expect(
      try await ask("csv")
        == Finished(exitCode: 0, out: "outcome,runs,missing\r\nfailure,1,\r\nsuccess,1,\r\n", err: ""))
    let table = try await ask("table")
    #expect(table.exitCode == 0)
    #expect(table.out.contains("failure"))
    let object = try JSONSerialization.jsonObject(with: Data(try await ask("json").out.utf8)) as? [String: Any]
    #expect((object?["rows"] as? [[String: Any]])?.compactMap { $0["outcome"] as? String } == ["failure", "success"])
    #expect(try await ask("jsonl").out.split(separator: "\n").count == 2)
    #expect(
      try await ask("junit")
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: these rows cannot be written as junit; "
            + "choose one of table, csv, json, jsonl, markdown, html, xlsx\n"))
  }

  @Test("the functions of the reports may be called")
  func functions() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let answer = try await place.query(
      "SELECT cost(270000, '0.0000019') AS cost, rfc3339(0) AS epoch, run_cost(runner_id, started_at, ended_at) AS own "
        + "FROM run WHERE outcome = 2")
    #expect(answer == "cost,epoch,own\r\n0.000513,1970-01-01T00:00:00.000Z,0.000513\r\n")
  }

  @Test(
    "a statement that cannot be prepared is wrong usage, in SQLite's words",
    arguments: [
      ("SELEC 1", "near \"SELEC\": syntax error"), ("SELECT * FROM nowhere", "no such table: nowhere"),
      ("SELECT no_such(1)", "no such function: no_such"),
    ])
  func mistakes(sql: String, reason: String) async throws {
    let place = try await Workplace.withDocumentedRuns()
    #expect(
      try await place.run("query", sql, "--output", "r.csv")
        == Finished(exitCode: 64, out: "", err: "runtally: the query cannot be run: \(reason)\n"))
    #expect(!place.exists("r.csv"))
  }

  @Test("a statement may stand in a file, which stays what it is, and whose mistakes are told with their line")
  func file() async throws {
    let place = try await Workplace.withDocumentedRuns()
    try place.write("\u{FEFF}SELECT count(*) AS n\nFROM run;\n", to: "count.sql")
    #expect(try await place.query("./count.sql") == "n\r\n2\r\n")
    #expect(
      try await place.run("query", "count.sql", "--output", "./count.sql", "--format", "csv").exitCode == 64)
    #expect(try await place.query("count.sql") == "n\r\n2\r\n")
    #expect(
      try await place.run("query", "./none.sql")
        == Finished(exitCode: 64, out: "", err: "runtally: ./none.sql cannot be read (no such file)\n"))
    try place.write("SELECT 1\nFRM run", to: "wrong.sql")
    let wrong = try await place.run("query", "wrong.sql")
    #expect(wrong.exitCode == 64)
    #expect(wrong.err == "runtally: wrong.sql:2: near \"run\": syntax error\n")
    try place.write("DELETE FROM run", to: "delete.sql")
    #expect(try await place.run("query", "delete.sql").exitCode == 64)
    #expect(try await place.query("count.sql") == "n\r\n2\r\n")
  }

  @Test("two statements are not one")
  func twoStatements() async throws {
    let place = try await Workplace.withDocumentedRuns()
    #expect(try await place.run("query", "SELECT 1; DELETE FROM run").exitCode == 64)
    #expect(try await place.query("SELECT count(*) AS n FROM run") == "n\r\n2\r\n")
  }
}
