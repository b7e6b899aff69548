/// The price of one second, exact to 18 decimals.
///
/// It is read as vendors write it (`0.0000019`, `"0.000001522070015"`, `1.9e-06`) and printed without an exponent and
/// without trailing zeros.
package struct Price: Hashable, Comparable, Sendable {
  static let scale = 18

  /// The highest price, wherever one comes from: 54,000 years of machine time at it still add up exactly.
  package static let limit = Price(attos: Int128(limitUnits) * DecimalText.power(scale))
  package static let limitUnits: Int64 = 100_000

  /// The price times 10^18.
  package var attos: Int128

  package init(attos: Int128) {
    self.attos = attos
  }

  /// - Throws: ``PriceError`` naming the price: not a number, below zero, more than 18 decimals, or above the limit.
  package init(_ text: String) throws(PriceError) {
    try self.init(kept: text)
    if self > Price.limit { throw PriceError(reason: "\(text.prefix(60)) is above \(Price.limit) a second") }
  }

  /// A price that a ledger has: earlier versions knew no limit.
  package init(kept text: String) throws(PriceError) {
    do {
      attos = try DecimalText.parse(text, scale: Price.scale)
    } catch {
      throw PriceError(reason: error.description)
    }
    if attos < 0 { throw PriceError(reason: "\(text.prefix(60)) is below zero") }
  }

  package static let free = Price(attos: 0)

  package static func < (left: Price, right: Price) -> Bool {
    left.attos < right.attos
  }
}

extension Price: CustomStringConvertible {
  package var description: String { DecimalText.print(attos, scale: Price.scale) }
}

/// A price that cannot be kept exactly.
package struct PriceError: Error, Equatable, CustomStringConvertible {
  package var reason: String

  package var description: String { "the price \(reason)" }
}
