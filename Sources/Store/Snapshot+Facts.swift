import Runs
import SQLFiles

/// Facts of the ledger that reports and `status` state beside their rows.
extension Snapshot {
  /// A name that a runner has or had.
  package struct RunnerName: Equatable, Sendable {
    /// The ledger's id.
    package var runner: Int64
    package var source: String
    /// The vendor's id.
    package var externalID: String
    package var name: String
  }

  /// When a source was visited last.
  package struct SourceRead: Equatable, Sendable {
    package var source: String
    package var vendor: String
    package var lastVisit: Instant?
    package var lastComplete: Instant?
  }

  /// A list that was not read completely the last time.
  package struct IncompleteList: Equatable, Sendable {
    package var source: String
    /// Nil for the list of runners.
    package var runner: String?
    package var note: String?
  }

  /// How much of a period has no price, or a price taken from a neighbouring sight. Times are milliseconds.
  package struct PricingQuality: Equatable, Sendable {
    package var unpricedRuns: Int64 = 0
    package var unpricedTime: Int64 = 0
    package var assumedRuns: Int64 = 0
    package var assumedTime: Int64 = 0
  }

  /// The ledger's now: the end of its newest harvest; nil when it was never filled.
  package func asOf() throws -> Instant? {
    try first(.selectAsOf) { $0.instant(0) } ?? nil
  }

  package func runnerNames() throws -> [RunnerName] {
    try all(.selectRunnerNames) { row in
      RunnerName(runner: row.count(0), source: row.string(1), externalID: row.string(2), name: row.string(3))
    }
  }

  package func sourceNames() throws -> [String] {
    try all(.selectSourceNames) { $0.string(0) }
  }

  /// The first and the last day that anything of the selected runners and sources fell on: their runs, and the first
  /// visit, which may have seen no run.
  package func dayRange() throws -> (first: LocalDay, last: LocalDay)? {
    let days = try first(.selectDayRange) { ($0.integer(0), $0.integer(1)) }
    let open = try first(.selectFirstOpenStart) { $0.instant(0) } ?? nil
    var range: (first: LocalDay, last: LocalDay)?
    if let days, let first = days.0, let last = days.1 {
      range = (LocalDay(number: first), LocalDay(number: last))
    }
    let visit = try first(.selectFirstVisit) { $0.instant(0) } ?? nil
    for instant in [open, visit].compactMap(\.self) {
      let day = zone.day(of: instant)
      range = (min(range?.first ?? day, day), max(range?.last ?? day, day))
    }
    // Closed months are taken whole, as they were closed, and corrections of them count in the one after the last.
    let closed = try closedMonths()
    if closed.areFrozen, let first = closed.months.first?.month.firstDay, let next = closed.next?.firstDay {
      range = (min(range?.first ?? first, first), max(range?.last ?? next, next))
    }
    return range
  }

  package func sourceReads() throws -> [SourceRead] {
    try all(.selectSourceReads) { row in
      SourceRead(
        source: row.string(0), vendor: row.string(1), lastVisit: row.instant(2), lastComplete: row.instant(3))
    }
  }

  package func incompleteLists() throws -> [IncompleteList] {
    try all(.selectIncompleteLists) { row in
      IncompleteList(source: row.string(0), runner: row.text(1), note: row.text(2))
    }
  }

  /// Runs of the selected runners that are still open.
  package func openRuns() throws -> Int64 {
    try first(.selectOpenRuns) { $0.count(0) } ?? 0
  }

  package func pricingQuality(from: LocalDay, to: LocalDay) throws -> PricingQuality {
    try first(.selectTallyQuality, ["from_day": .integer(from.number), "to_day": .integer(to.number)]) { row in
      PricingQuality(
        unpricedRuns: row.count(0), unpricedTime: row.count(1), assumedRuns: row.count(2), assumedTime: row.count(3))
    } ?? PricingQuality()
  }

  /// Finished runs of the selected runners whose instants contradict each other.
  package func contradictoryRuns(from: LocalDay, to: LocalDay) throws -> Int64 {
    try first(
      .selectNegativeTimes,
      ["from_at": Value(zone.start(of: from)), "to_at": Value(zone.start(of: to))]
    ) { $0.count(0) } ?? 0
  }

  /// The months that open runs began in, oldest first.
  package func openMonths() throws -> [Month] {
    let months = try all(.selectOpenMonths) { zone.day(of: Instant(milliseconds: $0.count(0))).month }
    return Set(months).sorted()
  }

  /// Runners and runs of each source.
  package func sizes() throws -> [(source: String, runners: Int64, runs: Int64)] {
    try all(.selectSourceSizes) { ($0.string(0), $0.count(2), $0.count(3)) }
  }
}
