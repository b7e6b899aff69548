import Files
import Foundation
import GRDB
import GRDBSQLite
import Runs
import SQLFiles

/// An open ledger: one SQLite file with everything the vendors told.
///
/// It is opened either for one writer or for readers. It stays in write-ahead mode, so that reports go on beside a
/// harvest, and a harvest beside a report that is read slowly. Whoever closes it last leaves one plain file behind.
package struct Ledger: Sendable {
  package enum Access: Sendable {
    case reading
    case writing
  }

  /// Marks a SQLite file as ours, in its header: "RTLY".
  static let applicationID: Int64 = 0x5254_4C59

  package let path: String
  private let access: Access
  let database: DatabaseQueue
  /// What must not have changed while it was read.
  let still: StillFile?
  /// What SQLite is told to open where nothing may be written.
  let readOnlyLocation: String
  /// The event that it is looked at as of; nil for now.
  package let past: PastEvent?

  /// Opens an existing ledger; a writer brings an older schema up to date.
  ///
  /// - Throws: ``LedgerError`` when there is none, when the file is something else, or from a newer version.
  package init(at path: String, for access: Access) throws {
    guard FileManager.default.fileExists(atPath: path) else { throw LedgerError.missing(path: path) }
    let opening: LedgerOpening
    if access == .writing {
      _ = try LedgerHeader(of: path)
      opening = .shared(path: RealPath.of(path))
    } else {
      opening = try LedgerOpening.settled(of: path)
    }
    self.path = path
    self.access = access
    still = StillFile(opening, called: path)
    readOnlyLocation = opening.readOnlyLocation
    past = nil
    database = try Ledger.naming(path) {
      try DatabaseQueue(
        path: opening.location, configuration: Ledger.configuration(access, isReadOnly: opening.isReadOnly))
    }
    try check()
    if access == .writing {
      try Ledger.naming(path) {
        try database.writeWithoutTransaction { db in
          try Ledger.writeAhead(db, path: path)
          try db.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        try database.write { db in
          try Schema.migrate(db)
          try TableDigest.watch(db)
        }
      }
    }
  }

  /// An earlier state of a ledger, in a database of its own.
  init(_ path: String, as past: PastEvent, in database: DatabaseQueue) {
    (self.path, self.past, self.database) = (path, past, database)
    (access, still, readOnlyLocation) = (.reading, nil, "")
  }

  /// In write-ahead mode a crash cannot lose a committed batch's consistency, and readers are not blocked. A file system
  /// that cannot do it leaves the ledger as it is.
  ///
  /// What is written ahead lies beside the name by which the file was opened. So a file with several names is written in
  /// place, where each reader keeps the writer waiting: ahead, one name would lose what another one wrote.
  private static func writeAhead(_ db: Database, path: String) throws {
    let mode = FileNames.areSeveral(path) ? "DELETE" : "WAL"
    do {
      _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = \(mode)")
    } catch let error as DatabaseError where error.resultCode.primaryResultCode == .SQLITE_BUSY {
      throw LedgerError.keptOut(path: path)
    } catch {}
  }

  /// The connection, for what changes the ledger.
  ///
  /// - Throws: ``LedgerError/cannotWrite(path:reason:)`` in a ledger that was opened for reading. SQLite itself would let
  ///   a reader write, because it may have to take back what a killed writer left.
  var writable: DatabaseQueue {
    get throws(LedgerError) {
      guard access == .writing else { throw .cannotWrite(path: path, reason: "it was opened for reading") }
      return database
    }
  }

  /// Lets `body` look at one moment of the ledger, and changes nothing.
  func reading<T>(_ body: (Database) throws -> T) throws -> T {
    try Ledger.naming(path) {
      let result: T = try database.writeWithoutTransaction { db in
        var result: T?
        try db.inTransaction(.deferred) {
          result = try body(db)
          return .rollback
        }
        guard let result else { throw LedgerError.database(action: path, reason: "the snapshot was not taken") }
        return result
      }
      try still?.check()
      return result
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
    // A link to nothing stays a link.
    let real = RealPath.of(path)
    do {
      let mode = LedgerMode.kept(at: path)
      let part = try PartFile.create(beside: real, mode: mode)
      defer { part.close() }
      // Whatever the umask.
      fchmod(part.descriptor, mode)
      do {
        try naming(path) { try fill(part, zone: zone, now: now) }
        // Journals beside a ledger that is not there belong to nothing, and SQLite would take them for the new ledger's.
        for ending in ["-journal", "-wal", "-shm"] { unlink(real + ending) }
        try part.rename(to: real)
      } catch {
        part.remove()
        throw error
      }
    } catch let error as PartFile.Refusal {
      throw LedgerError.refused(error, path: path)
    }
    return try Ledger(at: path, for: .writing)
  }

  private static func fill(_ part: PartFile, zone: ZoneRules, now: Instant) throws {
    let database = try DatabaseQueue(path: part.path, configuration: configuration(.writing))
    // Ids of runs fall anywhere into their index; pages of this size were measured to take them fastest.
    try database.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA page_size = 8192") }
    try database.write { db in
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try Schema.migrate(db)
      try TableDigest.watch(db)
      try Statement(db, .insertLedger).run(["time_zone": .text(zone.name), "created_at": Value(now)])
      try insert(zone, db)
    }
    try database.close()
  }

  /// Leaves one file, unless somebody still reads: then whoever closes last does.
  package func close() {
    // Readers do not keep what was written from being folded in, as far as none of them reads an older state.
    if access == .writing {
      try? database.writeWithoutTransaction { db in
        _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(PASSIVE)")
      }
    }
    try? database.close()
  }

  static func insert(_ zone: ZoneRules, _ db: Database) throws {
    let statement = try Statement(db, .insertTransition)
    for transition in zone.transitions {
      try statement.run(["at": Value(transition.at), "offset_seconds": .integer(Int64(transition.offsetSeconds))])
    }
  }

  private static func configuration(_ access: Access, isReadOnly: Bool = false) -> Configuration {
    _ = TemporaryStorage.isLayered
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      // GRDB collects what a statement reads, to tell observers of it. There are none here, and over our views that
      // took longer than everything else about preparing a statement.
      sqlite3_set_authorizer(db.sqliteConnection, nil, nil)
      guard access == .writing else { return }
      try IncomingRuns.register(in: db)
      try RowDigest.register(in: db)
    }
    return configuration
  }

  /// Refuses what is not of our time, before anything is read or written.
  private func check() throws {
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
    if version < 1 { throw LedgerError.damaged(path: path, reason: "it says that it has schema \(version)") }
    if version < SQLFiles.firstVersion { throw LedgerError.unreleased(path: path) }
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
