import GRDB
import SQLFiles

/// Brings a ledger's schema up to date.
///
/// The schema version is SQLite's `user_version`: the number of migrations the ledger has been through. Each migration
/// and its number are committed together with the new views, and with the digests of what is there then.
enum Schema {
  /// To be called inside a transaction.
  static func migrate(_ db: Database) throws {
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard version < SQLFiles.migrations.count else { return }
    for view in SQLFiles.views.reversed() {
      try db.execute(sql: "DROP VIEW IF EXISTS \(view.name)")
    }
    for migration in SQLFiles.migrations[version...] {
      try db.execute(sql: migration.sql)
    }
    for view in SQLFiles.views {
      try db.execute(sql: view.sql)
    }
    try TableDigest.fill(db)
    try db.execute(sql: "PRAGMA user_version = \(SQLFiles.migrations.count)")
  }
}
