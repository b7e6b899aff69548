import Foundation
import Runs
import Store
import TestSupport
import Testing

/// Who may read a ledger and what stands beside it.
@Suite struct LedgerModeTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func modes() throws -> [String: Int] {
    var modes: [String: Int] = [:]
    for name in try folder.files {
      modes[name] =
        try FileManager.default.attributesOfItem(atPath: folder.file(name))[.posixPermissions] as? Int
    }
    return modes
  }

  @Test("a new ledger, what SQLite puts beside it, its lock and its backup are for the owner only")
  func owner() async throws {
    let ledger = try Ledger.make(in: folder)
    try await ledger.harvest(
      VendorAnswer(make(run: "r1"), make(run: "r2")), at: "2026-01-17T00:00:00Z", until: .batches(1))
    try ledger.backUp(to: folder.file("copy.sqlite"))
    let lock = try await LedgerLock.acquire(for: ledger.path, now: Instant(milliseconds: 0))
    #expect(
      try modes() == [
        "ledger.sqlite": 0o600, "ledger.sqlite-wal": 0o600, "ledger.sqlite-shm": 0o600, "ledger.sqlite.lock": 0o600,
        "copy.sqlite": 0o600,
      ])
    _ = consume lock
  }

  @Test("a ledger in the place of an empty file keeps its mode, and one that is there keeps what its owner gave it")
  func kept() throws {
    try folder.write("", to: "ledger.sqlite")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.file("ledger.sqlite"))
    let ledger = try Ledger.make(in: folder)
    ledger.close()
    #expect(try modes() == ["ledger.sqlite": 0o640])
    try Ledger(at: folder.file("ledger.sqlite"), for: .writing).close()
    #expect(try modes() == ["ledger.sqlite": 0o640])
  }
}
