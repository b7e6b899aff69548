import GRDB
import Runs
import SQLFiles

extension Ledger {
  /// Rules on a run that its vendor never ended. It goes the way of a run that a visit finds changed: the state before is
  /// kept, and the tally follows.
  ///
  /// The ruling holds while the vendor says nothing else of the run, and no other ruling is made.
  ///
  /// - Parameters:
  ///   - id: the vendor's id of the run, or a beginning of it that only one run of the source has.
  ///   - runners: ids, newest names or globs, where several runs of the source fit; what any of them means is looked
  ///     through.
  ///   - anyName: names that a runner had before are meant too.
  ///   - person: who says so.
  /// - Throws: ``SettlementError``, ``RunSearchError``; nothing is changed then.
  package func settle(
    run id: String, source: String, runners: [String] = [], anyName: Bool = false, as ruling: Ruling,
    by person: String, because: String? = nil, now: Instant
  ) throws -> Settlement {
    try Ledger.naming(path) {
      try writable.write { db in
        let book = try PriceBook.load(db)
        let snapshot = Snapshot(db, path: path, book: book)
        guard let asOf = try snapshot.asOf() else { throw SettlementError.neverHarvested(path: path) }
        let run = try snapshot.findRun(id, runners: runners, anyName: anyName, sources: [source])
        var settling = try Settling(of: run, snapshot.reference(run), book, db)
        try settling.rule(ruling, asOf: asOf, db)
        try settling.save(ruling, by: person, because: because, now: now, db)
        return Settlement(run: settling.reference, ruling: ruling, endedAt: settling.after.endedAt)
      }
    }
  }
}

/// One run on its way from what it is to what was ruled of it.
private struct Settling {
  let run: Int64
  let reference: RunReference
  let runner: Int64
  let book: PriceBook
  let before: RunState
  /// As its vendor told it, and then as it is ruled.
  private(set) var after: RunState
  private let isSettled: Bool

  init(of run: Int64, _ reference: RunReference, _ book: PriceBook, _ db: Database) throws {
    guard let owner: Int64 = try Statement(db, .selectRunOwner).value(["run_id": .integer(run)]),
      let saved = try SavedRun.first(db, .selectRunsFrom, run)
    else { throw LedgerError.database(action: "settling a run", reason: "run \(run) is gone") }
    (self.run, self.reference, self.book) = (run, reference, book)
    runner = owner
    before = saved.state
    let settled: [Int64] = try Statement(db, .selectSettledRuns).values([:])
    isSettled = settled.contains(run)
    after = before
    if isSettled, let told = try SavedRun.first(db, .selectToldState, run) { after = told.state }
  }

  mutating func rule(_ ruling: Ruling, asOf: Instant, _ db: Database) throws {
    if !isSettled {
      if let end = before.endedAt { throw SettlementError.endedAlready(reference, at: end) }
      if ruling == .takenBack { throw SettlementError.notSettled(reference) }
    }
    let began = after.startedAt ?? after.createdAt
    switch ruling {
    case .takenBack: return
    case .ended(let end):
      if let began, end < began { throw SettlementError.beforeBeginning(reference, end, began: began) }
      if asOf < end { throw SettlementError.aheadOfNow(reference, end, now: asOf) }
      after.endedAt = end
    case .neverEnded:
      let seen: Instant? = try Statement(db, .selectRunSeen).value(["run_id": .integer(run)])
      var end = seen ?? began ?? asOf
      if let start = after.startedAt,
        let timeout = book.version(of: runner, at: start).version.timeoutSeconds, timeout > 0
      {
        let (length, isTooLong) = timeout.multipliedReportingOverflow(by: 1000)
        let (limit, isBeyond) = start.milliseconds.addingReportingOverflow(length)
        if !isTooLong, !isBeyond { end = min(end, Instant(milliseconds: limit)) }
      }
      after.endedAt = max(end, began ?? end)
    }
    (after.outcome, after.isInferred) = (.unknown, true)
  }

  func save(_ ruling: Ruling, by person: String, because: String?, now: Instant, _ db: Database) throws {
    let sequence = try db.insertEvent(
      .settlement,
      note: SettlementProblems.note(
        run: run, ruling: ruling.word, endedAt: after.endedAt, by: person, because: because), now: now)
    try Statement(db, .insertRunVersion).run(["run_id": .integer(run), "replaced_by": .integer(sequence)])
    try Statement(db, .updateRun).run { binding in
      after.bind(&binding, sequence: sequence)
      binding.next(run)
    }
    var slicer = Slicer(book: book)
    var tally = TallyChanges()
    if let finished = before.finished(runner: runner) { tally.subtract(finished, &slicer) }
    if let finished = after.finished(runner: runner) { tally.add(finished, &slicer) }
    try tally.flush(db)
    try Statement(db, .insertSettlement).run([
      "run_id": .integer(run), "sequence": .integer(sequence), "ruling": .text(ruling.word),
      "ended_at": Value(after.endedAt), "said_by": .text(person), "because": Value(because),
    ])
  }
}

extension SavedRun {
  /// The first row that a query gives of a run.
  fileprivate static func first(_ db: Database, _ query: Query, _ run: Int64) throws -> SavedRun? {
    try Select<SavedRun>(db, query).first(["run_id": .integer(run)])
  }
}
