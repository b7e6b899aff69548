import Foundation
import Runs
import Store
import TestSupport
import Testing

/// A copy that opens anywhere.
@Suite struct BackUpTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  @Test("a backup taken while a harvest goes on is one sound file with the same rows")
  func whileHarvesting() async throws {
    try await ledger.harvest(VendorAnswer(make(run: "r1")), at: "2026-01-16T00:00:00Z")
    try await ledger.harvest(
      VendorAnswer(make(run: "r1"), make(run: "r2")), at: "2026-01-17T00:00:00Z", until: .batches(1))
    try ledger.backUp(to: folder.file("copy.sqlite"))
    #expect(
      try folder.files == ["copy.sqlite", "ledger.sqlite", "ledger.sqlite-shm", "ledger.sqlite-wal"])

    let copy = try Ledger(at: folder.file("copy.sqlite"), for: .reading)
    #expect(try copy.problems() == [])
    #expect(try copy.domainTables() == ledger.domainTables())
    // Not in write-ahead mode, so that it opens in a folder that cannot be written.
    #expect(try folder.bytes(of: "copy.sqlite")[18] == 1)
    copy.close()

    let writer = try Ledger(at: folder.file("copy.sqlite"), for: .writing)
    try await writer.harvest(VendorAnswer(make(run: "r1"), make(run: "r2")), at: "2026-01-18T00:00:00Z")
    #expect(try writer.problems() == [])
    writer.close()
  }

  @Test("a reader can make a backup")
  func byAReader() async throws {
    try await ledger.harvest(VendorAnswer(make(run: "r1")), at: "2026-01-16T00:00:00Z")
    ledger.close()
    let reader = try Ledger(at: folder.file("ledger.sqlite"), for: .reading)
    try reader.backUp(to: folder.file("copy.sqlite"))
    #expect(try Ledger(at: folder.file("copy.sqlite"), for: .reading).problems() == [])
  }

  @Test("a backup never takes the place of anything")
  func existingTarget() throws {
    try folder.write("a letter", to: "letter.txt")
    #expect(throws: LedgerError.exists(path: folder.file("letter.txt"))) {
      try ledger.backUp(to: folder.file("letter.txt"))
    }
    #expect(try folder.bytes(of: "letter.txt") == Data("a letter".utf8))
  }

  @Test("a backup into a folder that is not there names the target, and leaves nothing")
  func missingFolder() throws {
    let error = #expect(throws: LedgerError.self) { try ledger.backUp(to: folder.file("none/copy.sqlite")) }
    #expect("\(try #require(error))".contains(folder.file("none/copy.sqlite")))
    #expect(try folder.files == ["ledger.sqlite", "ledger.sqlite-shm", "ledger.sqlite-wal"])
  }
}
