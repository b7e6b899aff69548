import Files
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
    ReadLedger.note(path)
    func make() throws {
      // What a killed command left half written beside it.
      PartFile.clear(RealPath.folder(of: RealPath.of(path)))
      if !Ledger.isThere(path) { try Ledger.create(at: path, zone: zone, now: now).close() }
    }
    return try await LedgerLock.holding(path, waiting: limit, now: now, making: make) {
      let ledger = try Ledger(at: path, for: .writing)
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

/// A ledger as what is read: nothing that a command writes takes its place.
enum ReadLedger {
  static func note(_ path: String) {
    let real = RealPath.of(path)
    InputFiles.note(real, as: "the ledger")
    for ending in ["-wal", "-shm", "-journal", ".lock"] { InputFiles.note(real + ending, as: "part of the ledger") }
  }

  static func open(_ path: String) throws -> Ledger {
    note(path)
    return try Ledger(at: path, for: .reading)
  }
}

extension Instant {
  /// The machine's clock, read in one place.
  static func now() -> Instant {
    Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
  }
}
