import Foundation
import GRDB
import Runs
import SQLFiles

/// Saving runners: who they are, their settings as dated history, their state, and the prices they show.
extension HarvestSaver.Visit {
  mutating func save(runners records: [RunnerRecord], isComplete: Bool, _ db: Database) throws {
    // Pages that shift while they are read name a runner twice; what was read last is newer.
    let records = Dictionary(records.map { ($0.id, $0) }) { _, last in last }.values.sorted { $0.id < $1.id }
    var changes = PricingChanges()
    var observed: Set<Int64> = []
    var found: [Int64] = []
    for record in records {
      let (runner, isFound) = try saveIdentity(of: record, db)
      runners[record.id] = runner
      if isFound { found.append(runner) }
      let region = try record.region.map { try save($0, db) }
      var type = RunnerHistory.noInstanceType
      if let shown = record.instanceType {
        type = try save(shown, db)
        // One answer gives an instance type one price, the same one in whatever order the runners came.
        if let price = shown.pricePerSecond, observed.insert(type).inserted {
          try note(price, of: type, in: &changes, db)
        }
      }
      try noteVersion(of: record, runner: runner, instanceType: type, region: region, in: &changes, db)
      try saveSample(of: record, runner: runner, db)
    }
    // Only now: the last sight of a runner that comes back is the one before it went missing.
    for runner in found {
      try Statement(db, .updateRunnerMissing).run(["missing_since": .null, "runner_id": .integer(runner)])
    }
    if isComplete { try markMissing(db) }
    counts.runners += records.count
    try apply(changes, db)
    // A runner or an instance type that the user has priced is so from its first sight.
    if hasPrices { try savePrices(nil, db) }
  }

  /// The ledger's id of a runner, and whether it was missing until now.
  private func saveIdentity(of record: RunnerRecord, _ db: Database) throws -> (id: Int64, isFound: Bool) {
    let key: Arguments = ["source_id": .integer(source), "external_id": .text(record.id)]
    let known = try Statement(db, .selectRunner).first(key) { row in
      (id: row.count(0), createdAt: row.instant(1), isMissing: row.integer(2) != nil, lastSeenAt: row.instant(3))
    }
    guard let known else {
      try Statement(db, .insertRunner).run(
        key + ["created_at": Value(record.createdAt), "last_seen_at": Value(record.lastSeenAt)])
      return (db.lastInsertedRowID, false)
    }
    if let createdAt = record.createdAt, createdAt != known.createdAt {
      try Statement(db, .updateRunnerCreated).run(["created_at": Value(createdAt), "runner_id": .integer(known.id)])
    }
    if let lastSeenAt = record.lastSeenAt, lastSeenAt != known.lastSeenAt {
      try Statement(db, .updateRunnerSeen).run(["last_seen_at": Value(lastSeenAt), "runner_id": .integer(known.id)])
    }
    return (known.id, known.isMissing)
  }

  private func save(_ region: RegionRecord, _ db: Database) throws -> Int64 {
    let key: Arguments = ["source_id": .integer(source), "external_id": .text(region.id)]
    let values: Arguments = ["slug": Value(region.slug), "name": Value(region.name)]
    let known = try Statement(db, .selectRegion).first(key) { row in
      (id: row.count(0), region: RegionRecord(id: region.id, slug: row.text(1), name: row.text(2)))
    }
    guard let known else {
      try Statement(db, .insertRegion).run(key + values)
      return db.lastInsertedRowID
    }
    if known.region != region {
      try Statement(db, .updateRegion).run(values + ["region_id": .integer(known.id)])
    }
    return known.id
  }

  private func save(_ type: InstanceTypeRecord, _ db: Database) throws -> Int64 {
    let key: Arguments = ["source_id": .integer(source), "external_id": .text(type.id)]
    let values: Arguments = [
      "slug": Value(type.slug), "name": .text(type.name), "cpu": Value(type.cpu), "memory": Value(type.memory),
      "price_month": Value(type.pricePerMonth),
    ]
    let known = try Statement(db, .selectInstanceType).first(key) { row in
      (id: row.count(0), values: [row.value(1), row.value(2), row.value(3), row.value(4), row.value(5)])
    }
    guard let known else {
      try Statement(db, .insertInstanceType).run(key + values)
      return db.lastInsertedRowID
    }
    if known.values != values.pairs.map(\.1) {
      try Statement(db, .updateInstanceType).run(values + ["instance_type_id": .integer(known.id)])
    }
    return known.id
  }

  private func saveSample(of record: RunnerRecord, runner: Int64, _ db: Database) throws {
    let values: Arguments = [
      "status": Value(record.status), "online": record.isOnline.map { Value($0) } ?? .null,
      "active": Value(record.active), "capacity": Value(record.capacity), "version": Value(record.version),
    ]
    let newest = try Statement(db, .selectNewestSample).first(["runner_id": .integer(runner)]) { row in
      (0...4).map(row.value)
    }
    // A runner of which the API says nothing has no state to keep.
    guard newest ?? [Value](repeating: .null, count: 5) != values.pairs.map(\.1) else { return }
    try Statement(db, .insertSample).run(
      values + ["runner_id": .integer(runner), "harvest_id": .integer(harvest)])
  }

  /// Runners that a complete list lacks are missing from now on; their rows stay.
  private func markMissing(_ db: Database) throws {
    let present = Set(runners.values)
    let known = try Statement(db, .selectPresentRunners).all(["source_id": .integer(source)]) { $0.count(0) }
    for runner in known where !present.contains(runner) {
      try Statement(db, .updateRunnerMissing).run(["missing_since": Value(startedAt), "runner_id": .integer(runner)])
    }
  }

  private func noteVersion(
    of record: RunnerRecord, runner: Int64, instanceType: Int64, region: Int64?, in changes: inout PricingChanges,
    _ db: Database
  ) throws {
    let values: Arguments = [
      "name": .text(record.name), "kind": Value(record.kind), "labels": Value(try Self.labels(record.labels)),
      "image": Value(record.image), "timeout_seconds": Value(record.timeoutSeconds), "region_id": Value(region),
      "instance_type_id": .integer(instanceType),
    ]
    let newest = try Statement(db, .selectNewestVersion).first(["runner_id": .integer(runner)]) { row in
      (validFrom: row.count(1), values: (2...8).map(row.value), instanceType: row.count(8))
    }
    if let newest, newest.values == values.pairs.map(\.1) { return }

    let sight = try newest.map { newest in
      max(try lastSight(of: runner, db) ?? .distantPast, Instant(milliseconds: newest.validFrom))
    }
    // Two visits at one instant can only be told apart by the millisecond after it.
    let validFrom = max(startedAt.milliseconds, (newest?.validFrom ?? .min) + (newest == nil ? 0 : 1))
    changes.versions.append(
      values + [
        "runner_id": .integer(runner), "valid_from": .integer(validFrom), "unsure_from": Value(sight),
        "sequence": .integer(sequence),
      ])
    if newest?.instanceType != instanceType {
      changes.affect(runner, since: sight ?? .distantPast)
    }
  }

  /// A JSON array, which SQLite can take apart; nil for none.
  private static func labels(_ labels: [String]) throws -> String? {
    labels.isEmpty ? nil : String(decoding: try JSONEncoder().encode(labels), as: UTF8.self)
  }

  private func note(_ price: Price, of type: Int64, in changes: inout PricingChanges, _ db: Database) throws {
    let newest = try Statement(db, .selectNewestObservedPrice).first(["instance_type_id": .integer(type)]) { row in
      (price: row.string(0), validFrom: Instant(milliseconds: row.count(1)))
    }
    if newest?.price == price.description { return }
    var sight = newest?.validFrom
    if let first = sight {
      let holders = try Statement(db, .selectRunnersNowOnInstanceType).all(["instance_type_id": .integer(type)]) {
        $0.count(0)
      }
      sight = try holders.compactMap { try lastSight(of: $0, db) }.reduce(first, max)
    }
    changes.prices.append([
      "instance_type_id": .integer(type), "price_second": .text(price.description),
      "currency": Value(settings.currency), "valid_from": Value(startedAt), "unsure_from": Value(sight),
      "sequence": .integer(sequence),
    ])
    let everOn = try Statement(db, .selectRunnersOfInstanceType).all(["instance_type_id": .integer(type)]) {
      $0.count(0)
    }
    for runner in everOn { changes.affect(runner, since: sight ?? .distantPast) }
  }

  /// When the runner was last seen before this visit, in a complete list of a finished one.
  private func lastSight(of runner: Int64, _ db: Database) throws -> Instant? {
    try Statement(db, .selectLastSightOfRunner).first([
      "runner_id": .integer(runner), "harvest_id": .integer(harvest), "started_at": Value(startedAt),
    ]) { $0.instant(0) } ?? nil
  }

  /// Writes new versions and prices. Runs that were tallied under what they replace are taken out of the tally before,
  /// and put back after, in this same transaction.
  private mutating func apply(_ changes: PricingChanges, _ db: Database) throws {
    guard !changes.versions.isEmpty || !changes.prices.isEmpty else { return }
    var affected: [FinishedRun] = []
    for (runner, since) in changes.affected {
      affected += try Statement(db, .selectFinishedRunsSince).all(
        ["runner_id": .integer(runner), "since": Value(since)], FinishedRun.init)
    }
    var tally = TallyChanges()
    for run in affected { tally.subtract(run, &slicer) }
    for version in changes.versions { try Statement(db, .insertVersion).run(version) }
    for price in changes.prices { try Statement(db, .insertObservedPrice).run(price) }
    slicer = Slicer(book: try PriceBook.load(db))
    for run in affected { tally.add(run, &slicer) }
    try tally.flush(db)
  }
}

/// What one answer changes in the history that cost depends on.
private struct PricingChanges {
  var versions: [Arguments] = []
  var prices: [Arguments] = []
  /// The runners whose runs may be priced anew, if they ended at the instant or later.
  var affected: [Int64: Instant] = [:]

  mutating func affect(_ runner: Int64, since instant: Instant) {
    affected[runner] = min(affected[runner] ?? .distantFuture, instant)
  }
}
