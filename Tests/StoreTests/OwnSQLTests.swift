import GRDB
import Runs
import Synchronization
import TestSupport
import Testing

@testable import Store

/// SQL that somebody else wrote, on a ledger that could be written: it only reads.
@Suite struct OwnSQLTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  private func ask(
    _ sql: String, _ arguments: [String: Value] = [:], _ caution: Caution = Caution()
  ) throws -> [[Value]] {
    var rows: [[Value]] = []
    try ledger.read { snapshot in
      try snapshot.rows(of: sql, named: "mine", arguments: arguments, caution: caution) { rows.append($0) }
    }
    return rows
  }

  @Test(
    "what reads is run, table-valued functions and settings that are only asked for among it",
    arguments: [
      "SELECT 1", "WITH a AS (SELECT 1) SELECT * FROM a", "SELECT 1; -- and a remark\n", "EXPLAIN QUERY PLAN SELECT 1",
      "PRAGMA table_info(run)", "SELECT name FROM pragma_table_info('run')", "PRAGMA user_version",
      "SELECT value FROM json_each('[1]')", "SELECT count(*) FROM sqlite_master", "VALUES (1)",
      "SELECT count(*) FROM slices(1, 0, 1)",
    ])
  func reading(sql: String) throws {
    #expect(try !ask(sql).isEmpty)
  }

  @Test(
    "what does anything else is refused before it is done",
    arguments: [
      ("DELETE FROM run", "change the ledger"), ("VACUUM", "change the ledger"), ("REINDEX", "change the ledger"),
      ("INSERT INTO run_day SELECT * FROM run_day RETURNING day", "change the ledger"),
      ("CREATE TEMP TABLE a (b)", "change the ledger"), ("CREATE VIEW a AS SELECT 1", "change the ledger"),
      ("EXPLAIN DELETE FROM run", "change the ledger"), ("ANALYZE", "change the ledger"),
      ("CREATE VIRTUAL TABLE temp.a USING fts5(b)", "change the ledger"),
      ("COMMIT", "begin or end a transaction"), ("BEGIN", "begin or end a transaction"),
      ("SAVEPOINT a", "begin or end a transaction"), ("DETACH main", "detach a file"),
      ("ATTACH 'x.sqlite' AS x", "attach another file"), ("PRAGMA journal_mode = DELETE", "run PRAGMA journal_mode"),
      ("PRAGMA query_only = 0", "run PRAGMA query_only"), ("PRAGMA writable_schema = 1", "run PRAGMA writable_schema"),
      ("PRAGMA wal_checkpoint", "run PRAGMA wal_checkpoint"), ("PRAGMA optimize", "run PRAGMA optimize"),
      ("SELECT * FROM pragma_optimize", "run PRAGMA optimize"), ("SELECT load_extension('x')", "call load_extension()"),
    ])
  func refused(sql: String, action: String) throws {
    #expect(throws: OwnSQLError.refused(name: "mine", action: action)) { try ask(sql) }
  }

  @Test("the schema cannot be rewritten either")
  func schema() throws {
    #expect(throws: OwnSQLError.self) { try ask("UPDATE sqlite_master SET sql = '' RETURNING 1") }
    #expect(throws: OwnSQLError.self) { try ask("DELETE FROM sqlite_master RETURNING 1") }
  }

  @Test("rules and limits end with the statement: the ledger can be written again")
  func afterwards() throws {
    #expect(throws: OwnSQLError.self) { try ask("DELETE FROM run") }
    try ledger.database.write { db in
      try db.execute(sql: "CREATE TABLE a (b); INSERT INTO a VALUES (zeroblob(70000000)); DROP TABLE a")
      try db.execute(sql: "PRAGMA user_version = \(try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0)")
    }
  }

  @Test("parameters have their values, and one that is not known is not taken for null")
  func parameters() throws {
    #expect(try ask("SELECT :a, :a", ["a": .text("x"), "b": .integer(1)]) == [[.text("x"), .text("x")]])
    #expect(
      throws: OwnSQLError.unknownParameter(name: "mine", parameter: ":c", known: [":a"], offset: 7)
    ) { try ask("SELECT :c", ["a": .null]) }
    #expect(
      throws: OwnSQLError.unknownParameter(name: "mine", parameter: "?", known: [], offset: 7)
    ) { try ask("SELECT ?") }
  }

  @Test(
    "what would fill the memory is an error",
    arguments: [
      "SELECT zeroblob(1000000000)", "SELECT randomblob(100000000)",
      "SELECT replace(hex(zeroblob(1000000)), '0', hex(zeroblob(1000)))",
    ])
  func sizes(sql: String) throws {
    #expect(throws: OwnSQLError.tooLarge(name: "mine", .row, mebibytes: 16)) { try ask(sql) }
  }

  @Test("so is a row of many values, none of which is too large by itself")
  func row() throws {
    #expect(throws: OwnSQLError.tooLarge(name: "mine", .row, mebibytes: 16)) {
      try ask("SELECT zeroblob(9000000), 1, printf('%.9000000c', 'a')")
    }
    let columns = Array(repeating: "randomblob(16000000)", count: 40).joined(separator: ", ")
    #expect(throws: OwnSQLError.tooLarge(name: "mine", .memory, mebibytes: 512)) { try ask("SELECT " + columns) }
    #expect(try ask("SELECT x'00FF10', zeroblob(3)") == [[.text("x'00FF10'"), .text("x'000000'")]])
  }

  @Test("temporary files have a limit, all of a statement together, and room for the next one")
  func temporaryFiles() throws {
    let sort = """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000)
      SELECT length(blob) FROM (SELECT randomblob(10000) AS blob FROM n) ORDER BY blob
      """
    let caution = Caution(temporaryLimit: 8 << 20)
    for _ in 1...2 {
      #expect(throws: OwnSQLError.tooLarge(name: "mine", .temporaryFiles, mebibytes: 8)) { try ask(sort, [:], caution) }
    }
    #expect(try ask(sort).count == 3000)
    #expect(try ask(sort.replacing("3000", with: "300"), [:], caution).count == 300)
  }

  @Test("an expression nested deeper than any is written is refused")
  func depth() throws {
    let nested = String(repeating: "(1+", count: 900) + "1" + String(repeating: ")", count: 900)
    #expect(throws: OwnSQLError.self) { try ask("SELECT " + nested) }
  }

  @Test("without an end, rows or none, a statement is stopped at its limit")
  func endless() throws {
    let n = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT "
    let caution = Caution(timeLimit: .milliseconds(50))
    for sql in [n + "max(i) FROM n", n + "i FROM n", n + "1 FROM n WHERE i < 0"] {
      #expect(throws: OwnSQLError.tooSlow(name: "mine", limit: .milliseconds(50))) {
        try ledger.read { try $0.rows(of: sql, named: "mine", caution: caution) { _ in } }
      }
    }
  }

  @Test("only SQLite's own work counts")
  func workingTime() {
    let clock = Mutex(ContinuousClock.now)
    func pass(_ seconds: Int) { clock.withLock { $0 += .seconds(seconds) } }
    let time = WorkingTime(limit: .seconds(60)) { clock.withLock(\.self) }
    time.counting { pass(59) }
    pass(3600)
    #expect(!time.look())
    time.counting {
      #expect(!time.look())
      pass(1)
      #expect(time.look())
    }
    #expect(time.isOver)
  }

  @Test("a statement is stuck when it works on beyond its limit, and not while its rows are read")
  func stuck() {
    let clock = Mutex(ContinuousClock.now)
    func pass(_ seconds: Int) { clock.withLock { $0 += .seconds(seconds) } }
    let time = WorkingTime(limit: .seconds(60)) { clock.withLock(\.self) }
    time.counting {
      pass(60)
      #expect(!time.isStuck(beyond: .seconds(1)))
      pass(1)
      #expect(time.isStuck(beyond: .seconds(1)))
    }
    #expect(!time.isStuck(beyond: .seconds(1)))
  }

  @Test("a limit that was reached says which, and of what")
  func words() {
    #expect(
      "\(OwnSQLError.tooSlow(name: "mine.sql", limit: .milliseconds(60_000)))"
        == "mine.sql was stopped: its statement worked for 60 s, which is the limit")
    let sizes: [(OwnSQLError.Size, String)] = [
      (.row, "a row grew beyond 7 MiB"), (.memory, "it needs more than 7 MiB of memory"),
      (.temporaryFiles, "its temporary files grew beyond 7 MiB"),
    ]
    for (size, words) in sizes {
      #expect("\(OwnSQLError.tooLarge(name: "a", size, mebibytes: 7))" == "a was stopped: " + words)
    }
    #expect("\(OwnSQLError.tooSlow(name: "a", limit: .milliseconds(200)))".contains("worked for 0.2 s,"))
  }
}
