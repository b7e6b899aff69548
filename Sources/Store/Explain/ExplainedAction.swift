import Runs
import SQLFiles

/// What somebody asked a vendor for, and a run came of.
package struct ExplainedAction: Equatable, Sendable {
  package var kind: ActionKind
  /// What for, as JSON.
  package var asked: String
  /// The HTTP status of the answer; nil where none came.
  package var status: Int64?
  package var event: Sight
}

extension ExplainedAction: QueryRow {
  static let queries = [Query.selectRunAction]
  enum Column: Int, ColumnName { case kind, asked, status, sequence, eventKind, at }

  init(_ row: NamedRow<Column>) {
    kind = ActionKind(rawValue: row[.kind]) ?? .trigger
    asked = row[.asked]
    status = row[.status]
    event = Sight(sequence: row[.sequence], kind: row[.eventKind], at: row[.at])
  }
}
