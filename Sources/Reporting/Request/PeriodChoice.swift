import Runs

/// A period as it was asked for; which days these are depends on the ledger's now.
package enum PeriodChoice: Equatable, Sendable {
  case month(Month)
  case lastMonth
  case thisMonth
  /// Local days, `to` exclusive; nil is the first, or the ledger's today included.
  case days(from: LocalDay?, to: LocalDay?)
  /// The last so many days, weeks or months, the one of now included.
  case last(Int, ReportInterval)
  case all

  /// Reads `--month`: `2026-01`, `last` or `this`.
  package static func month(named text: String) throws(ReportError) -> PeriodChoice {
    switch text {
    case "last": return .lastMonth
    case "this": return .thisMonth
    default:
      guard let month = Month(text) else {
        throw .badPeriod(text: text, reason: "expected a month such as 2026-01, or last, or this")
      }
      return .month(month)
    }
  }

  /// Reads `--last`: `30d`, `12w` or `6m`.
  package static func last(_ text: String) throws(ReportError) -> PeriodChoice {
    let units: [Character: ReportInterval] = ["d": .day, "w": .week, "m": .month]
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()), (1...100_000).contains(count)
    else { throw .badPeriod(text: text, reason: "expected a number with d, w or m, such as 30d") }
    return .last(count, unit)
  }

  /// Reads `--from` or `--to`.
  package static func day(_ text: String) throws(ReportError) -> LocalDay {
    guard let day = LocalDay(text) else {
      throw .badPeriod(text: text, reason: "expected a day such as 2026-01-31")
    }
    return day
  }
}

extension PeriodChoice {
  /// The half-open stretch of local days that is meant.
  ///
  /// - Parameters:
  ///   - now: the local day of the ledger's now.
  ///   - known: the days that anything fell on, for what begins with the first or ends with the last.
  func days(
    now: LocalDay, known: (first: LocalDay, last: LocalDay)?
  ) throws(ReportError) -> (from: LocalDay, to: LocalDay) {
    let tomorrow = now.advanced(byDays: 1)
    switch self {
    case .month(let month):
      return (month.firstDay, month.next.firstDay)
    case .lastMonth:
      return (now.month.previous.firstDay, now.month.firstDay)
    case .thisMonth:
      return (now.month.firstDay, now.month.next.firstDay)
    case .last(let count, let interval):
      return (interval.start(of: now, stepsBack: count - 1), tomorrow)
    case .all:
      return (known?.first ?? now, max(tomorrow, (known?.last ?? now).advanced(byDays: 1)))
    case .days(let from, let to):
      let first = from ?? known?.first ?? now
      let end = to ?? max(tomorrow, first.advanced(byDays: 1))
      guard first < end else {
        throw .badPeriod(text: "\(first) to \(end)", reason: "the end is exclusive and must come after the beginning")
      }
      return (first, end)
    }
  }
}

extension ReportDefinition.DefaultPeriod {
  /// The period without one asked for.
  func choice(interval: ReportInterval) -> PeriodChoice {
    switch self {
    case .lastMonth: .lastMonth
    case .thisMonth: .thisMonth
    case .twelveIntervals: .last(12, interval)
    case .thirtyDays: .last(30, .day)
    case .all: .all
    }
  }
}
