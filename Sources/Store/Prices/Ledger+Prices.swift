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
        try Ledger.saveSources(of: wanted, db)
        let (revision, waiting) = try PriceRevision(wanted, try PriceState(wanted, db)).parted(db)
        try revision.save(try PriceEffect(revision, db), now: now, db)
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
        try Ledger.saveSources(of: wanted, db)
        let revision = PriceRevision(wanted, try PriceState(wanted, db))
        let effect = try PriceEffect(revision, db)
        let plan = PricePlan(revision, effect, closed: try ClosedMonths.read(db))
        try revision.save(effect, now: now, db)
        return plan
      }
    }
  }

  /// Sources that a price names are there before their first visit.
  private static func saveSources(of wanted: WantedPrices, _ db: Database) throws {
    let named = Set(wanted.prices.map(\.source))
    let known = Set(try PriceState.Source.all(db).map(\.name))
    for settings in wanted.sources where known.contains(settings.name) || named.contains(settings.name) {
      _ = try settings.save(db)
    }
  }
}

/// What the user says of prices and billing rules, to be held against what the ledger has.
package struct WantedPrices: Equatable, Sendable {
  /// The configured sources, with their currencies and billing rules.
  package var sources: [SourceSettings]
  /// All prices of the configuration, in its order; nil leaves those in the ledger as they are.
  package var configured: [ConfiguredPrice]?
  /// Prices to be added from files; they are kept from then on.
  package var imported: [ConfiguredPrice]

  package init(
    sources: [SourceSettings] = [], configured: [ConfiguredPrice]? = nil, imported: [ConfiguredPrice] = []
  ) {
    self.sources = sources
    self.configured = configured
    self.imported = imported
  }

  var prices: [ConfiguredPrice] { (configured ?? []) + imported }
}

/// A price that cannot be kept, because nothing is known of its source.
package struct UnknownPriceSource: Error, Equatable {
  package var price: ConfiguredPrice
  package var known: [String]

  package init(price: ConfiguredPrice, known: [String]) {
    self.price = price
    self.known = known
  }
}

extension UnknownPriceSource: CustomStringConvertible {
  package var description: String { sentence(naming: " (\(price.place))") }

  /// Without the place, for whoever knows it better.
  package var reason: String { sentence(naming: "") }

  private func sentence(naming place: String) -> String {
    let near = known.nearest(to: price.source)
    let hint =
      !near.isEmpty
      ? "near it: \(near.joined(separator: ", "))"
      : known.isEmpty ? "there is no source yet" : "there are: \(known.joined(separator: ", "))"
    return "the price for \(price.subject)\(place) names the source \"\(price.source.prefix(60))\", "
      + "which is neither configured nor in the ledger; \(hint)"
  }
}
