import GRDB
import Runs
import SQLFiles

/// Prices and billing rules that the user sets: what they would change, and changing it.
///
///     WantedPrices     what the user says      PriceState     what the ledger has
///                └─────────────┬─────────────────────┘
///                        PriceRevision     the rows of configured_price and price that come and go
///            ┌─────────────────┼─────────────────────┐
///          plan              save                  apply
///            │     what would change tallied         │
///            │        time waits; the rest           │
///            ▼                 ▼                     ▼
///       PriceEffect       PriceEffect           PriceEffect     the tally afterwards, and month by month
///            ▼                 ▼                     ▼
///        PricePlan     the rows and the tally are written, in one transaction
extension Ledger {
  /// What the wanted prices and billing rules would change, month by month; writes nothing.
  ///
  /// - Throws: ``UnknownPriceSource``; ``LedgerError`` where a source contradicts the ledger.
  package func planPrices(_ wanted: WantedPrices) throws -> PricePlan {
    try reading { db in
      let revision = PriceRevision(wanted, try PriceState(wanted, db))
      return PricePlan(revision, try PriceEffect(revision, db), closed: try ClosedMonths.read(db))
    }
  }

  /// Keeps the wanted prices and rules as a harvest does: what changes no tallied time holds at once, the rest waits.
  ///
  /// - Returns: what waits.
  @discardableResult
  package func savePrices(_ wanted: WantedPrices, now: Instant) throws -> WaitingPrices {
    try Ledger.naming(path) {
      try writable.write { db in
        let event = try Ledger.saveSources(of: wanted, now: now, db)
        let (revision, waiting) = try PriceRevision(wanted, try PriceState(wanted, db)).parted(db)
        try Ledger.save(revision, try PriceEffect(revision, db), event, now: now, db)
        return waiting
      }
    }
  }

  /// Makes everything that a plan shows, and what waited, in one transaction.
  ///
  /// - Returns: what changed, as the plan told it.
  @discardableResult
  package func applyPrices(_ wanted: WantedPrices, now: Instant) throws -> PricePlan {
    try Ledger.naming(path) {
      try writable.write { db in
        let event = try Ledger.saveSources(of: wanted, now: now, db)
        let revision = PriceRevision(wanted, try PriceState(wanted, db))
        let effect = try PriceEffect(revision, db)
        let plan = PricePlan(revision, effect, closed: try ClosedMonths.read(db))
        try Ledger.save(revision, effect, event, now: now, db)
        return plan
      }
    }
  }

  /// - Parameter event: the one that noted the sources, which says then what it did to prices.
  private static func save(
    _ revision: PriceRevision, _ effect: PriceEffect, _ event: Int64?, now: Instant, _ db: Database
  ) throws {
    try revision.save(effect, sequence: event, now: now, db)
    guard let event, !revision.changesNoRow else { return }
    try Statement(db, .updateSequenceNote).run(["sequence": .integer(event), "note": .text(revision.note)])
  }

  /// Sources that a price names are there before their first visit.
  ///
  /// - Returns: the number of the event, where that changed anything.
  private static func saveSources(of wanted: WantedPrices, now: Instant, _ db: Database) throws -> Int64? {
    var event: Int64?
    let named = Set(wanted.prices.map(\.source))
    let known = Set(try PriceState.Source.all(db).map(\.name))
    for settings in wanted.sources where known.contains(settings.name) || named.contains(settings.name) {
      _ = try settings.save(db) {
        let number = try event ?? db.insertEvent(.price, note: "prices: sources noted", now: now)
        event = number
        return number
      }
    }
    return event
  }
}
