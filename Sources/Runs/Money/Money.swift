/// An exact amount: an integer of 10^-21 currency units.
///
/// A price has up to 18 decimals and a time is in milliseconds, so 21 decimals hold every product without rounding.
/// The currency is kept beside the amount by whoever owns it; amounts of two currencies are never added.
package struct Money: Hashable, Comparable, Sendable {
  static let scale = 21

  /// The amount times 10^21.
  package var zeptos: Int128

  package init(zeptos: Int128) {
    self.zeptos = zeptos
  }

  package init(units: Int64) {
    self.init(zeptos: Int128(units) * DecimalText.power(Money.scale))
  }

  /// Reads decimal text, such as `0.000513`.
  package init(_ text: String) throws(DecimalError) {
    zeptos = try DecimalText.parse(text, scale: Money.scale)
  }

  package static let zero = Money(zeptos: 0)

  /// What a time costs: milliseconds × price per second ÷ 1000, without rounding.
  ///
  /// 270 s at 0.0000019 a second cost 0.000513.
  /// - Throws: ``PriceError`` naming the price when the product does not fit.
  package init(milliseconds: Int64, at price: Price) throws(PriceError) {
    let (product, overflow) = price.attos.multipliedReportingOverflow(by: Int128(milliseconds))
    guard !overflow else {
      throw PriceError(reason: "\(price) times \(milliseconds) ms is too large to be kept exactly")
    }
    zeptos = product
  }

  /// - Throws: ``DecimalError/tooLarge(_:)`` instead of a wrong sum.
  package func adding(_ other: Money) throws(DecimalError) -> Money {
    let (sum, overflow) = zeptos.addingReportingOverflow(other.zeptos)
    guard !overflow else { throw .tooLarge("\(self) + \(other)") }
    return Money(zeptos: sum)
  }

  package static func < (left: Money, right: Money) -> Bool {
    left.zeptos < right.zeptos
  }
}

extension Money: CustomStringConvertible {
  /// Plain decimal, no exponent, no trailing zeros: `0.000513`, `0`.
  package var description: String { DecimalText.print(zeptos, scale: Money.scale) }
}
