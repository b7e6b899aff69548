import GRDB
import Runs
import SQLFiles

/// A month whose cost no longer changes, whatever is learned later.
package struct ClosedMonth: Equatable, Sendable {
  package var month: Month
  package var closedAt: Instant
  /// What was in the way, where it was closed all the same.
  package var forcedBecause: String?
  /// The zone whose month it was.
  package var timeZone: String
}

/// The months that are closed: one stretch without a gap, because they are closed one after the other.
package struct ClosedMonths: Equatable, Sendable {
  /// In order.
  package var months: [ClosedMonth]
  /// Reports print them as they were closed. In another zone than the ledger's they do not: a month has other days there.
  package var areFrozen = true

  /// Closings that were taken back, the last one last.
  package var reopenings: [Reopening] = []

  /// A closing that was taken back: what it printed then may be printed otherwise now.
  package struct Reopening: Equatable, Sendable {
    package var month: Month
    package var at: Instant
    package var because: String
  }

  /// The month after the last closed one: the only one that can be closed now, and the one that corrections count in. Nil
  /// while no month is closed: any can be the first.
  package var next: Month? { months.last?.month.next }

  /// All their days; nil while no month is closed.
  var days: Range<LocalDay>? {
    guard let first = months.first?.month.firstDay, let end = next?.firstDay else { return nil }
    return first..<end
  }

  package subscript(month: Month) -> ClosedMonth? { months.first { $0.month == month } }

  /// Those that have days in a period.
  package func touching(from: LocalDay, to: LocalDay) -> [ClosedMonth] {
    months.filter { $0.month.firstDay < to && from < $0.month.next.firstDay }
  }

  /// Those that lie in a period as a whole. A month that lies in it in part is counted from the runs.
  package func whole(from: LocalDay, to: LocalDay) -> [ClosedMonth] {
    months.filter { from <= $0.month.firstDay && $0.month.next.firstDay <= to }
  }

  /// Why months of a period were closed by force; nil when none was.
  package func forceReason(from: LocalDay, to: LocalDay) -> String? {
    let forced = whole(from: from, to: to).compactMap(\.forcedBecause).map { "closed by force: " + $0 }
    return forced.isEmpty ? nil : forced.joined(separator: "; ")
  }

  /// Whether a period consists of closed months and nothing else.
  package func cover(from: LocalDay, to: LocalDay) -> Bool {
    guard let first = months.first?.month.firstDay, let end = next?.firstDay else { return false }
    return first <= from && to <= end && from == from.month.firstDay && to == to.month.firstDay && from < to
  }
}

extension ClosedMonths {
  static func read(_ db: Database) throws -> ClosedMonths {
    ClosedMonths(months: try ClosedMonth.all(db), reopenings: try Reopening.all(db))
  }
}

extension ClosedMonth: QueryRow {
  static let queries = [Query.selectClosedMonths]
  enum Column: Int, ColumnName { case month, closedAt, timeZone, forcedBecause }

  init(_ row: NamedRow<Column>) throws {
    self.init(
      month: try Month(written: row[.month]), closedAt: row[.closedAt], forcedBecause: row[.forcedBecause],
      timeZone: row[.timeZone])
  }
}

extension ClosedMonths.Reopening: QueryRow {
  static let queries = [Query.selectReopenings]
  enum Column: Int, ColumnName { case month, reopenedAt, reopenedBecause }

  init(_ row: NamedRow<Column>) throws {
    self.init(month: try Month(written: row[.month]), at: row[.reopenedAt], because: row[.reopenedBecause])
  }
}

extension Month {
  /// A month of a row in the ledger.
  fileprivate init(written text: String) throws {
    guard let month = Month(text) else {
      throw LedgerError.inconsistent("closing: \"\(text)\" is no month")
    }
    self = month
  }
}

extension Ledger {
  package func closedMonths() throws -> ClosedMonths {
    try reading { try ClosedMonths.read($0) }
  }
}

extension Snapshot {
  package func closedMonths() throws -> ClosedMonths {
    let months: [ClosedMonth] = try all()
    let frozen: Int64? = try value(of: .selectFrozenCount)
    return ClosedMonths(months: months, areFrozen: frozen == Int64(months.count), reopenings: try all())
  }

  /// Why the time before an instant is not final, in words; nil when it is.
  package func provisionalReason(before end: Instant) throws -> String? {
    try value(of: .selectProvisionalReason, ["to_at": Value(end)])
  }
}
