/// Rounding happens once, at display.
extension Money {
  /// The amount with a fixed number of decimals, ties to the even digit: 0.125 with 2 decimals is `0.12`.
  package func text(decimals: Int) -> String {
    let places = min(max(decimals, 0), Money.scale)
    return Money.fixed(rounded(decimals: places).zeptos, decimals: places)
  }

  /// The nearest multiple of 10^-decimals; a tie goes to the even one. Where that is beyond what fits, the amount is
  /// cut instead.
  package func rounded(decimals: Int) -> Money {
    guard decimals < Money.scale else { return self }
    let unit = DecimalText.power(Money.scale - max(decimals, 0))
    let quotient = zeptos / unit
    let cut = Money(zeptos: quotient * unit)
    let rest = (zeptos % unit).magnitude
    let half = unit.magnitude / 2
    guard rest > half || (rest == half && !quotient.isMultiple(of: 2)) else { return cut }
    let (away, overflow) = cut.zeptos.addingReportingOverflow(zeptos < 0 ? -unit : unit)
    return overflow ? cut : Money(zeptos: away)
  }

  /// As people read it: with two decimals, below one unit with three digits that count. What is not nothing never reads
  /// as 0: `28.25`, `0.342`, `0.500`, `0.000513`.
  package var readable: String { Money.fixed(forPeople.zeptos, decimals: forPeople.decimalsForPeople) }

  /// The same of a number that may be a count: no zeros are added.
  package var readableNumber: String { forPeople.description }

  private var forPeople: Money { rounded(decimals: decimalsForPeople) }

  private var decimalsForPeople: Int {
    var decimals = 2
    var place = DecimalText.power(Money.scale)
    while zeptos != 0, zeptos.magnitude < place.magnitude, decimals < Money.scale {
      decimals += 1
      place /= 10
    }
    return decimals
  }

  /// Prints an amount that is already rounded, keeping trailing zeros: `12.50`.
  static func fixed(_ zeptos: Int128, decimals: Int) -> String {
    let plain = DecimalText.print(zeptos, scale: scale)
    guard decimals > 0 else { return plain }
    let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    return parts[0] + "." + fraction + String(repeating: "0", count: max(0, decimals - fraction.utf8.count))
  }
}
