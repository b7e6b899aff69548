import Runs

/// Numbers as the sentences of a check have them.
enum Words {
  static func count(_ count: Int64, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// One decimal, and never so long that nobody reads it.
  static func percent(_ share: Double) -> String {
    guard share < 1000 else { return "more than 100000 %" }
    let tenths = Int64((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// `45.0 s`, `30 min`, `26 h`, `3 days 4 h`: the two largest units, cut.
  static func time(_ milliseconds: Int64) -> String {
    let seconds = milliseconds / 1000
    if seconds < 120 { return "\(seconds).\(milliseconds % 1000 / 100) s" }
    if seconds < 7200 { return joined(seconds / 60, "min", seconds % 60, "s") }
    if seconds < 172_800 { return joined(seconds / 3600, "h", seconds % 3600 / 60, "min") }
    return joined(seconds / 86_400, "days", seconds % 86_400 / 3600, "h")
  }

  static func seconds(_ milliseconds: Int64) -> Double { Double(milliseconds) / 1000 }

  private static func joined(_ large: Int64, _ unit: String, _ small: Int64, _ rest: String) -> String {
    "\(large) \(unit)" + (small == 0 ? "" : " \(small) \(rest)")
  }
}

extension Duration {
  /// Whole ones.
  var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }
}
