/// A time zone as plain data: the instants at which its offset from UTC changes.
///
/// The ledger stores these rows, so that a newer time zone database changes no report behind anyone's back, and
/// cutting a run at midnight needs no calendar call.
package struct ZoneRules: Equatable, Sendable {
  package struct Transition: Equatable, Sendable {
    /// From this instant on the offset holds.
    package var at: Instant
    package var offsetSeconds: Int

    package init(at: Instant, offsetSeconds: Int) {
      self.at = at
      self.offsetSeconds = offsetSeconds
    }
  }

  /// The IANA name, such as `Europe/Berlin`.
  package var name: String
  /// Ascending; the first one stands for all time before the second.
  package var transitions: [Transition]

  /// - Precondition: `transitions` is ascending and has at least one element.
  package init(name: String, transitions: [Transition]) {
    precondition(!transitions.isEmpty, "a zone has at least one offset")
    self.name = name
    self.transitions = transitions
  }

  package static let utc = ZoneRules(
    name: "UTC", transitions: [Transition(at: .distantPast, offsetSeconds: 0)])
}

extension ZoneRules {
  /// The local day that an instant belongs to: the day `d` with `start(of: d) <= instant < start(of: d + 1)`.
  package func day(of instant: Instant) -> LocalDay {
    let offset = Int64(transitions[segment(of: instant)].offsetSeconds) * 1000
    let wall = LocalDay(number: LocalDay.floorDiv(instant.milliseconds + offset, 86_400_000))
    // Where clocks go back just after midnight, the hour before it comes twice; the second time belongs to the new day.
    let next = wall.advanced(byDays: 1)
    return instant < start(of: next) ? wall : next
  }

  /// The first instant whose wall-clock date is `day` or later.
  ///
  /// Where midnight does not exist (America/Sao_Paulo until 2018, Africa/Cairo) this is the instant of the change; a
  /// day that a zone skipped (Pacific/Apia, 2011-12-30) begins and ends at the same instant.
  package func start(of day: LocalDay) -> Instant {
    let midnight = day.number * 86_400_000
    // No offset reaches 26 hours, so no earlier segment can hold this midnight.
    var index = segment(of: Instant(milliseconds: midnight - 26 * 3_600_000))
    while true {
      let local = midnight - Int64(transitions[index].offsetSeconds) * 1000
      // The first offset stands for all time before the second, whenever it is said to begin.
      let candidate = index == 0 ? local : max(local, transitions[index].at.milliseconds)
      guard index + 1 < transitions.count, candidate >= transitions[index + 1].at.milliseconds else {
        return Instant(milliseconds: candidate)
      }
      index += 1
    }
  }

  package func start(of month: Month) -> Instant {
    start(of: month.firstDay)
  }

  /// What a clock on the wall shows, in milliseconds since 1970 on that clock.
  package func local(_ instant: Instant) -> Int64 {
    instant.milliseconds + Int64(transitions[segment(of: instant)].offsetSeconds) * 1000
  }

  /// What a clock on the wall shows, to the minute: `2026-04-01 06:00`.
  package func wallClock(at instant: Instant) -> String {
    let shifted = Instant(milliseconds: local(instant)).rfc3339
    return shifted.prefix(10) + " " + shifted.dropFirst(11).prefix(5)
  }

  /// What a clock on the wall shows, to the second: `2026-04-01 06:00:00`. Where clocks go back they show an hour twice:
  /// such a time is told with its offset, `2026-10-25 02:30:00 +01:00`.
  package func clock(at instant: Instant) -> String {
    let local = local(instant)
    let text = DigitText.string { DigitText.wallClock(local, separator: UInt8(ascii: " "), at: $0) }
    guard instants(showing: local).count > 1 else { return text }
    return text + " " + ZoneRules.text(offset: Int64(transitions[segment(of: instant)].offsetSeconds))
  }

  /// The instants at which a clock on the wall shows this, in milliseconds since 1970 on that clock: one, none where
  /// clocks skip it, two where they show it twice.
  package func instants(showing local: Int64) -> [Instant] {
    // No offset reaches 26 hours.
    let first = segment(of: Instant(milliseconds: local - 26 * 3_600_000))
    let last = segment(of: Instant(milliseconds: local + 26 * 3_600_000))
    var found: [Instant] = []
    for offset in Set(transitions[first...last].map(\.offsetSeconds)) {
      let instant = Instant(milliseconds: local - Int64(offset) * 1000)
      if self.local(instant) == local { found.append(instant) }
    }
    return found.sorted()
  }

  /// `+01:00`, as RFC 3339 writes how far a clock is ahead of UTC.
  package func offset(at instant: Instant) -> String {
    ZoneRules.text(offset: Int64(transitions[segment(of: instant)].offsetSeconds))
  }

  private static func text(offset: Int64) -> String {
    let minutes = abs(offset) / 60
    let digits = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return (offset < 0 ? "-" : "+") + digits.joined(separator: ":")
  }

  /// The index of the last transition at or before an instant; the first one for all time before it.
  private func segment(of instant: Instant) -> Int {
    var low = 0
    var high = transitions.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if transitions[middle].at <= instant { low = middle } else { high = middle }
    }
    return low
  }
}

extension Instant {
  /// Before anything a vendor can report, and far enough from the end of Int64 that offsets can be added.
  package static let distantPast = Instant(milliseconds: -100_000_000_000_000)
  package static let distantFuture = Instant(milliseconds: 100_000_000_000_000_000)
}
