import Foundation
import GRDB
import Runs
import TestSupport
import Testing

@testable import Store

/// What a ledger holds is as it was written, cell by cell, or `verify` says so.
@Suite struct TableDigestTests {
  let folder: TemporaryFolder
  let path: String

  init() async throws {
    folder = try TemporaryFolder()
    path = folder.file("ledger.sqlite")
    let ledger = try Ledger.make(in: folder)
    let price = try make(price: "0.5", for: "*")
    let open = try make(openRun: "r3", started: "2026-01-15T23:00:00Z")
    let (backup, mail) = (make(runner: "backup"), make(runner: "mail"))
    let visits = [
      (at: "2026-01-16T00:00:00Z", runners: [backup, mail], second: try make(run: "r2")),
      (at: "2026-02-16T00:00:00Z", runners: [backup], second: try make(run: "r2", "failed", exit: 1)),
      (at: "2026-02-16T12:00:00Z", runners: [backup, mail], second: try make(run: "r2", "failed", exit: 1)),
    ]
    for visit in visits {
      let runs = [try make(run: "r1"), visit.second, open]
      try await ledger.harvest(VendorAnswer(visit.runners, runs: ["backup": runs]), at: visit.at)
    }
    _ = try ledger.settle(
      run: "r3", source: "production", as: .neverEnded, by: "ops", because: "its machine died",
      now: instant("2026-02-16T13:00:00Z"))
    let action = try ledger.beginAction(
      .trigger, at: .production, subject: "backup", asked: "{}", vendorAt: instant("2026-02-16T14:00:00Z"),
      now: instant("2026-02-16T14:00:00Z"))
    try ledger.finishAction(
      action, ActionEnd(.done, status: 200, resultID: "r1", note: "as asked"), now: instant("2026-02-16T14:00:01Z"))
    try ledger.savePrices(
      WantedPrices(sources: [], configured: [price], imported: []), now: instant("2026-02-17T00:00:00Z"))
    let january = Month(year: 2026, month: 1)
    let now = try instant("2026-02-18T00:00:00Z")
    _ = try ledger.closeMonth(january, force: true, now: now)
    try ledger.reopenMonth(january, because: "a wrong price", now: now)
    _ = try ledger.closeMonth(january, force: true, now: now)
    ledger.close()
  }

  /// Changes the ledger as another program would.
  private func tamper(_ sql: String) throws {
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA foreign_keys = OFF; " + sql) }
    try database.close()
  }

  private func problems() throws -> [String] {
    let ledger = try Ledger(at: path, for: .reading)
    defer { ledger.close() }
    return try ledger.verify().problems
  }

  @Test("a ledger that only Runtally wrote is sound, however it was written")
  func untouched() throws {
    #expect(try problems() == [])
  }

  @Test("a row that was changed, added or taken away is told with its table")
  func tampered() throws {
    let rest = "so the tally was not worked out again"
    try tamper("UPDATE price SET price_second = '0.6' WHERE price_second = '0.5'")
    #expect(try problems() == ["the table price is not as Runtally wrote it", rest])
    try tamper("UPDATE price SET price_second = '0.5' WHERE price_second = '0.6'")
    #expect(try problems() == [])
    try tamper("INSERT INTO sequence (at, kind) VALUES (1, 'price')")
    let counts = try Ledger(at: path, for: .reading).lines("SELECT count(*) FROM sequence")[0]
    let before = (Int(counts) ?? 0) - 1
    #expect(
      try problems() == [
        "the table sequence is not as Runtally wrote it: it has \(counts) rows, \(before) were written", rest,
      ])
    try tamper("DELETE FROM sequence WHERE at = 1 AND kind = 'price'")
    #expect(try problems() == [])
    try tamper("DELETE FROM table_digest WHERE name = 'source'")
    #expect(try problems() == ["of the table source no digest is kept", rest])
  }

  @Test("a view that says something else is told")
  func views() throws {
    try tamper(
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'SELECT', 'SELECT ') WHERE name = 'open_run'"
    )
    #expect(
      try problems() == ["the views are not as Runtally wrote them", "so the tally was not worked out again"])
  }

  @Test("whatever single value is changed in whatever table, it is noticed")
  func everyCell() throws {
    let reader = try Ledger(at: path, for: .reading)
    let tables = try reader.lines(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
    var untried: [String] = []
    for table in tables {
      let columns = try reader.lines("SELECT name || ' ' || type FROM pragma_table_info('\(table)')")
      for (column, type) in columns.map({ ($0.split(separator: " ")[0], $0.split(separator: " ")[1]) }) {
        // As a flipped bit would: another number, another letter, something where nothing was.
        let other = """
          CASE typeof(\(column)) WHEN 'integer' THEN \(column) + 4096 WHEN 'text' THEN 'x' || substr(\(column), 2)
            WHEN 'blob' THEN x'81' ELSE \(type == "INTEGER" ? "4096" : "'x'") END
          """
        let copy = folder.file("copy.sqlite")
        try? FileManager.default.removeItem(atPath: copy)
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        let database = try DatabaseQueue(path: copy)
        let changed = try database.writeWithoutTransaction { db in
          try db.execute(
            sql:
              "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; UPDATE OR IGNORE \(table) SET \(column) = \(other)"
          )
          return db.changesCount
        }
        try database.close()
        if changed == 0 {
          untried.append("\(table).\(column)")
          continue
        }
        let ledger = try Ledger(at: copy, for: .reading)
        #expect(try ledger.verify().problems != [], "\(table).\(column)")
        ledger.close()
      }
    }
    reader.close()
    #expect(untried == [])
  }

  @Test("a row's number is another one for every bit of every value")
  func bits() {
    func number(_ change: (inout RowDigest) -> Void) -> UInt64 {
      var digest = RowDigest()
      digest.add(Int64(7))
      change(&digest)
      digest.add("0.0000019")
      digest.addNull()
      return digest.value
    }
    var numbers: Set<UInt64> = [number { $0.addNull() }, number { $0.add("") }, number { $0.add("\u{0}") }]
    for bit in 0..<64 { numbers.insert(number { $0.add(Int64(bitPattern: 1 << UInt64(bit))) }) }
    for text in ["0", "00", "1", "a", "aaaaaaaa", "aaaaaaaaa", "aaaaaaaab", "baaaaaaaa"] {
      numbers.insert(number { $0.add(text) })
    }
    #expect(numbers.count == 3 + 64 + 8)
  }
}
