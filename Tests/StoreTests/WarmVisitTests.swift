import Foundation
import GRDB
import Runs
import TestSupport
import Testing

@testable import Store

/// What twenty visits write that find everything as it was.
@Suite struct WarmVisitTests {
  /// Notes every row of every table of the file that is written from now on, also where nothing about it changes. The
  /// digests follow from the others.
  private func watch(_ ledger: Ledger) throws {
    let tables = try ledger.lines(
      """
      SELECT name FROM sqlite_schema
      WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'table_digest'
      """)
    try ledger.database.writeWithoutTransaction { db in
      try db.execute(sql: "CREATE TEMP TABLE written (name TEXT NOT NULL)")
      for table in tables {
        for event in ["INSERT", "UPDATE", "DELETE"] {
          try db.execute(
            sql: """
              CREATE TEMP TRIGGER \(event)_\(table) AFTER \(event) ON main.\(table)
              BEGIN INSERT INTO written VALUES ('\(event) \(table)'); END
              """)
        }
      }
    }
  }

  private func written(_ ledger: Ledger) throws -> [String] {
    try ledger.lines("SELECT name FROM written ORDER BY name")
  }

  private func answer(runners: Int) throws -> VendorAnswer {
    let names = (0..<runners).map { "runner-\($0)" }
    let run = try make(run: "r1")
    let open = try make(openRun: "r2", started: "2026-01-15T23:00:00Z")
    return VendorAnswer(
      names.map { make(runner: $0) }, runs: Dictionary(uniqueKeysWithValues: names.map { ($0, [run, open]) }))
  }

  @Test("twenty visits to a thousand runners without news write the harvest log and nothing else, two pages at most")
  func thousand() async throws {
    let folder = try TemporaryFolder()
    let answer = try answer(runners: 1000)
    let made = try Ledger.make(in: folder)
    try await made.harvest(answer, at: "2026-01-16T00:00:00Z")
    let tables = try made.domainTables()
    made.close()
    let size = try folder.bytes(of: "ledger.sqlite").count

    var ledger = try Ledger(at: folder.file("ledger.sqlite"), for: .writing)
    for hour in 1...20 {
      try watch(ledger)
      try await ledger.harvest(answer, at: "2026-01-16T\(hour < 10 ? "0" : "")\(hour):00:00Z")
      #expect(try written(ledger) == ["INSERT harvest", "INSERT sequence", "UPDATE harvest"], "the visit at \(hour)")
      ledger.close()
      ledger = try Ledger(at: folder.file("ledger.sqlite"), for: .writing)
    }
    #expect(try ledger.domainTables() == tables)
    #expect(try ledger.lines("SELECT count(*), count(until_harvest_id) FROM coverage") == ["1001 | 0"])
    ledger.close()
    #expect(try folder.bytes(of: "ledger.sqlite").count - size <= 2 * 8192)
  }
}
