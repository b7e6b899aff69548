import Runs

/// A value with separators, units and percent, and all its digits; ``Readable`` says how much of it people are shown.
enum ScreenText {
  /// Nil for null.
  ///
  /// - Parameter zone: where people read its times.
  static func text(_ value: Value, _ type: ColumnType, in zone: ZoneRules = .utc) -> String? {
    switch (DataText(value, type), type) {
    case (.null, _): nil
    case (.seconds(let milliseconds), _): SecondsText.exact(milliseconds)
    // It may be an id or a year: nobody said that it is a count. What stands beside it is grouped no more than it.
    case (.integer(let number), .any): String(number)
    case (.real(let number), .any): DataText.plain(number)
    case (.integer(let number), .rate): percent(Double(number))
    case (.real(let number), .rate): percent(number)
    case (.integer(let number), .probability): probability(Double(number))
    case (.real(let number), .probability): probability(number)
    case (.integer(let number), _): number.grouped
    case (.real(let number), _): NumberText.grouped(DataText.plain(number))
    case (.instant(let number), _): clock(Instant(milliseconds: number), zone)
    case (.flag(let isSet), _): isSet ? "yes" : "no"
    case (.text(let amount), .money), (.text(let amount), .price), (.text(let amount), .decimal): grouped(amount)
    case (let other, _): other.string.map(\.harmless)
    }
  }

  /// `2026-01-15 10:01:00`, as a clock of the zone shows it. Of a year that no clock shows only the digits can be told.
  private static func clock(_ instant: Instant, _ zone: ZoneRules) -> String {
    guard instant.milliseconds.magnitude < 1 << 55 else {
      return DigitText.string { DigitText.instant(instant.milliseconds, at: $0) }
    }
    return zone.clock(at: instant)
  }

  /// `67,136.740380`; what is no number is left as it is.
  private static func grouped(_ amount: String) -> String {
    let isNumber = amount.utf8.allSatisfy { (0x30...0x39).contains($0) || [0x2D, 0x2E].contains($0) }
    return isNumber ? NumberText.grouped(amount) : amount.harmless
  }

  /// `2.2 %`
  static func percent(_ rate: Double) -> String { percentNumber(rate) + " %" }

  /// `2.2`
  static func percentNumber(_ rate: Double) -> String {
    NumberText.grouped(DecimalDigits(rate).shifted(by: 2).rounded(decimals: 1).plain(decimals: 1))
  }

  /// `p = 0.50`, `p = 0.0003`, `p < 0.0001`: two digits that count, at most four decimals.
  static func probability(_ value: Double) -> String {
    guard value >= 0.0001 else { return "p < 0.0001" }
    let exact = DecimalDigits(value)
    let decimals = min(4, 1 - exact.rounded(significant: 2).magnitude)
    return "p = " + exact.rounded(decimals: decimals).plain(decimals: decimals)
  }
}
