import Reporting
import Runs

/// A question to one report, with its runners and days found.
struct PlainQuestion {
  var view: PlainView
  /// Months that were closed, in order and without a gap.
  let closings: [PlainClosing]
  /// By which runners are found, and have their labels.
  let present: PlainView
  var sources: [Int]
  var runners: [Int] = []
  var from: Int64 = 0
  var to: Int64 = 0
  var interval: String
  var groupBy: [String]
  var outcomes: [String]
  var exitCodes: [String]
  var labels: [RunnerLabel]

  var period: Range<Int64> { from..<to }
  /// Finished runs of the runners asked for, whenever they ended.
  var runs: [PricedRun]
  var runsOfPeriod: [PricedRun] { runs.filter { period.contains($0.day) } }

  init(
    _ view: PlainView, _ request: ReportRequest, _ definition: ReportDefinition, labels: [RunnerLabel],
    closings: [PlainClosing] = []
  ) {
    let told = view.told
    self.view = view
    self.closings = closings
    present = view
    self.labels = labels
    interval = request.interval ?? "month"
    let keys = request.groupBy.isEmpty ? [definition.groupBy?.preset ?? ""] : request.groupBy
    groupBy = keys.count == 2 && keys[0] == keys[1] ? [keys[0]] : keys
    outcomes = request.outcomes.isEmpty ? [definition.name == "runs" ? "any" : "success"] : request.outcomes
    exitCodes = request.exitCodes
    var sources = Array(told.sources.indices)
    if !request.sources.isEmpty { sources = sources.filter { request.sources.contains(told.sources[$0].name) } }
    var runners = told.runners.indices.filter { sources.contains(told.runners[$0].source) }
    if !request.runners.isEmpty {
      let all = runners
      runners = all.filter { runner in
        request.runners.contains {
          PlainQuestion.matching($0, all, told, anyName: request.anyName).contains(runner)
        }
      }
      sources = sources.filter { source in runners.contains { told.runners[$0].source == source } }
    }
    (self.sources, self.runners) = (sources, runners)
    runs = view.finished.filter { runners.contains($0.run.runner) }
    let choice = request.period ?? PlainQuestion.preset(definition, interval)
    (from, to) = days(choice)
  }

  /// What columns that are only there when grouped by something call it.
  var words: Set<String> {
    let words = groupBy.map { $0.hasPrefix("label:") ? "label" : $0 }
    return Set(words + (words == ["label", "label"] ? ["second-label"] : []))
  }

  /// By id; else by the newest name, or where that is asked for any name that it has or had; else by a glob over these.
  static func matching(_ wanted: String, _ runners: [Int], _ told: ToldLedger, anyName: Bool = false) -> [Int] {
    let byID = runners.filter { told.runners[$0].id == wanted }
    if !byID.isEmpty { return byID }
    func named(_ match: (String) -> Bool) -> [Int] {
      runners.filter { number in
        anyName
          ? told.runners[number].versions.contains { match($0.settings.name) } : match(told.runners[number].newest.name)
      }
    }
    let byName = named { $0 == wanted }
    return byName.isEmpty ? named { isLike($0, wanted) } : byName
  }

  /// Globs with a star at an end are enough here.
  static func isLike(_ name: String, _ glob: String) -> Bool {
    if glob.hasSuffix("*") { return name.hasPrefix(glob.dropLast()) }
    if glob.hasPrefix("*") { return name.hasSuffix(glob.dropFirst()) }
    return name == glob
  }

  private static func preset(_ definition: ReportDefinition, _ interval: String) -> PeriodChoice {
    switch definition.name {
    case "monthly-cost", "charges", "charges-focus", "summary": .lastMonth
    case "forecast": .thisMonth
    case "prices", "corrections", "open-runs": .all
    case "failure-trend": .last(12, ReportInterval(interval) ?? .month)
    default: .last(30, .day)
    }
  }

  private func days(_ choice: PeriodChoice) -> (Int64, Int64) {
    let today = view.zone.day(of: view.asOf)
    switch choice {
    case .month(let month):
      var day = today - 400
      while PlainCalendar.month(of: day) != month.description { day += 1 }
      return (day, PlainCalendar.monthEnd(day))
    case .lastMonth:
      let this = PlainCalendar.monthStart(today)
      return (PlainCalendar.monthStart(this - 1), this)
    case .thisMonth:
      return (PlainCalendar.monthStart(today), PlainCalendar.monthEnd(today))
    case .last(let count, let interval):
      return (PlainCalendar.start(of: today, interval.rawValue, stepsBack: count - 1), today + 1)
    case .days(let from, let to):
      let first = from?.number ?? known?.lowerBound ?? today
      return (first, to?.number ?? max(today + 1, first + 1))
    // Nothing here is asked by instants.
    case .all, .stretch:
      return (known?.lowerBound ?? today, max(today, known?.upperBound ?? today) + 1)
    }
  }

  /// The days that anything fell on: finished runs, the start of the first open one, the first visit.
  private var known: ClosedRange<Int64>? {
    var days = runs.flatMap { [$0.day] + $0.pieces.map(\.day) }
    let open = view.open.filter { runners.contains($0.runner) }.compactMap { $0.record.startedAt?.milliseconds }.min()
    let visit = sources.flatMap { view.told.sources[$0].visits }.map(\.at).min()
    days += [open, visit].compactMap { $0.map(view.zone.day) }
    // Closed months as a whole, and the one that their corrections count in.
    days += [closings.first?.first, closings.last?.end].compactMap(\.self)
    guard let first = days.min(), let last = days.max() else { return nil }
    return first...last
  }
}

/// One row as it is expected, with what it is sorted by.
struct ExpectedRow {
  enum Key: Comparable {
    case missing
    case number(Int64)
    /// Compared by its bytes, as SQLite does.
    case text([UInt8])
    case amount(PlainDecimal)
    /// The highest first, what is missing last.
    case falling(PlainDecimal?)

    static func < (left: Key, right: Key) -> Bool {
      switch (left, right) {
      case (.missing, .missing): false
      case (.missing, _): true
      case (.number(let a), .number(let b)): a < b
      case (.text(let a), .text(let b)): a.lexicographicallyPrecedes(b)
      case (.amount(let a), .amount(let b)): a < b
      case (.falling(let a), .falling(let b)):
        a.map { a in b.map { a > $0 } ?? true } ?? false
      default: false
      }
    }

    static func of(_ text: String?) -> Key { text.map { .text(Array($0.utf8)) } ?? .missing }
    static func of(_ number: Int64?) -> Key { number.map { .number($0) } ?? .missing }
  }

  var keys: [Key]
  var values: [Value]

  static func sorted(_ rows: [ExpectedRow]) -> [[Value]] {
    rows.sorted { left, right in
      for (a, b) in zip(left.keys, right.keys) {
        if a < b { return true }
        if b < a { return false }
      }
      return false
    }.map(\.values)
  }
}

extension Value {
  init(_ amount: PlainDecimal?) { self.init(amount?.text) }
  init(share count: Int64, of total: Int64) { self = total == 0 ? .null : .real(Double(count) / Double(total)) }
}
