/// The stretch of time that one row of a trend speaks of.
package enum ReportInterval: String, CaseIterable, Sendable {
  case day
  case week
  case month

  package init?(_ word: String?) {
    guard let word, let interval = ReportInterval(rawValue: word) else { return nil }
    self = interval
  }

  /// The first day of the interval that a day lies in. Weeks begin on Monday.
  package func start(of day: LocalDay) -> LocalDay {
    switch self {
    case .day: day
    case .week: day.monday
    case .month: day.month.firstDay
    }
  }

  /// The day, exclusive, on which the interval ends that a day lies in.
  package func end(of day: LocalDay) -> LocalDay {
    switch self {
    case .day: day.advanced(byDays: 1)
    case .week: day.monday.advanced(byDays: 7)
    case .month: day.month.next.firstDay
    }
  }

  /// The first day of the interval that is `count` before the one that a day lies in.
  package func start(of day: LocalDay, stepsBack count: Int) -> LocalDay {
    switch self {
    case .day: day.advanced(byDays: -Int64(count))
    case .week: day.monday.advanced(byDays: -7 * Int64(count))
    case .month: Month(number: day.month.number - count).firstDay
    }
  }
}
