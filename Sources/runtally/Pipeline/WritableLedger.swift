import Foundation
import Runs
import Store

/// Opens a ledger for a harvest or an import, makes it where there is none, and lets one writer in at a time.
enum WritableLedger {
  /// - Throws: ``LedgerError``; `locked` when another writer does not finish within `limit`.
  static func with<Result>(
    _ configuration: Configuration, waiting limit: Duration, creating: Bool = true, now: Instant,
    _ body: (Ledger) async throws -> Result
  ) async throws -> Result {
    let path = configuration.database
    let zone = try TimeZoneDatabase.rules(named: configuration.timeZone)
    guard creating || Ledger.isThere(path) else { throw LedgerError.missing(path: path) }
    return try await LedgerLock.holding(path, waiting: limit, now: now) {
      let ledger =
        try Ledger.isThere(path) ? Ledger(at: path, for: .writing) : Ledger.create(at: path, zone: zone, now: now)
      defer { ledger.close() }
      let kept = try ledger.zoneName()
      // Without a configuration nobody asked for another zone.
      if configuration.file != nil, kept != zone.name {
        throw LedgerError.zoneChanged(path: path, was: kept, now: zone.name)
      }
      return try await body(ledger)
    }
  }
}

extension Instant {
  /// The machine's clock, read in one place.
  static func now() -> Instant {
    Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
  }
}
