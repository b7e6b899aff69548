/// A point in time: whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Vendors send offsets, fractions of any length and daylight-saving wall clocks; the ledger keeps one integer,
/// so durations come from subtraction and never from a calendar. Leap seconds are not counted, as in POSIX time.
package struct Instant: Hashable, Comparable, Sendable {
  package var milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  package func advanced(byMilliseconds delta: Int64) -> Instant {
    Instant(milliseconds: milliseconds + delta)
  }
}

/// A day of a calendar without a zone: days since 1970-01-01, in the proleptic Gregorian calendar.
package struct LocalDay: Hashable, Comparable, Sendable {
  package var number: Int64

  package init(number: Int64) {
    self.number = number
  }

  /// Nil when there is no such day (30 February).
  package init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), (1...LocalDay.length(year: year, month: month)).contains(day) else { return nil }
    self.init(number: LocalDay.daysFromCivil(year: year, month: month, day: day))
  }

  /// Reads `2026-01-31`; nil for anything else.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      parts.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  package static func < (left: LocalDay, right: LocalDay) -> Bool {
    left.number < right.number
  }

  package func advanced(byDays days: Int64) -> LocalDay {
    LocalDay(number: number + days)
  }

  package var month: Month {
    let (year, month, _) = civil
    return Month(year: year, month: month)
  }

  /// The Monday of the day's ISO week.
  package var monday: LocalDay {
    // 1970-01-01 was a Thursday, three days after its Monday.
    LocalDay(number: number - LocalDay.floorMod(number + 3, 7))
  }

  static func length(year: Int, month: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension LocalDay: CustomStringConvertible {
  /// `2026-01-31`.
  package var description: String {
    let (year, month, day) = civil
    return Digits.padded(year, 4) + "-" + Digits.padded(month, 2) + "-" + Digits.padded(day, 2)
  }
}

extension LocalDay {
  // The two conversions count from 1 March, so that the leap day is the last day of a year of 400-year eras.

  static func daysFromCivil(year: Int, month: Int, day: Int) -> Int64 {
    let shiftedYear = Int64(month <= 2 ? year - 1 : year)
    let era = floorDiv(shiftedYear, 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * Int64(month > 2 ? month - 3 : month + 9) + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  package var civil: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = LocalDay.floorDiv(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    let month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
    return (Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month, day)
  }

  package static func floorDiv(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }

  static func floorMod(_ value: Int64, _ divisor: Int64) -> Int64 {
    value - floorDiv(value, divisor) * divisor
  }
}
