import Foundation
import GRDB
import Runs
import SQLFiles
import TestSupport
import Testing

@testable import Store

/// Making, opening, refusing and closing the one file.
@Suite struct LedgerFileTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func error(_ name: String, _ access: Ledger.Access = .writing) -> LedgerError? {
    #expect(throws: LedgerError.self) { _ = try Ledger(at: folder.file(name), for: access) }
  }

  /// A SQLite file of somebody else.
  private func makeForeign(_ name: String, _ setup: String = "") throws {
    let database = try DatabaseQueue(path: folder.file(name))
    try database.writeWithoutTransaction { db in
      try db.execute(sql: setup + "; CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('mine')")
    }
    try database.close()
  }

  @Test("a ledger that was closed is one file, and opens again with what was in it")
  func reopening() async throws {
    let ledger = try Ledger.make(in: folder)
    try await ledger.harvest(VendorAnswer(make(run: "r1")), at: "2026-01-16T00:00:00Z")
    #expect(try folder.files == ["ledger.sqlite", "ledger.sqlite-shm", "ledger.sqlite-wal"])
    ledger.close()
    #expect(try folder.files == ["ledger.sqlite"])

    let reader = try Ledger(at: folder.file("ledger.sqlite"), for: .reading)
    #expect(try reader.lines("SELECT external_id FROM run") == ["r1"])
    reader.close()
    #expect(try folder.files == ["ledger.sqlite"])

    let writer = try Ledger(at: folder.file("ledger.sqlite"), for: .writing)
    try await writer.harvest(VendorAnswer(make(run: "r2")), at: "2026-01-17T00:00:00Z")
    #expect(try writer.lines("SELECT external_id FROM run ORDER BY 1") == ["r1", "r2"])
    writer.close()
    #expect(try folder.files == ["ledger.sqlite"])
  }

  @Test("a reader sees what a writer committed while it goes on")
  func readingBesideAWriter() async throws {
    let writer = try Ledger.make(in: folder)
    let reader = try Ledger(at: folder.file("ledger.sqlite"), for: .reading)
    try await writer.harvest(VendorAnswer(make(run: "r1")), at: "2026-01-16T00:00:00Z", until: .batches(1))
    #expect(try reader.lines("SELECT external_id FROM run") == ["r1"])
    reader.close()
    writer.close()
    #expect(try folder.files == ["ledger.sqlite"])
  }

  @Test("a reader cannot write")
  func readersDoNotWrite() async throws {
    try Ledger.make(in: folder).close()
    let reader = try Ledger(at: folder.file("ledger.sqlite"), for: .reading)
    await #expect(throws: LedgerError.self) {
      try await reader.harvest(VendorAnswer(make(run: "r1")), at: "2026-01-16T00:00:00Z")
    }
  }

  @Test("what is not there is missing, and is not made", arguments: [Ledger.Access.reading, .writing])
  func missing(access: Ledger.Access) throws {
    #expect(error("none.sqlite", access) == .missing(path: folder.file("none.sqlite")))
    #expect(try folder.files == [])
  }

  @Test("a new ledger does not take the place of anything")
  func existing() throws {
    try folder.write("a letter", to: "ledger.sqlite")
    #expect(throws: LedgerError.exists(path: folder.file("ledger.sqlite"))) { try Ledger.make(in: folder) }
    #expect(try folder.bytes(of: "ledger.sqlite") == Data("a letter".utf8))
  }

  @Test("what an interrupted creation left is missing, and can be created over")
  func interruptedCreation() throws {
    try folder.write("", to: "ledger.sqlite")
    #expect(error("ledger.sqlite", .writing) == .missing(path: folder.file("ledger.sqlite")))
    #expect(error("ledger.sqlite", .reading) == .missing(path: folder.file("ledger.sqlite")))
    try Ledger.make(in: folder).close()
    #expect(try Ledger(at: folder.file("ledger.sqlite"), for: .reading).problems() == [])
  }

  @Test("a file that is no database is refused and stays as it is", arguments: [Ledger.Access.reading, .writing])
  func noDatabase(access: Ledger.Access) throws {
    for text in ["short", String(repeating: "a long letter ", count: 1000)] {
      try folder.write(text, to: "letter.txt")
      #expect(error("letter.txt", access) == .notALedger(path: folder.file("letter.txt")))
      #expect(try folder.bytes(of: "letter.txt") == Data(text.utf8))
      #expect(try folder.files == ["letter.txt"])
    }
  }

  @Test("a folder is refused", arguments: [Ledger.Access.reading, .writing])
  func folderAsLedger(access: Ledger.Access) throws {
    try FileManager.default.createDirectory(atPath: folder.file("inner"), withIntermediateDirectories: false)
    guard case .cannotOpen(folder.file("inner"), _) = error("inner", access) else {
      Issue.record("a folder was not refused as one")
      return
    }
  }

  @Test("somebody else's database is refused and stays as it is, byte for byte")
  func foreignDatabase() throws {
    try makeForeign("foreign.sqlite")
    let before = try folder.bytes(of: "foreign.sqlite")
    for access in [Ledger.Access.reading, .writing] {
      #expect(error("foreign.sqlite", access) == .notALedger(path: folder.file("foreign.sqlite")))
      #expect(try folder.bytes(of: "foreign.sqlite") == before)
      #expect(try folder.files == ["foreign.sqlite"])
    }
  }

  @Test("somebody else's database keeps what it wrote ahead")
  func foreignWriteAhead() throws {
    let database = try DatabaseQueue(path: folder.file("foreign.sqlite"))
    try database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      try db.execute(sql: "CREATE TABLE note (text TEXT)")
    }
    // A copy of an open database is what a crash leaves.
    try #require(folder.files == ["foreign.sqlite", "foreign.sqlite-shm", "foreign.sqlite-wal"])
    for ending in ["", "-wal"] {
      try FileManager.default.copyItem(
        atPath: folder.file("foreign.sqlite" + ending), toPath: folder.file("left.sqlite" + ending))
    }
    try database.close()
    let before = try [folder.bytes(of: "left.sqlite"), folder.bytes(of: "left.sqlite-wal")]
    #expect(error("left.sqlite") == .notALedger(path: folder.file("left.sqlite")))
    #expect(try [folder.bytes(of: "left.sqlite"), folder.bytes(of: "left.sqlite-wal")] == before)
  }

  @Test("a ledger whose version was never one is damaged", arguments: [-1, -2_147_483_648, 0])
  func impossibleVersion(version: Int) throws {
    let ledger = try Ledger.make(in: folder)
    try ledger.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = \(version)") }
    ledger.close()
    for access in [Ledger.Access.reading, .writing] {
      #expect(
        error("ledger.sqlite", access)
          == .damaged(path: folder.file("ledger.sqlite"), reason: "it says that it has schema \(version)"))
    }
  }

  @Test("a ledger of a version before the first release is refused and stays as it is")
  func unreleased() throws {
    let ledger = try Ledger.make(in: folder)
    try ledger.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 1") }
    ledger.close()
    for access in [Ledger.Access.reading, .writing] {
      #expect(error("ledger.sqlite", access) == .unreleased(path: folder.file("ledger.sqlite")))
    }
  }

  @Test("a ledger of a newer version is refused and stays as it is")
  func newerLedger() throws {
    let ledger = try Ledger.make(in: folder)
    try ledger.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
    ledger.close()
    let before = try folder.bytes(of: "ledger.sqlite")
    for access in [Ledger.Access.reading, .writing] {
      #expect(
        error("ledger.sqlite", access)
          == .newer(path: folder.file("ledger.sqlite"), version: 99, known: SQLFiles.migrations.count))
    }
    #expect(try folder.bytes(of: "ledger.sqlite") == before)
  }

  @Test("a new ledger has the pages that were measured to be best")
  func pageSize() throws {
    #expect(try Ledger.make(in: folder).lines("PRAGMA page_size") == ["8192"])
  }

  @Test("a ledger with overwritten pages is damaged, whoever looks first", arguments: [1, 20])
  func damagedLedger(from page: Int) async throws {
    let ledger = try Ledger.make(in: folder)
    let runs = try (0..<500).map { try make(run: "r\($0)") }
    try await ledger.harvest(
      VendorAnswer([make(runner: "backup")], runs: ["backup": runs]), at: "2026-01-16T00:00:00Z")
    ledger.close()
    var bytes = try folder.bytes(of: "ledger.sqlite")
    for index in page * 8192..<bytes.count { bytes[index] = 0xAA }
    try bytes.write(to: URL(fileURLWithPath: folder.file("ledger.sqlite")))

    for look in [{ _ = try $0.lines("SELECT * FROM run") }, { _ = try $0.verify() }] as [(Ledger) throws -> Void] {
      let error = #expect(throws: LedgerError.self) {
        try look(try Ledger(at: folder.file("ledger.sqlite"), for: .reading))
      }
      guard case .damaged(folder.file("ledger.sqlite"), _) = error else {
        Issue.record("\(error as Any)")
        return
      }
    }
  }

  @Test("a ledger that was cut off is refused")
  func truncatedLedger() throws {
    try Ledger.make(in: folder).close()
    let bytes = try folder.bytes(of: "ledger.sqlite")
    for length in [50, 100, 4096] {
      try bytes.prefix(length).write(to: URL(fileURLWithPath: folder.file("cut.sqlite")))
      #expect(throws: LedgerError.self, "\(length) bytes") {
        let ledger = try Ledger(at: folder.file("cut.sqlite"), for: .reading)
        _ = try ledger.verify()
      }
    }
  }

  @Test("reports work in a folder with mode 0555", .enabled(if: getuid() != 0))
  func unwritableFolder() async throws {
    for leavesWriteAhead in [false, true] {
      let inner = folder.file("inner-\(leavesWriteAhead)")
      try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: false)
      let path = inner + "/ledger.sqlite"
      let ledger = try Ledger.create(at: path, zone: .utc, now: instant("2026-01-01T00:00:00Z"))
      try await ledger.harvest(VendorAnswer(make(run: "r1")), at: "2026-01-16T00:00:00Z")
      if leavesWriteAhead {
        try ledger.database.close()
      } else {
        ledger.close()
      }
      try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: inner)
      defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: inner) }
      let reader = try Ledger(at: path, for: .reading)
      #expect(try reader.lines("SELECT external_id FROM run") == ["r1"])
      #expect(try reader.problems() == [])
      reader.close()
      #expect(throws: LedgerError.self) {
        try Ledger.create(at: inner + "/other.sqlite", zone: .utc, now: instant("2026-01-01T00:00:00Z"))
      }
    }
  }
}
