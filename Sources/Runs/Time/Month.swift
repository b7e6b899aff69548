/// A calendar month without a zone, such as `2026-01`.
package struct Month: Hashable, Comparable, Sendable {
  /// Months since January of year 0, so that neighbours differ by one.
  package var number: Int

  package init(number: Int) {
    self.number = number
  }

  package init(year: Int, month: Int) {
    self.init(number: year * 12 + month - 1)
  }

  /// Reads `2026-01`; nil for anything else, such as a month 13.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 7, let day = LocalDay(String(text) + "-01") else { return nil }
    self = day.month
  }

  package var firstDay: LocalDay {
    LocalDay(number: LocalDay.daysFromCivil(year: civil.year, month: civil.month, day: 1))
  }

  var civil: (year: Int, month: Int) {
    let year = Int(LocalDay.floorDiv(Int64(number), 12))
    return (year, number - year * 12 + 1)
  }

  package var next: Month { Month(number: number + 1) }
  package var previous: Month { Month(number: number - 1) }

  package static func < (left: Month, right: Month) -> Bool {
    left.number < right.number
  }
}

extension Month: CustomStringConvertible {
  package var description: String {
    Digits.padded(civil.year, 4) + "-" + Digits.padded(civil.month, 2)
  }
}

/// Plain decimal digits, without a locale.
enum Digits {
  static func padded(_ value: Int, _ width: Int) -> String {
    let text = String(value.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - text.utf8.count))
    return (value < 0 ? "-" : "") + zeros + text
  }
}
