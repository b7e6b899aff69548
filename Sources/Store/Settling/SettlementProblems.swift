import GRDB
import Runs
import SQLFiles

/// What is wrong with the rulings of a ledger: a sentence for each that no longer says what its event says, or that its
/// run does not follow.
enum SettlementProblems {
  static func all(_ db: Database) throws -> [String] {
    var problems: [String] = []
    try WrittenSettlement.each(db) { settlement in
      let note = note(
        run: settlement.run, ruling: settlement.ruling, endedAt: settlement.endedAt, by: settlement.saidBy,
        because: settlement.because)
      if settlement.note != note {
        problems.append("settlement of run \(settlement.run): its event says otherwise")
      }
      guard settlement.isInForce, settlement.ruling != Ruling.takenBack.word else { return }
      if settlement.runEndedAt != settlement.endedAt || settlement.runOutcome != .unknown {
        problems.append("settlement of run \(settlement.run): the run is not as it was ruled")
      }
    }
    let lost: Int64 = try Statement(db, .selectLostSettlementCount).value() ?? 0
    if lost > 0 { problems.append("\(lost.counted("settlement")) of which only the event is left") }
    return problems
  }

  /// What the event of a ruling says of it: `run 17: never-ended, at 2026-01-10T12:00:00.000Z, by ops: the host is gone`
  static func note(run: Int64, ruling: String, endedAt: Instant?, by person: String, because: String?) -> String {
    "run \(run): \(ruling)" + (endedAt.map { ", at \($0.rfc3339)" } ?? "") + ", by \(person)"
      + (because.map { ": \($0)" } ?? "")
  }
}

/// A row of `settlement`, held against its event and its run.
struct WrittenSettlement: QueryRow {
  static let queries = [Query.selectSettlements]
  enum Column: Int, ColumnName {
    case runID, ruling, endedAt, saidBy, because, note, isInForce, runEndedAt, runOutcome
  }

  var run: Int64
  var ruling: String
  var endedAt: Instant?
  var saidBy: String
  var because: String?
  /// Nil where the event is none of a ruling.
  var note: String?
  /// Nothing was said of the run since.
  var isInForce: Bool
  var runEndedAt: Instant?
  var runOutcome: Outcome?

  init(_ row: NamedRow<Column>) {
    run = row[.runID]
    ruling = row[.ruling]
    endedAt = row[.endedAt]
    saidBy = row[.saidBy]
    because = row[.because]
    note = row[.note]
    isInForce = row[.isInForce]
    runEndedAt = row[.runEndedAt]
    runOutcome = row[.runOutcome]
  }
}
