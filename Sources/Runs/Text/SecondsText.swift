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

  private static func joined(_ large: Int64, _ unit: String, _ small: Int64, _ rest: String) -> String {
    "\(large) \(unit)" + (small == 0 ? "" : " \(small) \(rest)")
  }
}

extension Duration {
  /// Whole ones.
  package var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }
}
