import GRDB
import Runs
import SQLFiles

/// The harvest log of a visit: opening, the coverage of each list, closing.
extension HarvestSaver.OpenVisit {
  init(
    _ db: Database, settings: SourceSettings, prices: [ConfiguredPrice]?, kind: HarvestSaver.Kind, now: Instant
  ) throws {
    if let known = try settings.check(db) {
      let last: Instant? = try Statement(db, .selectLastStart).value(["source_id": .integer(known.id)])
      if let last, now < last {
        throw LedgerError.olderThanLedger(source: settings.name, read: now, ledger: last)
      }
    }
    let sequence = try db.insertEvent(kind.event, now: now)
    let (source, currency) = try settings.save(db) { sequence }
    var settings = settings
    settings.currency = currency
    try Statement(db, .insertHarvest).run([
      "source_id": .integer(source), "sequence": .integer(sequence), "started_at": Value(now),
    ])
    self.init(
      source: source, settings: settings, harvest: db.lastInsertedRowID, sequence: sequence, startedAt: now,
      slicer: Slicer(book: try PriceBook.load(db)))
    let ruled: [Int64] = try Statement(db, .selectSettledRuns).values([:])
    settled = Set(ruled)
    sourceHadRuns = try Statement(db, .selectSourceHasRuns).value(["source_id": .integer(source)]) ?? false
    try savePrices(prices?.filter { $0.source == settings.name }, db)
  }

  /// Notes a reading. A reading that finds a list as it was adds no row: the row of the last visit goes on.
  mutating func close(_ reading: ResourceReading, _ db: Database) throws {
    counts.requests += reading.requests
    isComplete = isComplete && reading.isComplete
    if reading.isComplete { lists += 1 }
    var runner: Int64?
    var note = reading.note
    if case .runners = reading.resource, !contradictions.isEmpty {
      // Of many the first few stand for all.
      let more = contradictions.count > 3 ? ["and \(contradictions.count - 3) more such sizes"] : []
      note = ([reading.note].compactMap(\.self) + contradictions.prefix(3) + more).joined(separator: "; ")
    }
    if case .runs(let id) = reading.resource {
      guard let known = runners[ExactText(id)] else { return }
      runner = known
      counts.runs += reading.rows
      if reading.isComplete { try markMissing(of: known, db) }
    }

    let key: Arguments = ["source_id": .integer(source), "runner_id": Value(runner)]
    let known = try Coverage.first(db, key)
    let now = Coverage.Counts(reading)
    if let known, known.isComplete == reading.isComplete, known.note == note {
      coverage.insert(known.id)
      if known.counts != now {
        try Statement(db, .keepCoverage).run(["coverage_id": .integer(known.id), "sequence": .integer(sequence)])
        try Statement(db, .updateCoverage).run(now.arguments + ["coverage_id": .integer(known.id)])
      }
      return
    }
    if let known { try endCoverage(known.id, db) }
    try Statement(db, .insertCoverage).run(
      key + now.arguments + [
        "harvest_id": .integer(harvest), "complete": Value(reading.isComplete), "note": Value(note),
      ])
    coverage.insert(db.lastInsertedRowID)
  }

  /// Ends what this visit did not confirm, and the visit itself.
  mutating func finish(at now: Instant, _ db: Database) throws {
    let open: [Int64] = try Statement(db, .selectOpenCoverage).values(["source_id": .integer(source)])
    for id in open where !coverage.contains(id) { try endCoverage(id, db) }
    try Statement(db, .finishHarvest).run([
      "finished_at": Value(now), "complete": Value(isComplete), "lists": .integer(lists),
      "requests": .integer(Int64(counts.requests)), "rows": .integer(Int64(counts.runs)),
      "new_runs": .integer(Int64(counts.newRuns)),
      "changed_runs": .integer(Int64(counts.changedRuns)), "harvest_id": .integer(harvest),
    ])
  }

  /// A row of coverage held until the visit before this one, or only at the visit that noted it where that was the last.
  private func endCoverage(_ id: Int64, _ db: Database) throws {
    try Statement(db, .closeCoverage).run([
      "coverage_id": .integer(id), "source_id": .integer(source), "harvest_id": .integer(harvest),
    ])
  }
}

/// What holds of one list.
struct Coverage: QueryRow {
  static let queries = [Query.selectCoverage]
  enum Column: Int, ColumnName { case coverageID, requests, rows, refused, claimed, complete, note }

  var id: Int64
  var counts: Counts
  var isComplete: Bool
  var note: String?

  /// May differ from visit to visit while a list is read as completely as before.
  struct Counts: Equatable {
    var requests: Int64
    var rows: Int64
    var refused: Int64
    var claimed: Int64?
  }

  init(_ row: NamedRow<Column>) {
    id = row[.coverageID]
    counts = Counts(
      requests: row[.requests], rows: row[.rows], refused: row[.refused], claimed: row[.claimed])
    isComplete = row[.complete]
    note = row[.note]
  }
}

extension Coverage.Counts {
  init(_ reading: ResourceReading) {
    self.init(
      requests: Int64(reading.requests), rows: Int64(reading.rows), refused: Int64(reading.refused),
      claimed: reading.claimed.map(Int64.init))
  }

  var arguments: Arguments {
    [
      "requests": .integer(requests), "rows": .integer(rows), "refused": .integer(refused), "claimed": Value(claimed),
    ]
  }
}
