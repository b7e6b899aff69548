import GRDB
import Runs
import SQLFiles

/// Writing a revision, and the tally as it is afterwards, in the transaction in which both were worked out.
extension PriceRevision {
  /// - Parameter sequence: the event that it belongs to; nil makes one, where there is anything to be noted.
  func save(_ effect: PriceEffect, sequence: Int64? = nil, now: Instant, _ db: Database) throws {
    for written in moved { try written.savePlace(db) }
    if !changesNoRow {
      let sequence = try sequence ?? PriceRevision.note(.price, note, now: now, db)
      for written in entered { try written.insert(sequence: sequence, db) }
      for written in withdrawn { try written.withdraw(sequence: sequence, db) }
      for row in dropped + removals { try row.supersede(sequence: sequence, db) }
      for row in noted { try row.insert(sequence: sequence, isApplied: false, db) }
      for row in additions {
        if row.isWaiting {
          try row.apply(sequence: sequence, db)
        } else {
          try row.insert(sequence: sequence, isApplied: true, db)
        }
      }
    }
    for rule in rules {
      _ = try PriceRevision.note(
        .restatement, "billing rule of \(rule.source.name): \(rule.source.rule), now \(rule.now)", now: now, db)
      try Statement(db, .updateSourceBillingRule).run([
        "source_id": .integer(rule.source.id), "billing_rule": .text(rule.now.description),
      ])
    }
    var tally = effect.tally
    try tally.flush(db)
  }

  private enum Kind: String {
    case price
    case restatement
  }

  private static func note(_ kind: Kind, _ note: String, now: Instant, _ db: Database) throws -> Int64 {
    try Statement(db, .insertSequence).run([
      "at": Value(now), "kind": .text(kind.rawValue), "note": .text(note),
    ])
    return db.lastInsertedRowID
  }

  /// `2 entered, 1 withdrawn, 14 applied, 3 superseded, 1 waiting`: the first two as written, the others per runner or
  /// instance type.
  private var note: String {
    let parts = [
      (entered.count, "entered"), (withdrawn.count, "withdrawn"), (additions.count, "applied"),
      (removals.count + dropped.count, "superseded"), (noted.count, "waiting"),
    ]
    return "prices: " + parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}
