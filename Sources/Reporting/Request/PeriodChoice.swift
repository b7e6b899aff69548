import Runs

/// A period as it was asked for; which days these are depends on the ledger's now.
package enum PeriodChoice: Equatable, Sendable {
  case month(Month)
  case lastMonth
  case thisMonth
  /// Local days, `to` exclusive; nil is the first, or the ledger's today included.
  case days(from: LocalDay?, to: LocalDay?)
  /// The same with an instant at one end at least; only some reports speak of less than a day.
  case stretch(from: PeriodBound?, to: PeriodBound?)
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

  /// Reads `--from` and `--to`.
  package static func between(from: String?, to: String?) throws(ReportError) -> PeriodChoice {
    let bounds = (from: try PeriodBound.read(from), to: try PeriodBound.read(to))
    switch bounds {
    case (nil, nil): return .days(from: nil, to: nil)
    case (.day(let from), .day(let to)): return .days(from: from, to: to)
    case (.day(let from), nil): return .days(from: from, to: nil)
    case (nil, .day(let to)): return .days(from: nil, to: to)
    default: return .stretch(from: bounds.from, to: bounds.to)
    }
  }

  /// Whether it may begin or end within a day.
  var hasInstants: Bool { if case .stretch = self { true } else { false } }
}

extension PeriodChoice {
  /// The half-open stretch of local days that is meant: of one with instants, all days that it touches.
  ///
  /// - Parameters:
  ///   - now: the local day of the ledger's now.
  ///   - known: the days that anything fell on, for what begins with the first or ends with the last.
  ///   - zone: whose days and clocks these are.
  func days(
    now: LocalDay, known: (first: LocalDay, last: LocalDay)?, in zone: ZoneRules = .utc
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
      guard first < end else { throw .backwards(from: "\(first)", to: "\(end)") }
      return (first, end)
    case .stretch:
      guard let (from, to) = try instants(now: now, known: known, in: zone) else { return (now, tomorrow) }
      return (zone.day(of: from), zone.day(of: to.advanced(byMilliseconds: -1)).advanced(byDays: 1))
    }
  }

  /// The half-open stretch of time that is meant, where it was asked for by instants; nil where it is of days.
  func instants(
    now: LocalDay, known: (first: LocalDay, last: LocalDay)?, in zone: ZoneRules
  ) throws(ReportError) -> (from: Instant, to: Instant)? {
    guard case .stretch(let from, let to) = self else { return nil }
    let first = try from?.instant(in: zone) ?? zone.start(of: known?.first ?? now)
    let end =
      try to?.instant(in: zone) ?? zone.start(of: max(now, zone.day(of: first)).advanced(byDays: 1))
    guard first < end else { throw .backwards(from: zone.clock(at: first), to: zone.clock(at: end)) }
    return (first, end)
  }
}

extension ReportError {
  fileprivate static func backwards(from: String, to: String) -> ReportError {
    .badPeriod(text: "\(from) to \(to)", reason: "the end is exclusive and must come after the beginning")
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
