import Foundation
import GRDB

extension Ledger {
  /// Writes the whole ledger to one new file that opens anywhere, also while a harvest goes on.
  ///
  /// - Throws: ``LedgerError`` when there is something at `target`, or it cannot be written.
  package func backUp(to target: String) throws {
    guard !FileManager.default.fileExists(atPath: target) else { throw LedgerError.exists(path: target) }
    let unfinished = target + ".unfinished-\(ProcessInfo.processInfo.processIdentifier)"
    defer { try? FileManager.default.removeItem(atPath: unfinished) }
    do {
      try LedgerMode.prepare(unfinished, for: target)
      try Ledger.naming(target) {
        try database.writeWithoutTransaction { db in
          try db.execute(sql: "VACUUM INTO ?", arguments: [unfinished])
        }
      }
    } catch LedgerError.cannotOpen {
      // SQLite names the unfinished file, which nobody asked for.
      throw LedgerError.cannotWrite(path: target, reason: "its folder is not there, or may not be written to")
    }
    do {
      try FileManager.default.moveItem(atPath: unfinished, toPath: target)
    } catch {
      throw LedgerError.cannotWrite(path: target, reason: error.localizedDescription)
    }
  }
}
