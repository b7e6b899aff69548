import Runs

/// Where a period begins or ends.
package enum PeriodBound: Equatable, Sendable {
  case day(LocalDay)
  case instant(Instant)
  /// What a clock of the report's zone shows, in milliseconds since 1970 on that clock; and as it was typed.
  case clock(Int64, text: String)
}

extension PeriodBound {
  /// Reads `2026-03-01`, `2026-03-01T06:00` in the report's zone, or `2026-03-01T06:00:00+01:00`. Seconds may be left
  /// out, and a space may stand for the T.
  static func read(_ text: String?) throws(ReportError) -> PeriodBound? {
    guard let text else { return nil }
    if let day = LocalDay(text) { return .day(day) }
    let full = withSeconds(text)
    if let instant = try? Instant(rfc3339: full) { return .instant(instant) }
    if let clock = try? Instant(rfc3339: full + "Z") { return .clock(clock.milliseconds, text: text) }
    throw .badPeriod(
      text: text,
      reason: "expected a day such as 2026-01-31, or an instant such as 2026-01-31T06:00 or 2026-01-31T06:00:00+01:00")
  }

  /// - Throws: ``ReportError/badPeriod(text:reason:)`` for a time that clocks of the zone skip, or show twice.
  func instant(in zone: ZoneRules) throws(ReportError) -> Instant {
    switch self {
    case .day(let day): return zone.start(of: day)
    case .instant(let instant): return instant
    case .clock(let local, let text):
      let found = zone.instants(showing: local)
      guard let instant = found.first else {
        throw .badPeriod(text: text, reason: "the clocks of \(zone.name) skip this time")
      }
      guard found.count == 1 else {
        let choices = found.map { text + zone.offset(at: $0) }
        throw .badPeriod(
          text: text,
          reason: "the clocks of \(zone.name) show this time twice; say " + choices.joined(separator: " or "))
      }
      return instant
    }
  }

  /// `2026-03-01T06:00+01:00` with `:00` behind its minutes; what has seconds, or is no time, as it is.
  private static func withSeconds(_ text: String) -> String {
    let (minutes, rest) = (text.prefix(16), text.dropFirst(16))
    guard minutes.utf8.count == 16, rest.first.map({ "Zz+-".contains($0) }) ?? true else { return text }
    return minutes + ":00" + rest
  }
}
