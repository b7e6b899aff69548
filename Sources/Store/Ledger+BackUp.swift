import Files
import Foundation
import GRDB

extension Ledger {
  /// Writes the whole ledger to one new file that opens anywhere, also while a harvest goes on.
  ///
  /// It is not in write-ahead mode, so that any program reads it in a folder that cannot be written.
  ///
  /// - Throws: ``LedgerError`` when there is something at `target`, or it cannot be written.
  package func backUp(to target: String) throws {
    let real = RealPath.of(target)
    guard FileIdentity(of: real) == nil else { throw LedgerError.exists(path: target) }
    do {
      let part = try PartFile.create(beside: real, mode: LedgerMode.ownersOnly)
      defer { part.close() }
      do {
        try Ledger.naming(target) {
          try database.writeWithoutTransaction { db in
            try db.execute(sql: "VACUUM INTO ?", arguments: [part.path])
          }
          try still?.check()
        }
        try part.sync()
        guard FileIdentity(of: real) == nil else { throw LedgerError.exists(path: target) }
        try part.rename(to: real)
      } catch {
        part.remove()
        throw error
      }
    } catch let error as PartFile.Refusal {
      throw LedgerError.refused(error, path: target)
    }
  }
}

extension Ledger {
  /// Whether a file is a backup of this ledger, as it was made: nobody has harvested into it since, and nobody has it open.
  ///
  /// What is somebody else's, a link, or this ledger under another name is none.
  package func hasBackup(at path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      FileIdentity(of: path) != FileIdentity(of: RealPath.of(self.path)),
      ["-wal", "-journal"].allSatisfy({ FileIdentity(of: path + $0) == nil }),
      let header = try? LedgerHeader(of: path), !header.isWriteAhead, header.holder == nil,
      let other = try? Ledger(at: path, for: .reading)
    else { return false }
    defer { other.close() }
    guard let events = try? other.lineage(), let own = try? lineage() else { return false }
    return own.starts(with: events)
  }

  /// All that has happened to it, from its making on. What happened to a backup by itself is no part of its ledger.
  private func lineage() throws -> [String] {
    try reading { db in try Statement(db, .selectLineage).values() }
  }
}
