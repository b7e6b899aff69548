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

    /// A visit that is still to come was made with a wrong clock: it says nothing of how fresh the source is.
    package func isAhead(of clock: Instant) -> Bool {
      lastVisit.map { $0.doubt(answered: clock) == .ahead } ?? false
    }
  }

  /// A list that was not read completely the last time, or in which something was odd.
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
    /// Runs that ran, and nobody knows for how long.
    package var untimedRuns: Int64 = 0
  }

  /// A price that the user wrote, and that is for nothing any more.
  package struct IdlePrice: Equatable, Sendable {
    package var source: String
    package var subject: ConfiguredPrice.Subject
    package var place: ConfiguredPrice.Place
    /// When the last thing that it was for was seen under another name.
    package var endedAt: Instant
  }

  /// How much the ledger has of a source.
  package struct SourceSize: Equatable, Sendable {
    package var source: String
    package var runners: Int64
    package var runs: Int64
  }

  /// The ledger's now: the end of its newest harvest; nil when it was never filled.
  package func asOf() throws -> Instant? {
    try value(of: .selectAsOf)
  }

  /// - Parameter anyName: every name that a runner ever had, and not only its newest.
  package func runnerNames(anyName: Bool = false) throws -> [RunnerName] {
    try all(["any_name": Value(anyName)])
  }

  package func sourceNames() throws -> [String] {
    try values(of: .selectSourceNames)
  }

  /// The first and the last day that anything of the selected runners and sources fell on: their runs, and the first
  /// visit, which may have seen no run.
  package func dayRange() throws -> (first: LocalDay, last: LocalDay)? {
    var range: (first: LocalDay, last: LocalDay)?
    if let days: TalliedDays = try first(), let first = days.first, let last = days.last { range = (first, last) }
    for query in [Query.selectFirstOpenStart, .selectFirstVisit] {
      guard let instant: Instant = try value(of: query) else { continue }
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
    try all()
  }

  package func incompleteLists() throws -> [IncompleteList] {
    try all()
  }

  /// Lists that were read completely the last time, with what was odd in them.
  package func notedLists() throws -> [IncompleteList] {
    try naming(Query.selectNotedLists.rawValue) { try Select<IncompleteList>(db, .selectNotedLists).all() }
  }

  /// Open runs of the selected runners that count in the selected period, by the names that a ruling would know them by,
  /// the oldest first.
  ///
  /// - Parameter printsClosings: none counts in a month that is printed as it was closed.
  package func openRunNames(printsClosings: Bool) throws -> [String] {
    try values(of: .selectOpenRunNames, ["prints_closings": Value(printsClosings)])
  }

  /// Runs of the selected runners that count as ended by a ruling, and used time in these days or ended in them.
  package func settledRunNames(from: LocalDay, to: LocalDay) throws -> [String] {
    try values(
      of: .selectSettledNames, ["from_at": Value(zone.start(of: from)), "to_at": Value(zone.start(of: to))])
  }

  /// Of the selected period.
  package func pricingQuality() throws -> PricingQuality {
    try first() ?? PricingQuality()
  }

  /// Finished runs of the selected runners whose instants contradict each other.
  package func contradictoryRuns(from: LocalDay, to: LocalDay) throws -> Int64 {
    try value(
      of: .selectNegativeTimes, ["from_at": Value(zone.start(of: from)), "to_at": Value(zone.start(of: to))]) ?? 0
  }

  /// The months that open runs began in, oldest first.
  package func openMonths() throws -> [Month] {
    let starts: [Instant] = try values(of: .selectOpenStarts)
    return Set(starts.map { zone.day(of: $0).month }).sorted()
  }

  /// Prices as the user wrote them that priced something once, and no longer do, because it is called otherwise.
  package func idlePrices() throws -> [IdlePrice] {
    try all()
  }

  package func sizes() throws -> [SourceSize] {
    try all()
  }
}

extension Snapshot.RunnerName: QueryRow {
  static let queries = [Query.selectRunnerNames]
  enum Column: Int, ColumnName { case runnerID, source, runnerExternalID, runner }

  init(_ row: NamedRow<Column>) {
    self.init(
      runner: row[.runnerID], source: row[.source], externalID: row[.runnerExternalID], name: row[.runner])
  }
}

extension Snapshot.SourceRead: QueryRow {
  static let queries = [Query.selectSourceReads]
  enum Column: Int, ColumnName { case source, vendor, lastVisit, lastComplete }

  init(_ row: NamedRow<Column>) {
    self.init(
      source: row[.source], vendor: row[.vendor], lastVisit: row[.lastVisit], lastComplete: row[.lastComplete])
  }
}

extension Snapshot.IncompleteList: QueryRow {
  static let queries = [Query.selectIncompleteLists, .selectNotedLists]
  enum Column: Int, ColumnName { case source, runner, note }

  init(_ row: NamedRow<Column>) {
    self.init(source: row[.source], runner: row[.runner], note: row[.note])
  }
}

extension Snapshot.PricingQuality: QueryRow {
  static let queries = [Query.selectTallyQuality]
  enum Column: Int, ColumnName { case unpricedRuns, unpricedTime, assumedRuns, assumedTime, untimedRuns }

  init(_ row: NamedRow<Column>) {
    self.init(
      unpricedRuns: row[.unpricedRuns], unpricedTime: row[.unpricedTime], assumedRuns: row[.assumedRuns],
      assumedTime: row[.assumedTime], untimedRuns: row[.untimedRuns])
  }
}

extension Snapshot.SourceSize: QueryRow {
  static let queries = [Query.selectSourceSizes]
  enum Column: Int, ColumnName { case source, runners, runs }

  init(_ row: NamedRow<Column>) {
    self.init(source: row[.source], runners: row[.runners], runs: row[.runs])
  }
}

/// The first and the last day of the tally; null where it is empty.
struct TalliedDays: QueryRow {
  static let queries = [Query.selectDayRange]
  enum Column: Int, ColumnName { case first, last }

  var first: LocalDay?
  var last: LocalDay?

  init(_ row: NamedRow<Column>) {
    first = row[.first]
    last = row[.last]
  }
}

extension Snapshot.IdlePrice: QueryRow {
  static let queries = [Query.selectIdlePrices]
  enum Column: Int, ColumnName { case source, subject, pattern, file, position, endedAt }

  init(_ row: NamedRow<Column>) {
    let (file, position): (String?, Int) = (row[.file], Int(row[.position] as Int64))
    self.init(
      source: row[.source],
      subject: ConfiguredPrice.Subject(
        ConfiguredPrice.Subject.Kind(rawValue: row[.subject]) ?? .runner, row[.pattern]),
      place: file.map { .csv(file: $0, line: position) } ?? .configuration(entry: position), endedAt: row[.endedAt])
  }
}
