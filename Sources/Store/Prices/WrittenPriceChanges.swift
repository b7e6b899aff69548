import Runs

/// What must be entered and withdrawn so that one list of written prices becomes another.
///
/// The order matters, because the later wins, and the ledger's order is that of entering. So what is kept is the
/// longest beginning of the new list that stands in the old one in the same order; everything after it is entered anew.
/// Adding to the end enters one price and withdraws none.
struct WrittenPriceChanges {
  /// With the places they have now.
  private(set) var kept: [WrittenPrice] = []
  private(set) var moved: [WrittenPrice] = []
  private(set) var withdrawn: [WrittenPrice] = []
  private(set) var entered: [ConfiguredPrice] = []

  init(from old: [WrittenPrice], to new: [ConfiguredPrice], zone: ZoneRules) {
    var rest = new[...]
    for written in old {
      if let next = rest.first, written.says(next, from: next.start?.instant(in: zone)) {
        rest = rest.dropFirst()
        var found = written
        found.price.place = next.place
        if found != written { moved.append(found) }
        kept.append(found)
      } else {
        withdrawn.append(written)
      }
    }
    entered = Array(rest)
  }
}

/// A list of prices from files, to which an import adds.
struct ImportedPrices {
  private(set) var prices: [ConfiguredPrice]
  let zone: ZoneRules

  private struct Key: Hashable {
    var source: String
    var subject: ConfiguredPrice.Subject
    var from: Instant?
  }

  /// Of two prices for one thing from one instant on only the later is kept, because the earlier could never hold. One
  /// that is there already stays where it is, so that an import can be repeated.
  mutating func add(_ imported: [ConfiguredPrice]) {
    var latest: [Key: ConfiguredPrice] = [:]
    for price in imported { latest[key(price)] = price }
    prices = prices.filter { old in latest[key(old)].map { says(old, $0) } ?? true }
    var there = Set(prices.map(key))
    for price in imported where latest[key(price)] == price && there.insert(key(price)).inserted {
      prices.append(price)
    }
  }

  private func key(_ price: ConfiguredPrice) -> Key {
    Key(source: price.source, subject: price.subject, from: price.start?.instant(in: zone))
  }

  private func says(_ left: ConfiguredPrice, _ right: ConfiguredPrice) -> Bool {
    (left.price, left.currency, left.start) == (right.price, right.currency, right.start)
  }
}
