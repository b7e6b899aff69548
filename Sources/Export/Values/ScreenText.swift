import Runs

/// A value as a person reads it on a screen: separators, units, percent.
enum ScreenText {
  /// Nil for null.
  static func text(_ value: Value, _ type: ColumnType) -> String? {
    switch (DataText(value, type), type) {
    case (.null, _): nil
    case (.seconds(let milliseconds), _): seconds(milliseconds)
    // It may be an id or a year: nobody said that it is a count.
    case (.integer(let number), .any): String(number)
    case (.integer(let number), .rate): percent(Double(number))
    case (.real(let number), .rate): percent(number)
    case (.integer(let number), .probability): probability(Double(number))
    case (.real(let number), .probability): probability(number)
    case (.integer(let number), _): grouped(String(number))
    case (.real(let number), _): grouped(DataText.plain(number))
    case (.instant(let number), _): instant(number)
    case (.flag(let isSet), _): isSet ? "yes" : ""
    case (let other, _): other.string.map(harmless)
    }
  }

  /// `2.2 %`
  static func percent(_ rate: Double) -> String { percentNumber(rate) + " %" }

  /// `2.2`
  static func percentNumber(_ rate: Double) -> String {
    DecimalDigits(rate).shifted(by: 2).rounded(decimals: 1).plain(decimals: 1)
  }

  /// `p = 0.50`, `p = 0.0003`, `p < 0.0001`: two digits that count, at most four decimals.
  static func probability(_ value: Double) -> String {
    guard value >= 0.0001 else { return "p < 0.0001" }
    let exact = DecimalDigits(value)
    let decimals = min(4, 1 - exact.rounded(significant: 2).magnitude)
    return "p = " + exact.rounded(decimals: decimals).plain(decimals: decimals)
  }

  /// Milliseconds as `1,620.5 s`.
  static func seconds(_ milliseconds: Int64) -> String {
    let magnitude = milliseconds.magnitude
    var tenths = magnitude / 100
    let rest = magnitude % 100
    if rest > 50 || rest == 50 && !tenths.isMultiple(of: 2) { tenths += 1 }
    let sign = milliseconds < 0 && tenths > 0 ? "-" : ""
    return sign + grouped(String(tenths / 10)) + "." + String(tenths % 10) + " s"
  }

  /// `2026-01-15 09:01:00Z`
  static func instant(_ milliseconds: Int64) -> String {
    DigitText.string { DigitText.wallClock(milliseconds, separator: UInt8(ascii: " "), at: $0) } + "Z"
  }

  /// `18,204` for `18204`; a fraction stays as it is.
  static func grouped(_ number: String) -> String {
    let isNegative = number.hasPrefix("-")
    let parts = number.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first else { return number }
    var text = isNegative ? "-" : ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return parts.count > 1 ? text + "." + parts[1] : text
  }

  /// A text that cannot drive a terminal: whatever moves a cursor, changes a colour or turns the direction of writing
  /// becomes a visible dot.
  static func harmless(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isDriving) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(isDriving(scalar) ? "·" : scalar) }
    return String(result)
  }

  private static func isDriving(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value < 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: return true
    // The joiners hold emoji and Indic letters together; all other invisible characters are better seen.
    case .format: return scalar.value != 0x200C && scalar.value != 0x200D
    default: return false
    }
  }
}
