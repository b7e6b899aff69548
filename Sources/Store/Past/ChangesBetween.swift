import Runs
import SQLFiles

/// What happened between two events, as far as it can make a number of a period another one.
package struct ChangesBetween: Equatable, Sendable {
  /// One kind of thing that happened.
  struct Change: Equatable, Sendable {
    /// Nil for all of them.
    var source: String?
    /// The vendor's id of the runner; nil for all of the source.
    var runner: String?
    /// Nil for all of them.
    var month: String?
    var what: String
    /// How often; nil where it is not counted.
    var number: Int64?
  }

  var changes: [Change]

  /// Why a row may be another one: what happened to its runner, its source and its month, as far as it has them.
  ///
  /// `2 late runs, 1 price, 2026-01 was closed`
  package func reasons(source: String?, runner: String?, month: String?) -> String {
    var sums: [(what: String, number: Int64?)] = []
    for change in changes {
      guard fits(change.source, source), fits(change.runner, runner), fits(change.month, month) else { continue }
      if let index = sums.firstIndex(where: { $0.what == change.what }) {
        sums[index].number = change.number.map { $0 + (sums[index].number ?? 0) }
      } else {
        sums.append((change.what, change.number))
      }
    }
    return sums.map { sum in sum.number.map { $0.counted(sum.what) } ?? sum.what }.joined(separator: ", ")
  }

  private func fits(_ has: String?, _ wanted: String?) -> Bool {
    guard let has, let wanted else { return true }
    return has.isExactly(wanted)
  }
}

extension Snapshot {
  /// What happened after an event, and touches what a period tells.
  package func changes(after event: Int64, from: LocalDay, to: LocalDay) throws -> ChangesBetween {
    ChangesBetween(
      changes: try all([
        "after": .integer(event), "from_at": Value(zone.start(of: from)), "to_at": Value(zone.start(of: to)),
      ]))
  }
}

extension ChangesBetween.Change: QueryRow {
  static let queries = [Query.selectChangesBetween]
  enum Column: Int, ColumnName { case source, runnerExternalID, month, position, what, number }

  init(_ row: NamedRow<Column>) {
    (source, runner, month) = (row[.source], row[.runnerExternalID], row[.month])
    (what, number) = (row[.what], row[.number])
  }
}
