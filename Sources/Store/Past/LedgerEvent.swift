import Runs
import SQLFiles

/// One event of the ledger: what took a number of its count.
package struct LedgerEvent: Equatable, Sendable {
  package var sequence: Int64
  package var at: Instant
  /// Of a visit when it was finished; nil of one that was killed, and of one that was taken back.
  package var endedAt: Instant?
  package var kind: String
  /// Whom it was about; nil for what is about several, or all.
  package var source: String?
  package var visit: Visit?
  /// What it says of itself.
  package var note: String?
  /// The event that took it back.
  package var undoneBy: Int64?

  /// What a visit brought.
  package struct Visit: Equatable, Sendable {
    /// Lists that it could read to their end.
    package var lists: Int64
    package var newRuns: Int64
    /// Runs that it found changed.
    package var changedRuns: Int64
    /// Runners whose settings it saw for the first time, or changed.
    package var settings: Int64
    /// Prices that it saw for the first time, or changed.
    package var prices: Int64
  }
}

extension LedgerEvent {
  /// `311 new runs, 7 changed, 2 runners' settings, 1 price`; what it says of itself; how it ended.
  package var changed: String {
    if let undoneBy { return undoneBy == sequence ? "withdrawn" : "taken back by #\(undoneBy)" }
    guard let visit else { return note ?? "" }
    if endedAt == nil { return "interrupted; what it had saved is kept" }
    let parts = [
      (visit.newRuns, "new run"), (visit.changedRuns, "changed run"), (visit.settings, "runner setting"),
      (visit.prices, "price"),
    ].filter { $0.0 > 0 }.map { $0.0.counted($0.1) }
    if parts.isEmpty { return visit.lists == 0 ? "nothing could be read" : "nothing new" }
    return parts.joined(separator: ", ")
  }
}

extension Snapshot {
  /// All events in their order, or those after one of them and up to another.
  package func events(after: Int64 = 0, until: Int64 = .max) throws -> [LedgerEvent] {
    try all(["after": .integer(after), "until": .integer(until)])
  }
}

extension LedgerEvent: QueryRow {
  static let queries = [Query.selectEvents]
  enum Column: Int, ColumnName {
    case sequence, at, endedAt, kind, source, lists, newRuns, changedRuns, settings, prices, note, undoneBy
  }

  init(_ row: NamedRow<Column>) {
    (sequence, at, endedAt, kind) = (row[.sequence], row[.at], row[.endedAt], row[.kind])
    (source, note, undoneBy) = (row[.source], row[.note], row[.undoneBy])
    if let newRuns: Int64 = row[.newRuns] {
      visit = Visit(
        lists: row[.lists], newRuns: newRuns, changedRuns: row[.changedRuns], settings: row[.settings],
        prices: row[.prices])
    }
  }
}
