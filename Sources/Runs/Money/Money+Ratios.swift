/// What is made of exact amounts and is no longer one: an average, a share.
extension Money {
  /// One of so many equal parts, rounded to 18 decimals, ties to the even digit; nil of none.
  package func divided(by count: Int64) -> Money? {
    guard count > 0 else { return nil }
    let grain = DecimalText.power(Money.scale - 18)
    let divisor = Int128(count) * grain
    let (quotient, rest) = zeptos.quotientAndRemainder(dividingBy: divisor)
    let twice = rest.magnitude * 2
    let isUp = twice > divisor.magnitude || (twice == divisor.magnitude && !quotient.isMultiple(of: 2))
    return Money(zeptos: (isUp ? quotient + (zeptos < 0 ? -1 : 1) : quotient) * grain)
  }

  /// This amount out of another, as a number; nil of nothing.
  package func share(of whole: Money) -> Double? {
    whole == .zero ? nil : Double(zeptos) / Double(whole.zeptos)
  }
}
