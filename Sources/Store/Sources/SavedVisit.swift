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

  /// Undoes all that the visit wrote of runners, runs, states and lists; a source that it was the first visit to is gone.
  ///
  /// Its number stays in the count of events. What a list says in numbers alone is not kept before, so it is not put back.
  func takeBack(from source: Int64, _ db: Database) throws -> TakenBackVisit {
    let ofSequence: Arguments = ["sequence": .integer(sequence)]
    let ofSource: Arguments = ["source_id": .integer(source)]
    let ofVisit: Arguments = ["harvest_id": .integer(id)]
    // They point to prices and runners that are about to go.
    try Statement(db, .deleteTally).run()
    try Statement(db, .deleteAllTimes).run()
    try Statement(db, .restoreRuns).run(ofSequence)
    try Statement(db, .deleteRestoredVersions).run(ofSequence)
    let restored = Int64(db.changesCount)
    try Statement(db, .deleteNewRuns).run(ofSequence)
    let runs = Int64(db.changesCount)
    let missing = ofSource + ["started_at": Value(startedAt)]
    try Statement(db, .restoreMissingRuns).run(missing)
    try Statement(db, .restoreMissingRunners).run(missing)
    try Statement(db, .restoreAbsences).run(missing)
    try Statement(db, .deleteRestoredAbsences).run(missing)
    try Statement(db, .deleteNewRunnerVersions).run(ofSequence)
    try Statement(db, .deleteSamples).run(ofVisit)
    try Statement(db, .deleteObservedPrices).run(ofSequence)
    try Statement(db, .deleteCoverage).run(ofVisit)
    try Statement(db, .reopenCoverage).run(ofSource + ofVisit)
    try Statement(db, .deletePricesOfNewRunners).run(ofSource)
    try Statement(db, .deleteNewRunners).run(ofSource)
    try Statement(db, .deleteVisit).run(ofVisit)
    let isWanted: Bool = try Statement(db, .selectIsSourceWanted).value(ofSource) ?? true
    if !isWanted {
      for query in [
        Query.deletePricesOfSource, .deleteConfiguredPricesOfSource, .deleteInstanceTypesOfSource,
        .deleteRegionsOfSource, .deleteSource,
      ] { try Statement(db, query).run(ofSource) }
    }
    try Recount.replaceAll(db)
    return TakenBackVisit(at: startedAt, runs: runs, restored: restored)
  }
}
