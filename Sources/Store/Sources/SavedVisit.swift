import GRDB
import Runs
import SQLFiles

/// A visit as the harvest log has it.
struct SavedVisit: QueryRow {
  static let queries = [Query.selectNewestVisit]
  enum Column: Int, ColumnName { case harvestID, sequence, startedAt }

  var id: Int64
  var sequence: Int64
  var startedAt: Instant

  init(id: Int64, sequence: Int64, startedAt: Instant) {
    (self.id, self.sequence, self.startedAt) = (id, sequence, startedAt)
  }

  init(_ row: NamedRow<Column>) {
    self.init(id: row[.harvestID], sequence: row[.sequence], startedAt: row[.startedAt])
  }

  /// - Throws: ``SourceError`` where something that stays for ever hangs on the visit.
  func checkMayGo(_ name: String, _ source: Int64, _ db: Database) throws {
    let visit: Arguments = ["sequence": .integer(sequence), "source_id": .integer(source)]
    if let closed = try LaterClosing.first(db, visit) {
      throw SourceError.closedSince(name, visit: startedAt, month: closed.month, isForEver: closed.isForEver)
    }
    if let ruled = try LaterRuling.first(db, visit),
      let run = try RunReference.first(db, ["run_id": .integer(ruled.run)])
    {
      throw SourceError.ruledSince(run, visit: startedAt, isForEver: ruled.isForEver)
    }
    let isActedOn: Bool = try Statement(db, .selectActedSince).value(visit) ?? false
    if isActedOn { throw SourceError.actedSince(name, visit: startedAt) }
  }

  /// Undoes all that the visit wrote of runners, runs, states and lists; a source that it was the first visit to is gone.
  ///
  /// Its number stays in the count of events. What is kept once and not as history is not put back: the last sign of life
  /// of a runner.
  ///
  /// - Parameter event: the one that takes it back.
  func takeBack(from source: Int64, by event: Int64, _ db: Database) throws -> TakenBackVisit {
    let ofSequence: Arguments = ["sequence": .integer(sequence)]
    let ofSource: Arguments = ["source_id": .integer(source)]
    let ofVisit: Arguments = ["harvest_id": .integer(id)]
    // The tally and the times point to prices and runners that are about to go.
    try TallyTables.deleteAll(db)
    try TimesTables.deleteAll(db)
    try Statement(db, .restoreRuns).run(ofSequence)
    try Statement(db, .deleteRestoredVersions).run(ofSequence)
    let restored = Int64(db.changesCount)
    try Statement(db, .deleteNewRuns).run(ofSequence)
    let runs = Int64(db.changesCount)
    for query in [
      Query.restoreMissingRuns, .restoreFoundRuns, .restoreCoverageCounts, .deleteRestoredStates,
      .restoreMissingRunners, .restoreAbsences, .deleteRestoredAbsences,
    ] { try Statement(db, query).run(ofSequence) }
    try Statement(db, .deleteNewRunnerVersions).run(ofSequence)
    try Statement(db, .deleteSamples).run(ofVisit)
    try Statement(db, .deleteObservedPrices).run(ofSequence)
    try Statement(db, .deleteCoverage).run(ofVisit)
    try Statement(db, .reopenCoverage).run(ofVisit)
    try Statement(db, .deletePricesOfNewRunners).run(ofSource)
    try Statement(db, .deleteNewRunners).run(ofSource)
    let runners = Int64(db.changesCount)
    try Statement(db, .deleteVisit).run(ofVisit)
    try Statement(db, .updateSequenceUndone).run(ofSequence + ["undone_by": .integer(event)])
    let isWanted: Bool = try Statement(db, .selectIsSourceWanted).value(ofSource + ofSequence) ?? true
    if !isWanted {
      for query in [
        Query.deletePricesOfSource, .deleteConfiguredPricesOfSource, .deleteInstanceTypesOfSource,
        .deleteRegionsOfSource, .deleteSource,
      ] { try Statement(db, query).run(ofSource) }
    }
    try Recount.replaceAll(db)
    return TakenBackVisit(at: startedAt, runs: runs, restored: restored, runners: runners, isSourceGone: !isWanted)
  }
}

/// A month that was closed after a visit, and keeps it.
struct LaterClosing: QueryRow {
  static let queries = [Query.selectClosedSince]
  enum Column: Int, ColumnName { case month, isForEver }

  var month: String
  var isForEver: Bool

  init(_ row: NamedRow<Column>) {
    month = row[.month]
    isForEver = row[.isForEver]
  }
}

/// A run that was ruled on after a visit, and keeps it.
struct LaterRuling: QueryRow {
  static let queries = [Query.selectRuledSince]
  enum Column: Int, ColumnName { case runID, isForEver }

  /// The ledger's id.
  var run: Int64
  var isForEver: Bool

  init(_ row: NamedRow<Column>) {
    run = row[.runID]
    isForEver = row[.isForEver]
  }
}
