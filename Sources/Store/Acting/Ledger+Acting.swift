import GRDB
import Runs
import SQLFiles

/// What came of an action, as the ledger keeps it.
package struct ActionEnd: Equatable, Sendable {
  package enum Word: String, Sendable {
    case done
    /// The vendor said no.
    case refused
    /// Nothing of it was sent.
    case unsent
    /// It was sent, and nobody knows whether it was done.
    case unknown
  }

  package var word: Word
  /// The answer's HTTP status.
  package var status: Int?
  /// The vendor's id of the run or runner that came of it.
  package var resultID: String?
  /// Why it was not done, without secrets.
  package var note: String?

  package init(_ word: Word, status: Int? = nil, resultID: String? = nil, note: String? = nil) {
    self.word = word
    self.status = status
    self.resultID = resultID
    self.note = note
  }
}

/// Actions are written down before a vendor is asked, and again when it is known what came of them.
extension Ledger {
  /// Writes down what is about to be asked for, as an event.
  ///
  /// - Parameters:
  ///   - subject: the vendor's id of the runner; nil where a new one is asked for.
  ///   - asked: what for, as JSON without secrets and values.
  ///   - vendorAt: what the vendor's clock shows.
  /// - Returns: the action's number, for ``finishAction(_:_:now:)``.
  package func beginAction(
    _ kind: ActionKind, at settings: SourceSettings, subject: String?, asked: String, vendorAt: Instant?, now: Instant
  ) throws -> Int64 {
    try Ledger.naming(path) {
      try writable.write { db in
        let note = ([kind.rawValue] + (subject.map { ["runner", $0] } ?? [])).joined(separator: " ")
        let sequence = try db.insertEvent(.action, note: note, now: now)
        let source = try settings.save(db) { sequence }.id
        try Statement(db, .insertAction).run([
          "sequence": .integer(sequence), "source_id": .integer(source), "kind": .text(kind.rawValue),
          "subject": Value(subject), "asked": .text(asked), "vendor_at": Value(vendorAt),
        ])
        return db.lastInsertedRowID
      }
    }
  }

  package func finishAction(_ action: Int64, _ end: ActionEnd, now: Instant) throws {
    try Ledger.naming(path) {
      try writable.write { db in
        try Statement(db, .updateAction).run([
          "outcome": .text(end.word.rawValue), "status": Value(end.status.map(Int64.init)),
          "result_id": Value(end.resultID), "note": Value(end.note), "answered_at": Value(now),
          "action_id": .integer(action),
        ])
      }
    }
  }

  /// Notes that somebody was told of an action of which nobody knew what came, and what was found out.
  package func tellAction(_ action: Int64, resultID: String?, note: String, now: Instant) throws {
    try Ledger.naming(path) {
      try writable.write { db in
        try Statement(db, .updateActionTold).run([
          "now": Value(now), "result_id": Value(resultID), "note": .text(note), "action_id": .integer(action),
        ])
      }
    }
  }

  /// Saves a look at one runner, and at runs of it, that belongs to an action: settings and prices begin at its instant.
  ///
  /// - Parameters:
  ///   - action: its number; nil where it came to nothing.
  ///   - before: when the runner was last seen as the ledger has it, which may be later than any visit.
  package func saveSighting(
    of runner: RunnerRecord, runs: [RunRecord] = [], at settings: SourceSettings, action: Int64?,
    before: Instant? = nil, now: Instant
  ) throws {
    try Ledger.naming(path) {
      try writable.write { db in
        var visit = try HarvestSaver.OpenVisit(db, sightingAt: settings, of: runner, before: before, now: now)
        try visit.save(runners: [runner], isComplete: false, db)
        try visit.save(runs: runs, of: runner.id, db)
        try visit.tally.flush(db)
        guard let action else { return }
        try Statement(db, .updateActionSeen).run(["seen_at": Value(now), "action_id": .integer(action)])
      }
    }
  }
}

extension HarvestSaver.OpenVisit {
  /// A look at one runner is an event of its own, and in no harvest log.
  fileprivate init(
    _ db: Database, sightingAt settings: SourceSettings, of runner: RunnerRecord, before: Instant?, now: Instant
  ) throws {
    let sequence = try db.insertEvent(.sighting, note: "runner \(runner.id) of \(settings.name)", now: now)
    let (source, currency) = try settings.save(db) { sequence }
    var settings = settings
    settings.currency = currency
    // All visits there are were made before it.
    self.init(
      source: source, settings: settings, harvest: .max, sequence: sequence, startedAt: now,
      slicer: Slicer(book: try PriceBook.load(db)))
    let ruled: [Int64] = try Statement(db, .selectSettledRuns).values([:])
    settled = Set(ruled)
    isSighting = true
    sightBefore = before
    try savePrices(nil, db)
  }
}
