import Files
import Foundation
import GRDB
import Runs
import TestSupport
import Testing

@testable import Store

/// How a ledger is opened by those who may write beside it, and by those who may not.
@Suite struct LedgerOpeningTests {
  let folder: TemporaryFolder
  let path: String

  init() async throws {
    folder = try TemporaryFolder()
    path = folder.file("a #1?.sqlite")
    let ledger = try Ledger.make(in: folder, name: "a #1?.sqlite")
    try await ledger.harvest(VendorAnswer(make(run: "r1")), at: "2026-01-16T00:00:00Z")
    ledger.close()
  }

  private var uri: String { "file:\(folder.path)/a%20%231%3F.sqlite" }

  private func opening(_ name: String? = nil, canWrite: Bool = false) throws -> LedgerOpening {
    let path = name.map(folder.file) ?? path
    return try LedgerOpening(of: path, header: try LedgerHeader(of: path), canWrite: { _ in canWrite })
  }

  /// What a reader of that kind finds.
  private func runs(_ opening: LedgerOpening) throws -> [String] {
    var configuration = Configuration()
    configuration.readonly = true
    let database = try DatabaseQueue(path: opening.location, configuration: configuration)
    defer { try? database.close() }
    return try database.read { try String.fetchAll($0, sql: "SELECT external_id FROM run ORDER BY 1") }
  }

  @Test("who may write opens it like everybody else; who may not reads a file that nobody changes")
  func finished() throws {
    #expect(try folder.files == ["a #1?.sqlite"])
    #expect(try opening(canWrite: true) == .shared(path: path))
    #expect(try opening() == .still(path: path))
    #expect(try opening().location == uri + "?immutable=1")
    #expect(try runs(opening()) == ["r1"])
    #expect(try folder.files == ["a #1?.sqlite"])
  }

  @Test("who may not write reads beside a harvest what it has written so far")
  func besideAHarvest() async throws {
    let writer = try Ledger(at: path, for: .writing)
    try await writer.harvest(VendorAnswer(make(run: "r1"), make(run: "r2")), at: "2026-01-17T00:00:00Z")
    #expect(try opening() == .beside(path: path))
    #expect(try opening().location == uri + "?readonly_shm=1")
    #expect(try runs(opening()) == ["r1", "r2"])
    writer.close()
  }

  @Test("what a killed harvest wrote ahead is read too, or the ledger is refused: never old numbers")
  func killed() async throws {
    let writer = try Ledger(at: path, for: .writing)
    try await writer.harvest(VendorAnswer(make(run: "r1"), make(run: "r2")), at: "2026-01-17T00:00:00Z")
    // A copy of an open ledger is what a crash leaves.
    for ending in ["", "-wal", "-shm"] {
      try FileManager.default.copyItem(atPath: path + ending, toPath: folder.file("left.sqlite" + ending))
    }
    writer.close()
    try FileManager.default.createDirectory(atPath: folder.file("inner"), withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("inner/link.sqlite"), withDestinationPath: folder.file("left.sqlite"))
    for name in ["left.sqlite", "inner/link.sqlite"] {
      #expect(try opening(name) == .beside(path: folder.file("left.sqlite")))
      #expect(try runs(opening(name)) == ["r1", "r2"])
    }
    try FileManager.default.removeItem(atPath: folder.file("left.sqlite-shm"))
    for name in ["left.sqlite", "inner/link.sqlite"] {
      #expect(throws: LedgerError.unfinished(path: folder.file(name))) { try opening(name) }
    }
    let reader = try Ledger(at: folder.file("inner/link.sqlite"), for: .reading)
    #expect(try reader.lines("SELECT external_id FROM run ORDER BY 1") == ["r1", "r2"])
    reader.close()
    #expect(try folder.files == ["a #1?.sqlite", "inner", "left.sqlite"])
  }

  @Test("a change that was begun in place is taken back by who may write, and refused to who may not")
  func journal() throws {
    try folder.write("pages", to: "a #1?.sqlite-journal")
    #expect(throws: LedgerError.unfinished(path: path)) { try opening() }
    #expect(try opening(canWrite: true) == .shared(path: path))
  }

  @Test("a ledger that is written under another name is not read as if nobody wrote it")
  func otherName() async throws {
    let now = try instant("2026-01-17T00:00:00Z")
    let lock = try await LedgerLock.acquire(for: path, now: now)
    let writer = try Ledger(at: path, for: .writing)
    try FileManager.default.createDirectory(atPath: folder.file("inner"), withIntermediateDirectories: false)
    try FileManager.default.linkItem(atPath: path, toPath: folder.file("inner/name.sqlite"))
    #expect(
      throws: LedgerError.locked(path: folder.file("inner/name.sqlite"), holder: "process \(getpid()), since \(now)")
    ) {
      try LedgerOpening.settled(of: folder.file("inner/name.sqlite"), pause: {})
    }
    #expect(try Ledger(at: path, for: .reading).lines("SELECT external_id FROM run") == ["r1"])
    writer.close()
    _ = consume lock
    #expect(try Ledger(at: folder.file("inner/name.sqlite"), for: .reading).problems() == [])
  }

  @Test("a reader that comes when a writer begins or ends waits until it is seen which")
  func passing() throws {
    let descriptor = open(path, O_RDWR)
    #expect(FileHold.take(descriptor, since: 0) == .held)
    #expect(throws: LedgerError.self) { try LedgerOpening.settled(of: path, looks: 3, pause: {}) }
    var pauses = 0
    let opening = try LedgerOpening.settled(of: path) {
      pauses += 1
      if pauses == 2 { close(descriptor) }
    }
    #expect(opening == .shared(path: path))
    #expect(pauses == 2)
  }

  @Test("a file that was read as one that nobody changes, and was changed, is told")
  func changedMeanwhile() throws {
    let still = try #require(StillFile(.still(path: path), called: "ledger.sqlite"))
    try still.check()
    utimes(path, [timeval(tv_sec: 1, tv_usec: 0), timeval(tv_sec: 1, tv_usec: 0)])
    #expect(throws: LedgerError.changedWhileRead(path: "ledger.sqlite")) { try still.check() }
    #expect(StillFile(.shared(path: path), called: "ledger.sqlite") == nil)
  }

  @Test("a reader keeps no writer out, and whoever closes last leaves one file")
  func slowReader() async throws {
    let reader = try Ledger(at: path, for: .reading)
    let writer = try Ledger(at: path, for: .writing)
    let seen = try reader.reading { db in
      let before = try Int.fetchOne(db, sql: "SELECT count(*) FROM run")
      let next = try VendorAnswer(make(run: "r1"), make(run: "r2"))
      return (before, try Int.fetchOne(db, sql: "SELECT count(*) FROM run"), next)
    }
    #expect(seen.0 == 1 && seen.1 == 1)
    try await writer.harvest(seen.2, at: "2026-01-17T00:00:00Z")
    writer.close()
    #expect(try reader.lines("SELECT external_id FROM run ORDER BY 1") == ["r1", "r2"])
    reader.close()
    #expect(try folder.files == ["a #1?.sqlite"])
  }
}
