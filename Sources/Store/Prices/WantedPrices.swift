import Runs

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
