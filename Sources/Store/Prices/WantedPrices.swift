import Runs

/// What the user says of prices and billing rules, to be held against what the ledger has.
public struct WantedPrices: Equatable, Sendable {
  /// The configured sources, with their currencies and billing rules.
  public var sources: [SourceSettings]
  /// All prices of the configuration, in its order; nil leaves those in the ledger as they are.
  public var configured: [ConfiguredPrice]?
  /// Prices to be added from files; they are kept from then on.
  public var imported: [ConfiguredPrice]

  public init(
    sources: [SourceSettings] = [], configured: [ConfiguredPrice]? = nil, imported: [ConfiguredPrice] = []
  ) {
    self.sources = sources
    self.configured = configured
    self.imported = imported
  }
}

/// A price that cannot be kept, because nothing is known of its source.
public struct UnknownPriceSource: Error, Equatable, CustomStringConvertible {
  public var price: ConfiguredPrice
  public var known: [String]

  public init(price: ConfiguredPrice, known: [String]) {
    self.price = price
    self.known = known
  }

  public var description: String {
    let near = known.nearest(to: price.source)
    let hint =
      !near.isEmpty
      ? "near it: \(near.joined(separator: ", "))"
      : known.isEmpty ? "there is no source yet" : "there are: \(known.joined(separator: ", "))"
    return "the price for \(price.subject) (\(price.place)) names the source \"\(price.source.prefix(60))\", "
      + "which is neither configured nor in the ledger; \(hint)"
  }
}
