import Runs

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
