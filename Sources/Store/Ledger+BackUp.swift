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
