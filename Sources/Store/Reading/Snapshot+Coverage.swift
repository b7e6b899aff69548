import Runs
import SQLFiles

/// Facts of the ledger by which a reader can judge how far to trust a number.
extension Snapshot {
  /// How many lists there are, and how many of them the last visit read completely.
  package struct ListCounts: Equatable, Sendable {
    package var complete: Int64
    package var lists: Int64
  }

  /// A list that ended at a number where servers like to cut lists off.
  package struct RoundList: Equatable, Sendable {
    package var source: String
    /// Nil for the list of runners.
    package var runner: String?
    package var rows: Int64
  }

  /// Rows that could not be understood, and so are not in the ledger.
  package struct Refusals: Equatable, Sendable {
    package var rows: Int64
    package var lists: Int64
  }

  /// A vendor's `online` is doubted when the last sign of life is older than this: far beyond any heartbeat, so that a
  /// clock that is a little off raises no alarm.
  package static let patienceMilliseconds: Int64 = 3_600_000

  package func listCounts() throws -> ListCounts {
    try first() ?? ListCounts(complete: 0, lists: 0)
  }

  /// Sources of which nothing was ever read to its end.
  package func unreadSources() throws -> [String] {
    try values(of: .selectUnreadSources)
  }

  /// Sources that tell of runs at all; a runner of another one can never have any.
  package func sourcesWithRuns() throws -> [String] {
    try values(of: .selectSourcesWithRuns)
  }

  package func refusals() throws -> Refusals {
    try first() ?? Refusals(rows: 0, lists: 0)
  }

  /// Lists of the selected runners and sources that may have been cut off, the longest first.
  package func roundLists() throws -> [RoundList] {
    try all()
  }

  /// The instant up to which nothing is expected to change: every source was read completely after it, and no run that
  /// began before it is open. Nil when there is none, because a source was never read completely.
  package func settledUntil() throws -> Instant? {
    try value(of: .selectSettledUntil)
  }

  /// The day of the first run that is known; nil where there is none.
  package func firstDay() throws -> LocalDay? {
    let known: FirstDay? = try first()
    return [known?.tallied, known?.beganAt.map(zone.day)].compactMap(\.self).min()
  }

  /// The first month that is not final, and with it every later one; nil when none can be, because a source was never
  /// read completely.
  package func firstProvisionalMonth() throws -> Month? {
    try settledUntil().map { zone.day(of: $0).month }
  }

  /// Selected runners that were still listed at an instant, or first seen after it, and no longer are.
  package func runnersMissing(since instant: Instant) throws -> [String] {
    try values(of: .selectMissingRunners, ["from_at": Value(instant)])
  }

  /// Selected runners that their vendor called online, though their last sign of life was old by then. A sign of life
  /// from the future comes from a clock that is ahead, and counts as new.
  package func silentRunners() throws -> [String] {
    try values(of: .selectSilentRunners, ["patience": .integer(Snapshot.patienceMilliseconds)])
  }
}

extension Snapshot.ListCounts: QueryRow {
  static let queries = [Query.selectListCounts]
  enum Column: Int, ColumnName { case complete, lists }

  init(_ row: NamedRow<Column>) {
    self.init(complete: row[.complete], lists: row[.lists])
  }
}

extension Snapshot.RoundList: QueryRow {
  static let queries = [Query.selectRoundLists]
  enum Column: Int, ColumnName { case source, runner, rows }

  init(_ row: NamedRow<Column>) {
    self.init(source: row[.source], runner: row[.runner], rows: row[.rows])
  }
}

extension Snapshot.Refusals: QueryRow {
  static let queries = [Query.selectRefusals]
  enum Column: Int, ColumnName { case rows, lists }

  init(_ row: NamedRow<Column>) {
    self.init(rows: row[.rows], lists: row[.lists])
  }
}

/// When anything first happened; null where nothing did.
struct FirstDay: QueryRow {
  static let queries = [Query.selectFirstDay]
  enum Column: Int, ColumnName { case tallied, beganAt }

  var tallied: LocalDay?
  var beganAt: Instant?

  init(_ row: NamedRow<Column>) {
    tallied = row[.tallied]
    beganAt = row[.beganAt]
  }
}
