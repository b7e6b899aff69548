import Runs
import SQLFiles

/// Facts of the ledger by which a reader can judge how far to trust a number.
extension Snapshot {
  /// How many of the lists that there are the last visits read completely.
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
    package var rows = 0
    package var lists = 0
  }

  /// A vendor's `online` is doubted when the last sign of life is older than this: far beyond any heartbeat, so that a
  /// clock that is a little off raises no alarm.
  package static let patienceMilliseconds: Int64 = 3_600_000

  package func listCounts() throws -> ListCounts {
    try first(.selectListCounts) { ListCounts(complete: $0.count(0), lists: $0.count(1)) }
      ?? ListCounts(complete: 0, lists: 0)
  }

  /// Sources of which nothing was ever read to its end.
  package func unreadSources() throws -> [String] {
    try all(.selectUnreadSources) { $0.string(0) }
  }

  /// The ledger has no column for it: the harvest says it in the note of the list, `3 of 10 runs could not be
  /// understood: …`.
  package func refusals() throws -> Refusals {
    var refusals = Refusals()
    for note in try all(.selectRefusals, [:], { $0.string(0) }) {
      guard let count = note.firstMatch(of: /(\d+) of \d+ \w+ could not be understood/).flatMap({ Int($0.1) })
      else { continue }
      refusals.rows += count
      refusals.lists += 1
    }
    return refusals
  }

  /// Lists of the selected runners and sources that may have been cut off, the longest first.
  package func roundLists() throws -> [RoundList] {
    try all(.selectRoundLists) { RoundList(source: $0.string(0), runner: $0.text(1), rows: $0.count(2)) }
  }

  /// The instant up to which nothing is expected to change: every source was read completely after it, and no run that
  /// began before it is open. Nil when there is none, because a source was never read completely.
  package func settledUntil() throws -> Instant? {
    try first(.selectSettledUntil) { $0.instant(0) } ?? nil
  }

  /// The day of the first run that is known; nil where there is none.
  package func firstDay() throws -> LocalDay? {
    let days = try first(.selectFirstDay) { [$0.integer(0).map { LocalDay(number: $0) }, $0.instant(1).map(zone.day)] }
    return days?.compactMap(\.self).min()
  }

  /// The first month that is not final, and with it every later one; nil when none can be, because a source was never
  /// read completely.
  package func firstProvisionalMonth() throws -> Month? {
    try settledUntil().map { zone.day(of: $0).month }
  }

  /// Selected runners that were still listed at an instant, or first seen after it, and no longer are.
  package func runnersMissing(since instant: Instant) throws -> [String] {
    try all(.selectMissingRunners, ["from_at": Value(instant)]) { $0.string(0) }
  }

  /// Selected runners that are called online, though their last sign of life was old when that was said. One from the
  /// future is of a clock that is ahead, and counts as new.
  package func silentRunners() throws -> [String] {
    try all(.selectSilentRunners, ["patience": .integer(Snapshot.patienceMilliseconds)]) { $0.string(0) }
  }
}
