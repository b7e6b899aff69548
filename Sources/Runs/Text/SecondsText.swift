/// A length of time as text, from the exact milliseconds of a report to the rough words of a sentence.
package enum SecondsText {
  /// Every millisecond, without a unit: `270.000`
  package static func text(_ milliseconds: Int64) -> String {
    DigitText.string { DigitText.seconds(milliseconds, at: $0) }
  }

  /// `270.000 s`
  package static func withUnit(_ milliseconds: Int64) -> String { text(milliseconds) + " s" }

  /// As short as it can be said: `60 s`, `0.2 s`
  package static func short(_ milliseconds: Int64) -> String {
    var text = text(milliseconds)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text + " s"
  }

  /// As people read it, in the two largest units, rounded half to even: `0.4 s`, `28.5 s`, `35 min 40 s`, `26 h`,
  /// `13 days 18 h`. What is not nothing never reads as 0.
  package static func readable(_ milliseconds: Int64) -> String {
    let sign = milliseconds < 0 ? "-" : ""
    let time = milliseconds.magnitude
    if time < 100 { return sign + short(Int64(time)) }
    let tenths = time.rounded(by: 100)
    if tenths < 600 { return sign + "\(tenths / 10).\(tenths % 10) s" }
    let seconds = time.rounded(by: 1000)
    if seconds < 3600 { return sign + joined(seconds / 60, "min", seconds % 60, "s") }
    let minutes = time.rounded(by: 60_000)
    if minutes < 48 * 60 { return sign + joined(minutes / 60, "h", minutes % 60, "min") }
    let hours = time.rounded(by: 3_600_000)
    return sign + joined(hours / 24, "days", hours % 24, "h")
  }

  /// Every millisecond that says something, in groups of three: `1,620.512 s`
  package static func exact(_ milliseconds: Int64) -> String {
    NumberText.grouped(String(short(milliseconds).dropLast(2))) + " s"
  }

  /// Rounded to tenths, half to even: `1,620.5 s`
  package static func tenths(_ milliseconds: Int64) -> String {
    let magnitude = milliseconds.magnitude
    var tenths = magnitude / 100
    let rest = magnitude % 100
    if rest > 50 || rest == 50 && !tenths.isMultiple(of: 2) { tenths += 1 }
    let sign = milliseconds < 0 && tenths > 0 ? "-" : ""
    return sign + (tenths / 10).grouped + "." + String(tenths % 10) + " s"
  }

  /// The two largest units, cut: `45.0 s`, `30 min`, `26 h`, `3 days 4 h`
  package static func rough(_ milliseconds: Int64) -> String {
    let seconds = milliseconds / 1000
    if seconds < 120 { return "\(seconds).\(milliseconds % 1000 / 100) s" }
    if seconds < 7200 { return joined(seconds / 60, "min", seconds % 60, "s") }
    if seconds < 172_800 { return joined(seconds / 3600, "h", seconds % 3600 / 60, "min") }
    return joined(seconds / 86_400, "days", seconds % 86_400 / 3600, "h")
  }

  private static func joined<Number: BinaryInteger>(
    _ large: Number, _ unit: String, _ small: Number, _ rest: String
  ) -> String {
    "\(large.grouped) \(unit)" + (small == 0 ? "" : " \(small) \(rest)")
  }
}

extension UInt64 {
  /// How many units it is, half to even.
  fileprivate func rounded(by unit: UInt64) -> UInt64 {
    let (whole, rest) = quotientAndRemainder(dividingBy: unit)
    return rest > unit / 2 || rest == unit / 2 && !whole.isMultiple(of: 2) ? whole + 1 : whole
  }
}

extension Duration {
  /// Whole ones.
  package var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }
}
