import Foundation
import Testing

/// SQL from outside, in a query or a file: each attack is tried through the real command, and nothing changes.
@Suite struct OwnSQLCommandTests {
  struct Attack: CustomTestStringConvertible, Sendable {
    var sql: String
    /// What follows "would".
    var action: String

    var testDescription: String { sql }
  }

  static let attacks: [Attack] = [
    Attack(sql: "DELETE FROM run", action: "change the ledger"),
    Attack(sql: "UPDATE run SET status = 'x'", action: "change the ledger"),
    Attack(sql: "UPDATE run SET status = 'x' RETURNING 1", action: "change the ledger"),
    Attack(sql: "DROP TABLE run", action: "change the ledger"),
    Attack(sql: "CREATE TABLE mine (a)", action: "change the ledger"),
    Attack(sql: "CREATE TEMP TABLE mine (a)", action: "change the ledger"),
    Attack(sql: "CREATE TRIGGER t AFTER INSERT ON run BEGIN SELECT 1; END", action: "change the ledger"),
    Attack(sql: "INSERT INTO ledger DEFAULT VALUES", action: "change the ledger"),
    Attack(sql: "WITH gone AS (SELECT 1) DELETE FROM run", action: "change the ledger"),
    Attack(sql: "VACUUM INTO 'copy.sqlite'", action: "change the ledger"),
    Attack(sql: "SELECT 1; DELETE FROM run", action: "change the ledger"),
    Attack(sql: "ATTACH 'other.sqlite' AS other", action: "attach another file"),
    Attack(sql: "ATTACH 'file:other.sqlite?mode=rwc' AS other", action: "attach another file"),
    Attack(sql: "SELECT 1; ATTACH 'other.sqlite' AS other", action: "attach another file"),
    Attack(sql: "DETACH main", action: "detach a file"),
    Attack(sql: "PRAGMA user_version = 7", action: "run PRAGMA user_version"),
    Attack(sql: "PRAGMA journal_mode = DELETE", action: "run PRAGMA journal_mode"),
    Attack(sql: "PRAGMA writable_schema(1)", action: "run PRAGMA writable_schema"),
    Attack(sql: "PRAGMA temp_store_directory = '.'", action: "run PRAGMA temp_store_directory"),
    Attack(sql: "SELECT load_extension('./evil.so')", action: "call load_extension()"),
    Attack(sql: "ROLLBACK", action: "begin or end a transaction"),
  ]

  /// What a folder holds, to the byte.
  private func contents(_ place: Workplace) throws -> [String: Data] {
    Dictionary(uniqueKeysWithValues: try place.files().map { ($0, try place.bytes($0)) })
  }

  @Test("an attack in a query is refused, and no file changes or comes into being", arguments: attacks)
  func query(attack: Attack) async throws {
    let place = try await Workplace.withDocumentedRuns()
    let before = try contents(place)
    #expect(
      try await place.run("query", attack.sql)
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: only statements that read are run; this one would \(attack.action)\n"))
    #expect(try contents(place) == before)
  }

  @Test("the same in a report of one's own", arguments: attacks)
  func report(attack: Attack) async throws {
    let place = try await Workplace.withDocumentedRuns()
    try place.write(attack.sql, to: "mine.sql")
    let before = try contents(place)
    #expect(
      try await place.run("report", "./mine.sql", "--output", "r.csv")
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: report ./mine.sql would \(attack.action); only reading statements are run\n"))
    #expect(try contents(place) == before)
  }

  @Test("functions that touch files are not there", arguments: ["readfile('runtally.yaml')", "writefile('a', 'b')"])
  func fileFunctions(call: String) async throws {
    let place = try await Workplace.withDocumentedRuns()
    let before = try contents(place)
    let finished = try await place.run("query", "SELECT \(call)")
    #expect(finished.exitCode == 64)
    #expect(finished.err.hasPrefix("runtally: "))
    #expect(try contents(place) == before)
  }

  private static let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"

  @Test("a statement without an end is stopped, and nothing of its answer is left")
  func timeLimit() async throws {
    let place = try await Workplace.withDocumentedRuns()
    try place.write(OwnSQLCommandTests.endless, to: "mine.sql")
    let before = try contents(place)
    func expected(_ name: String) -> Finished {
      Finished(
        exitCode: 1, out: "",
        err: "runtally: \(name) was stopped: its statement worked for 0.2 s, which is the limit; "
          + "narrow it down, or give it longer with --time-limit 10m (0 for any time)\n")
    }
    #expect(
      try await place.run("query", OwnSQLCommandTests.endless, "--time-limit", "200ms", "--output", "r.csv")
        == expected("query"))
    #expect(
      try await place.run("report", "./mine.sql", "--time-limit", "200ms", "--output", "r.csv")
        == expected("./mine.sql"))
    #expect(try contents(place) == before)
  }

  @Test("a limit can be lifted, and is a time")
  func noLimit() async throws {
    let place = try await Workplace.withDocumentedRuns()
    #expect(try await place.run("query", "SELECT 1 AS one", "--time-limit", "0").out == "one\r\n1\r\n")
    let finished = try await place.run("query", "SELECT 1", "--time-limit", "soon")
    #expect(finished.exitCode == 64)
    #expect(finished.err.hasPrefix("runtally: --time-limit takes a whole number with ms, s, m or h, such as 30s, or 0"))
  }

  @Test("a value that would fill the memory is an error")
  func sizes() async throws {
    let place = try await Workplace.withDocumentedRuns()
    #expect(
      try await place.run("query", "SELECT length(zeroblob(1000000000))")
        == Finished(
          exitCode: 1, out: "",
          err: "runtally: query was stopped: a row grew beyond 16 MiB; select less in one row\n"))
  }

  @Test("one call of a function that works on for hours ends with the program, and says why")
  func stuck() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let sql = "SELECT instr(printf('%.15000000c', 'a'), printf('%.7000000c', 'a') || 'b')"
    #expect(
      try await place.run("query", sql, "--time-limit", "100ms")
        == Finished(
          exitCode: 1, out: "",
          err:
            "runtally: query was stopped: its statement worked for 0.1 s, which is the limit; narrow it down, or give "
            + "it longer with --time-limit 10m (0 for any time)\n"))
  }
}
