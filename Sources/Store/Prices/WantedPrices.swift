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
}

/// A price that cannot be kept, because nothing is known of its source.
package struct UnknownPriceSource: Error, Equatable, CustomStringConvertible {
  package var price: ConfiguredPrice
  package var known: [String]

  package init(price: ConfiguredPrice, known: [String]) {
    self.price = price
    self.known = known
  }

  package var description: String {
    let near = known.nearest(to: price.source)
    let hint =
      !near.isEmpty
      ? "near it: \(near.joined(separator: ", "))"
      : known.isEmpty ? "there is no source yet" : "there are: \(known.joined(separator: ", "))"
    return "the price for \(price.subject) (\(price.place)) names the source \"\(price.source.prefix(60))\", "
      + "which is neither configured nor in the ledger; \(hint)"
  }
}
