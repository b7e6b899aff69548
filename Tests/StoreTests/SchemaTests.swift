import Foundation
import GRDB
import Runs
import SQLFiles
import TestSupport
import Testing

@testable import Store

/// The SQL on disk, the SQL in the binary, and the words both share with Swift.
@Suite struct SchemaTests {
  /// Tests/StoreTests/SchemaTests.swift → sql
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("sql")

  private static func files(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(name).path)
      .filter { $0.hasSuffix(".sql") }.sorted()
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  }

  @Test("every migration on disk is registered, in order, and begins with a letter")
  func migrations() throws {
    let files = try SchemaTests.files(in: "migrations")
    #expect(files == SQLFiles.migrations.map { $0.name + ".sql" })
    #expect(files.allSatisfy { $0.first?.isLetter ?? false })
    for migration in SQLFiles.migrations {
      #expect(try SchemaTests.text("migrations/\(migration.name).sql") == migration.sql)
    }
  }

  @Test("every view on disk is registered under its name")
  func views() throws {
    #expect(try SchemaTests.files(in: "views") == SQLFiles.views.map { "view_\($0.name).sql" }.sorted())
    for view in SQLFiles.views {
      #expect(try SchemaTests.text("views/view_\(view.name).sql") == view.sql)
      #expect(view.sql.contains("\nCREATE VIEW \(view.name) AS\n"))
    }
  }

  @Test("every named statement is in exactly one file, once, and is known to Swift")
  func statements() throws {
    let fixed = try SchemaTests.statements(in: "queries")
    let lines = try SchemaTests.statements(in: "tally", file: "tally_lines.sql")
    let times = try SchemaTests.statements(in: "tally", file: "tally_times.sql")
    #expect(Set(fixed).count == fixed.count)
    #expect((lines + times).allSatisfy { $0.contains("{") })
    #expect(SQLFiles.queries.keys.sorted() == Query.allCases.map(\.rawValue).sorted())
    // Four levels have lines of the tally, two have packed times: were a name there twice, it would count once.
    #expect(SQLFiles.queries.count == fixed.count + 4 * lines.count + 2 * times.count)
  }

  /// The names of the statements of a folder, or of one file there.
  private static func statements(in folder: String, file: String? = nil) throws -> [String] {
    try files(in: folder).filter { file == nil || $0 == file }.flatMap { name in
      try text("\(folder)/\(name)").split(separator: "\n")
        .filter { $0.hasPrefix("-- name: ") }.map { String($0.dropFirst("-- name: ".count)) }
    }
  }

  @Test("each table has a sentence above it that says what it is")
  func tableComments() throws {
    for migration in SQLFiles.migrations {
      let lines = migration.sql.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() where line.hasPrefix("CREATE TABLE") {
        let above = index > 0 ? lines[index - 1] : ""
        #expect(above.hasPrefix("-- ") && above.hasSuffix("."), "\(line)")
      }
    }
  }

  @Test("the ledger's words for outcomes are those of Swift, and count as they do there")
  func outcomes() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    let expected = Outcome.allCases.map { outcome in
      "\(outcome.rawValue) | \(outcome.word) | \(outcome.isRated ? 1 : 0) | \(outcome.isFailed ? 1 : 0)"
        + " | \(outcome.isWasted ? 1 : 0)"
    }
    #expect(try ledger.lines("SELECT * FROM outcome ORDER BY outcome") == expected)
  }

  @Test("a fresh ledger is marked, numbered, and has its zone")
  func freshLedger() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder, zone: try TimeZoneDatabase.rules(named: "Europe/Berlin"))
    #expect(try ledger.lines("PRAGMA application_id") == ["1381256281"])
    #expect(try ledger.lines("PRAGMA user_version") == ["\(SQLFiles.migrations.count)"])
    #expect(try ledger.lines("SELECT time_zone, created_at FROM ledger") == ["Europe/Berlin | 1767225600000"])
    #expect(try ledger.read { $0.zone } == TimeZoneDatabase.rules(named: "Europe/Berlin"))
    #expect(try ledger.problems() == [])
  }

  @Test("every table is STRICT")
  func strictTables() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    #expect(
      try ledger.lines("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND schema = 'main'")
        == ["sqlite_schema"])
  }
}
