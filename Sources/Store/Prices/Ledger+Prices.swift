import GRDB
import Runs
import SQLFiles

/// Prices and billing rules that the user sets: what they would change, and changing it.
extension Ledger {
  /// What the wanted prices and billing rules would change, month by month; writes nothing.
  ///
  /// - Throws: ``UnknownPriceSource``; ``LedgerError`` where a source contradicts the ledger.
  package func planPrices(_ wanted: WantedPrices) throws -> PricePlan {
    try Ledger.naming(path) {
      try database.writeWithoutTransaction { db in
        var plan = PricePlan()
        try db.inTransaction(.deferred) {
          let state = try PriceState(wanted, db)
          let revision = PriceRevision(state, wanted)
          plan = PricePlan(
            revision, state, try PriceEffect(revision, state, db), closed: try ClosedMonths.read(db))
          return .rollback
        }
        return plan
      }
    }
  }

  /// Keeps the wanted prices and rules as a harvest does: what changes no tallied time holds at once, the rest waits.
  ///
  /// - Returns: what waits.
  @discardableResult
  package func savePrices(_ wanted: WantedPrices, now: Instant) throws -> WaitingPrices {
    try Ledger.naming(path) {
      try database.write { db in
        try Ledger.saveSources(of: wanted, db)
        let state = try PriceState(wanted, db)
        let revision = PriceRevision(state, wanted)
        let choice = try WaitingChoice(revision, state, db)
        let rest = revision.without(choice)
        try rest.save(try PriceEffect(rest, state, db), now: now, db)
        return choice.waiting
      }
    }
  }

  /// Makes everything that a plan shows, and what waited, in one transaction.
  ///
  /// - Returns: what changed, as the plan told it.
  @discardableResult
  package func applyPrices(_ wanted: WantedPrices, now: Instant) throws -> PricePlan {
    try Ledger.naming(path) {
      try database.write { db in
        try Ledger.saveSources(of: wanted, db)
        let state = try PriceState(wanted, db)
        let revision = PriceRevision(state, wanted)
        let effect = try PriceEffect(revision, state, db)
        let plan = PricePlan(revision, state, effect, closed: try ClosedMonths.read(db))
        try revision.save(effect, now: now, db)
        return plan
      }
    }
  }

  /// Sources that a price names are there before their first visit.
  private static func saveSources(of wanted: WantedPrices, _ db: Database) throws {
    let named = Set(((wanted.configured ?? []) + wanted.imported).map(\.source))
    let known = Set(try PriceState.Source.all(db).map(\.name))
    for settings in wanted.sources where known.contains(settings.name) || named.contains(settings.name) {
      _ = try settings.save(db)
    }
  }
}

extension PriceState {
  /// - Throws: ``UnknownPriceSource`` for a price of a source that is neither configured nor in the ledger.
  init(_ wanted: WantedPrices, _ db: Database) throws {
    try self.init(db)
    try join(wanted.sources, db)
    let known = Set(sources.map(\.name))
    for price in (wanted.configured ?? []) + wanted.imported where !known.contains(price.source) {
      throw UnknownPriceSource(price: price, known: known.sorted())
    }
  }
}

extension PriceEffect {
  init(_ revision: PriceRevision, _ state: PriceState, _ db: Database) throws {
    try self.init(
      before: state.book, after: revision.book(after: state), affected: revision.affected(state),
      owners: state.owners, db)
  }
}
