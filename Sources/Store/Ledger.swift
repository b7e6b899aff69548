import Foundation
import GRDB
import Runs
import SQLFiles

/// An open ledger: one SQLite file with everything the vendors told.
///
/// It is opened either for one writer or for readers. A writer works in write-ahead mode, so that reports go on beside
/// it, and leaves one plain file behind when it closes.
package struct Ledger: Sendable {
  package enum Access: Sendable {
    case reading
    case writing
  }

  /// Marks a SQLite file as ours, in its header: "RTLY".
  static let applicationID: Int64 = 0x5254_4C59

  package let path: String
  let database: DatabaseQueue

  /// Opens an existing ledger; a writer brings an older schema up to date.
  ///
  /// - Throws: ``LedgerError`` when there is none, when the file is something else, or from a newer version.
  package init(at path: String, for access: Access) throws {
    guard FileManager.default.fileExists(atPath: path) else { throw LedgerError.missing(path: path) }
    let header = try Ledger.takeBack(path, header: try LedgerHeader(of: path), for: access)
    let location = try Ledger.location(of: path, header: header, for: access)
    self.path = path
    database = try Ledger.naming(path) {
      try DatabaseQueue(path: location, configuration: Ledger.configuration(access))
    }
    try check(access)
    if access == .writing {
      try Ledger.naming(path) {
        try database.writeWithoutTransaction { db in
          // In write-ahead mode a crash cannot lose a committed batch's consistency, and readers are not blocked.
          _ = try? String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
          try db.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        try database.write { try Schema.migrate($0) }
      }
    }
  }

  /// Whether something is at the path; an empty file is nothing yet.
  package static func isThere(_ path: String) -> Bool { !LedgerHeader.isFree(path) }

  /// Makes a new ledger with the days and months of `zone`.
  ///
  /// It is made under another name and gets its own when it is whole. A process that is killed half-way, or finds the
  /// disk full, leaves no ledger rather than one that the next harvest cannot open.
  ///
  /// - Throws: ``LedgerError/exists(path:)`` rather than touch what is there.
  package static func create(at path: String, zone: ZoneRules, now: Instant) throws -> Ledger {
    guard LedgerHeader.isFree(path) else { throw LedgerError.exists(path: path) }
    let unfinished = path + ".unfinished"
    // Journals beside a ledger that is not there belong to nothing, and SQLite would take them for the new ledger's.
    remove([unfinished, unfinished + "-journal", path + "-journal", path + "-wal"])
    defer { remove([unfinished, unfinished + "-journal"]) }
    try LedgerMode.prepare(unfinished, for: path, mode: LedgerMode.kept(at: path))
    try naming(path) {
      let database = try DatabaseQueue(path: unfinished, configuration: configuration(.writing))
      // Ids of runs fall anywhere into their index; pages of this size were measured to take them fastest.
      try database.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA page_size = 8192") }
      try database.write { db in
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try Schema.migrate(db)
        try Statement(db, .insertLedger).run(["time_zone": .text(zone.name), "created_at": Value(now)])
        try insert(zone, db)
      }
      try database.close()
    }
    guard rename(unfinished, path) == 0 else {
      throw LedgerError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    return try Ledger(at: path, for: .writing)
  }

  private static func remove(_ paths: [String]) {
    for path in paths { try? FileManager.default.removeItem(atPath: path) }
  }

  /// Leaves one file: what was written ahead is folded in, unless somebody still reads.
  package func close() {
    // A reader that is still there keeps the write-ahead file in use; the next writer folds it in.
    try? database.writeWithoutTransaction { db in
      _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
    }
    try? database.close()
  }

  static func insert(_ zone: ZoneRules, _ db: Database) throws {
    let statement = try Statement(db, .insertTransition)
    for transition in zone.transitions {
      try statement.run(["at": Value(transition.at), "offset_seconds": .integer(Int64(transition.offsetSeconds))])
    }
  }

  private static func configuration(_ access: Access) -> Configuration {
    _ = TemporaryStorage.isLayered
    var configuration = Configuration()
    configuration.readonly = access == .reading
    configuration.busyMode = .timeout(10)
    if access == .writing { configuration.prepareDatabase { db in try IncomingRuns.register(in: db) } }
    return configuration
  }

  /// Takes back what a writer that was killed had begun to change in place. Only another writer can do that, so one is
  /// opened for it.
  ///
  /// - Returns: what the file says of itself now.
  private static func takeBack(
    _ path: String, header: LedgerHeader, for access: Access
  ) throws -> LedgerHeader {
    let journal = try? FileManager.default.attributesOfItem(atPath: path + "-journal")[.size] as? Int
    guard access == .reading, (journal ?? 0) > 0 else { return header }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard [path, folder].allSatisfy(FileManager.default.isWritableFile) else {
      throw LedgerError.unfinished(path: path)
    }
    try naming(path) {
      let database = try DatabaseQueue(path: path, configuration: configuration(.writing))
      _ = try database.unsafeRead { db in try Int.fetchOne(db, sql: "PRAGMA user_version") }
      try database.close()
    }
    return try LedgerHeader(of: path)
  }

  /// Where SQLite finds the file. In a folder that cannot be written, it is opened as a file that nobody changes.
  static func location(
    of path: String, header: LedgerHeader, for access: Access,
    isWritable: (_ folder: String) -> Bool = { FileManager.default.isWritableFile(atPath: $0) }
  ) throws -> String {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard access == .reading, header.isWriteAhead, !isWritable(folder) else { return path }
    let ahead = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
    guard (ahead ?? 0) == 0 else { throw LedgerError.unfinished(path: path) }
    return "file:" + (path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path) + "?immutable=1"
  }

  /// Refuses what is not of our time, before anything is read or written.
  private func check(_ access: Access) throws {
    let (id, version) = try Ledger.naming(path) {
      try database.unsafeRead { db in
        (
          try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
          try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        )
      }
    }
    // The file had our mark before it was opened. Without one now, SQLite has undone a creation that was interrupted.
    guard id == Ledger.applicationID else { throw LedgerError.missing(path: path) }
    let known = SQLFiles.migrations.count
    if version > known { throw LedgerError.newer(path: path, version: version, known: known) }
    if version < known && access == .reading {
      throw LedgerError.older(path: path, version: version, known: known)
    }
  }

  /// Names the file in whatever SQLite finds wrong with it.
  static func naming<T>(_ path: String, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
      switch error.resultCode.primaryResultCode {
      case .SQLITE_NOTADB: throw LedgerError.notALedger(path: path)
      case .SQLITE_CORRUPT: throw LedgerError.damaged(path: path, reason: reason)
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw LedgerError.locked(path: path, holder: "another program")
      case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY: throw LedgerError.cannotWrite(path: path, reason: reason)
      case .SQLITE_CANTOPEN: throw LedgerError.cannotOpen(path: path, reason: reason)
      default: throw LedgerError.database(action: path, reason: reason)
      }
    }
  }
}
