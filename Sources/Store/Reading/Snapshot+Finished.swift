import Runs
import SQLFiles

/// What the selected runners finished, and when: for who finds nothing in a period.
extension Snapshot {
  package struct FinishedDays: Equatable, Sendable {
    /// How many runners are selected.
    package var runners: Int64
    /// How many of their runs are open.
    package var open: Int64
    /// The last day before the period on which one of their runs finished.
    package var before: LocalDay?
    /// Runs that finished in the period.
    package var within: Int64
    /// The first day after it.
    package var after: LocalDay?
  }

  package struct OutcomeCount: Equatable, Sendable {
    package var outcome: String
    package var runs: Int64
  }

  package func finishedDays(from: LocalDay, to: LocalDay) throws -> FinishedDays {
    let found: FinishedDays? = try naming(Query.selectFinishedDays.rawValue) {
      try Select<FinishedDays>(preparingAnew: db).first([
        "from_day": .integer(from.number), "to_day": .integer(to.number),
      ])
    }
    return found ?? FinishedDays(runners: 0, open: 0, before: nil, within: 0, after: nil)
  }

  /// How the runs of the period ended, the most first.
  package func outcomeCounts(from: LocalDay, to: LocalDay) throws -> [OutcomeCount] {
    try naming(Query.selectOutcomeCounts.rawValue) {
      try Select<OutcomeCount>(preparingAnew: db).all([
        "from_day": .integer(from.number), "to_day": .integer(to.number),
      ])
    }
  }
}

extension Snapshot.FinishedDays: QueryRow {
  static let queries = [Query.selectFinishedDays]
  enum Column: Int, ColumnName { case runners, open, before, within, after }

  init(_ row: NamedRow<Column>) {
    (runners, open, within) = (row[.runners], row[.open], row[.within])
    (before, after) = (row[.before], row[.after])
  }
}

extension Snapshot.OutcomeCount: QueryRow {
  static let queries = [Query.selectOutcomeCounts]
  enum Column: Int, ColumnName { case outcome, runs }

  init(_ row: NamedRow<Column>) {
    (outcome, runs) = (row[.outcome], row[.runs])
  }
}
