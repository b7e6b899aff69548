import GRDB
import Runs

/// What takes a number of the ledger's count of events, in the words of the table `sequence`.
enum EventKind: String {
  case harvest, `import`, price, restatement, closing, reopening, settlement, action, sighting
}

extension Database {
  /// Counts an event.
  ///
  /// - Parameter note: what it says of itself.
  /// - Returns: its number.
  func insertEvent(_ kind: EventKind, note: String? = nil, now: Instant) throws -> Int64 {
    try Statement(self, .insertSequence).run(["at": Value(now), "kind": .text(kind.rawValue), "note": Value(note)])
    return lastInsertedRowID
  }
}
