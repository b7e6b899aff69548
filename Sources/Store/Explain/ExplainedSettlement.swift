import Runs
import SQLFiles

/// What somebody ruled on a run that its vendor never ended.
package struct ExplainedSettlement: Equatable, Sendable {
  package var ruling: Ruling
  /// When the run counts as ended by it.
  package var endedAt: Instant?
  package var saidBy: String
  package var because: String?
  package var event: Sight
}

extension ExplainedSettlement: QueryRow {
  static let queries = [Query.selectRunSettlements]
  enum Column: Int, ColumnName { case ruling, endedAt, saidBy, because, sequence, kind, at }

  init(_ row: NamedRow<Column>) {
    let word: String = row[.ruling]
    endedAt = row[.endedAt]
    ruling =
      if let endedAt { word == Ruling.neverEnded.word ? .neverEnded : .ended(endedAt) } else { .takenBack }
    saidBy = row[.saidBy]
    because = row[.because]
    event = Sight(sequence: row[.sequence], kind: row[.kind], at: row[.at])
  }
}

extension [ExplainedSettlement] {
  /// The ruling that made a state what it is; nil where its vendor did.
  package func inForce(_ state: ExplainedState) -> ExplainedSettlement? {
    last { $0.event.sequence == state.seen.sequence && $0.ruling != .takenBack }
  }
}
