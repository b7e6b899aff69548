import GRDB
import Runs
import SQLFiles

extension Ledger {
  /// Takes the newest closing back, for ever on record: the month is counted from the runs again, and what its closing
  /// wrote of earlier months waits for the next one.
  ///
  /// - Throws: ``ClosingError`` where it may not be reopened; nothing is changed then.
  package func reopenMonth(_ month: Month, because: String, now: Instant) throws {
    try Ledger.naming(path) {
      try writable.write { db in
        let inForce = try WrittenClosing.all(db).filter { $0.reopenedBy == nil }
        guard let closing = inForce.first(where: { $0.month == month.description }) else {
          throw ClosingError.notClosed(month)
        }
        if let newest = inForce.compactMap({ Month($0.month) }).max(), newest != month {
          throw ClosingError.notNewest(month, newest: newest)
        }
        let event = try db.insertEvent(
          .reopening, note: WrittenClosing.reopeningNote(closing.month, because), now: now)
        try Statement(db, .updateClosingReopened).run([
          "closing_id": .integer(closing.id), "sequence": .integer(event), "because": .text(because),
        ])
      }
    }
  }
}

extension WrittenClosing {
  /// What the event says of itself, by which it can be told whether the closing's row still says the same.
  fileprivate static func reopeningNote(_ month: String, _ because: String) -> String {
    "month \(month): \(because)"
  }

  /// Closings and the events that took them back say the same of each other.
  static func reopeningProblems(_ closings: [WrittenClosing], _ db: Database) throws -> [String] {
    var events: [Int64: String] = [:]
    try ReopeningEvent.each(db) { events[$0.sequence] = $0.note }
    var problems: [String] = []
    for closing in closings {
      guard let event = closing.reopenedBy else { continue }
      let note = reopeningNote(closing.month, closing.reopenedBecause ?? "")
      if events.removeValue(forKey: event) != note {
        problems.append("reopened closing of \(closing.month): the event that reopened it says otherwise")
      }
    }
    return problems
      + events.sorted { $0.key < $1.key }.map { _, note in
        "a closing was reopened (\(note)), and no closing says so"
      }
  }
}

/// An event of the kind `reopening`.
struct ReopeningEvent: QueryRow {
  static let queries = [Query.selectReopeningEvents]
  enum Column: Int, ColumnName { case sequence, note }

  var sequence: Int64
  var note: String

  init(_ row: NamedRow<Column>) {
    sequence = row[.sequence]
    note = row[.note]
  }
}
