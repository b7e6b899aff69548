import Files
import Foundation
import Runs
import Store
import Synchronization

/// What is known of a ledger without asking it anew: as long as its files are the same, so is everything in it.
struct LedgerState: Sendable {
  /// Tells one state of its files from another.
  var files: String
  /// The number of its newest event; 0 where it has none.
  var sequence: Int64
  var reads: [Snapshot.SourceRead]
  var sources: [String]
  var asOf: Instant?
  var zone: ZoneRules

  /// The sources that are old by now: what is said of them is in every report.
  func stale(before limit: Instant?) -> [String] {
    guard let limit else { return [] }
    return reads.filter { ($0.lastComplete ?? .distantPast) < limit }.map(\.source)
  }
}

/// Looks at the files of a ledger, and into it when they changed.
final class LedgerWatch: Sendable {
  private let path: String
  private let last = Mutex<LedgerState?>(nil)

  init(_ path: String) {
    self.path = path
  }

  /// - Throws: `LedgerError` where there is no ledger to read.
  func state(_ open: () throws -> Ledger) throws -> LedgerState {
    let files = files
    let known = last.withLock { $0 }
    if let known, known.files == files { return known }
    let ledger = try open()
    defer { ledger.close() }
    let state = try ledger.read { snapshot in
      // Events only follow each other, so those that are known need not be read again. In a ledger that was replaced by
      // an older one, all of them are others.
      let newest =
        try snapshot.events(after: max(0, (known?.sequence ?? 0) - 1)).last ?? snapshot.events().last
      return LedgerState(
        files: files, sequence: newest?.sequence ?? 0,
        reads: try snapshot.sourceReads(), sources: try snapshot.sourceNames(), asOf: try snapshot.asOf(),
        zone: snapshot.zone)
    }
    last.withLock { $0 = state }
    return state
  }

  /// Size and time of the ledger and of what is written ahead of it; and while somebody writes, where SQLite counts the
  /// changes (its index of what is written ahead begins with that count).
  var files: String {
    let real = RealPath.of(path)
    func text(_ path: String) -> String {
      FileIdentity(of: path).map { $0.size == 0 ? "-" : "\($0.size) \($0.changedAt)" } ?? "-"
    }
    let ahead = text(real + "-wal")
    var fingerprint = Fingerprint(of: text(real) + "|" + ahead)
    if ahead != "-", let index = FileHandle(forReadingAtPath: real + "-shm") {
      let header = (try? index.read(upToCount: 48)) ?? nil
      try? index.close()
      fingerprint.add("|" + (header ?? Data()).map { "\($0)" }.joined(separator: ","))
    }
    return fingerprint.digits
  }
}
