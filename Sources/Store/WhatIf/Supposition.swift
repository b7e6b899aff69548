import Runs

/// What might have been: other prices, or other machines, for runs that really ran.
///
/// It is a value beside the price history; nothing of it is ever written to a ledger.
package struct Supposition: Sendable {
  /// The instance type that each of these runners had all the time, by the ledger's ids.
  package var instanceTypes: [Int64: Int64]
  /// Prices since ever, each with its currency. They beat all that was seen or set, and of two that meet the later wins.
  package var prices: [(subject: PriceEntry.Subject, price: Price, currency: String?)]

  package init(
    instanceTypes: [Int64: Int64] = [:],
    prices: [(subject: PriceEntry.Subject, price: Price, currency: String?)] = []
  ) {
    self.instanceTypes = instanceTypes
    self.prices = prices
  }
}

extension PriceBook {
  /// What slicing would read if it had been so.
  func supposing(_ supposition: Supposition) -> PriceBook {
    let known = entries.values.flatMap { $0 }
    let last = known.map(\.id).max() ?? 0
    let supposed = supposition.prices.enumerated().map { number, price in
      PriceEntry(
        id: last + Int64(number) + 1, subject: price.subject, price: price.price, currency: price.currency,
        origin: .configured, rank: .max - Int64(supposition.prices.count - number), validFrom: .distantPast)
    }
    var histories = histories
    for (runner, type) in supposition.instanceTypes {
      histories[runner] = RunnerHistory(versions: [.init(validFrom: .distantPast, instanceType: type)])
    }
    return PriceBook(zone: zone, histories: histories, rules: rules, prices: known + supposed)
  }

  /// Whether anything prices the instance type itself.
  func hasPrice(of instanceType: Int64) -> Bool {
    entries[.instanceType(instanceType)]?.isEmpty == false
  }
}
