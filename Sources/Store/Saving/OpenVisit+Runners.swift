import GRDB
import Runs
import SQLFiles

/// Saving runners: who they are, their settings as dated history, their state, and the prices they show.
extension HarvestSaver.OpenVisit {
  mutating func save(runners records: [RunnerRecord], isComplete: Bool, _ db: Database) throws {
    // Pages that shift while they are read name a runner twice; what was read last is newer.
    let order = records.indices.sorted { one, other in
      let (left, right) = (records[one].id, records[other].id)
      return left.isExactly(right) ? one < other : left.isBefore(right)
    }
    let newest = order.enumerated().filter { place, index in
      place + 1 == order.count || !records[order[place + 1]].id.isExactly(records[index].id)
    }.map(\.element)
    var changes = PricingChanges()
    var types: [Int64: Instant?] = [:]
    var found: [Int64] = []
    for record in newest.lazy.map({ records[$0] }) {
      let (runner, isFound) = try saveIdentity(of: record, db)
      runners[ExactText(record.id)] = runner
      if isFound { found.append(runner) }
      let region = try record.region.map { try save($0, db) }
      var type = RunnerHistory.noInstanceType
      if let shown = record.instanceType {
        let known = try save(shown, db)
        type = known.id
        types.updateValue(known.unpricedSince, forKey: type)
        // One visit gives an instance type one price, the same one in whatever order the runners came.
        if let price = shown.pricePerSecond {
          if let first = pricesShown[type] {
            if first != price { note(price, besides: first, of: shown) }
          } else {
            pricesShown[type] = price
            try note(price, of: type, in: &changes, db)
          }
        }
      }
      try noteVersion(of: record, runner: runner, instanceType: type, region: region, in: &changes, db)
      // States belong to visits.
      if !isSighting { try saveSample(of: record, runner: runner, db) }
    }
    // Only now: what went before asks when a runner was last seen, which is before it went missing, and a price too.
    for runner in found {
      try Statement(db, .insertRunnerAbsence).run([
        "runner_id": .integer(runner), "found_at": Value(startedAt), "sequence": .integer(sequence),
      ])
      try Statement(db, .updateRunnerMissing).run([
        "missing_since": .null, "missing_by": .null, "runner_id": .integer(runner),
      ])
    }
    try noteUnpriced(types, db)
    if isComplete { try markMissing(db) }
    counts.runners += newest.count
    try apply(changes, db)
    // A runner or an instance type that the user has priced is so from its first sight.
    if hasPrices { try savePrices(nil, db) }
  }

  /// The ledger's id of a runner, and whether it was missing until now.
  private func saveIdentity(of record: RunnerRecord, _ db: Database) throws -> (id: Int64, isFound: Bool) {
    let key: Arguments = ["source_id": .integer(source), "external_id": .text(record.id)]
    guard let known = try SavedRunner.first(db, key) else {
      try Statement(db, .insertRunner).run(
        key + [
          "created_at": Value(record.createdAt), "last_seen_at": Value(record.lastSeenAt),
          "sequence": .integer(sequence),
        ])
      return (db.lastInsertedRowID, false)
    }
    if let createdAt = record.createdAt, createdAt != known.createdAt {
      try Statement(db, .updateRunnerCreated).run(["created_at": Value(createdAt), "runner_id": .integer(known.id)])
    }
    if let lastSeenAt = record.lastSeenAt, lastSeenAt != known.lastSeenAt {
      try Statement(db, .updateRunnerSeen).run([
        "last_seen_at": Value(lastSeenAt), "sequence": .integer(sequence), "runner_id": .integer(known.id),
      ])
    }
    return (known.id, known.isMissing)
  }

  private func save(_ region: RegionRecord, _ db: Database) throws -> Int64 {
    let key: Arguments = ["source_id": .integer(source), "external_id": .text(region.id)]
    let values: Arguments = ["slug": Value(region.slug), "name": Value(region.name)]
    guard let known = try SavedRegion.first(db, key) else {
      try Statement(db, .insertRegion).run(key + values)
      return db.lastInsertedRowID
    }
    if known.record != region {
      try Statement(db, .keepRegion).run(["region_id": .integer(known.id), "sequence": .integer(sequence)])
      try Statement(db, .updateRegion).run(values + ["region_id": .integer(known.id)])
    }
    return known.id
  }

  /// The ledger's id of an instance type, and since when lists have shown it without a price.
  private func save(_ type: InstanceTypeRecord, _ db: Database) throws -> (id: Int64, unpricedSince: Instant?) {
    let key: Arguments = ["source_id": .integer(source), "external_id": .text(type.id)]
    let values: Arguments = [
      "slug": Value(type.slug), "name": .text(type.name), "cpu": Value(type.cpu), "memory": Value(type.memory),
      "price_month": Value(type.pricePerMonth),
    ]
    guard let known = try SavedInstanceType.first(db, key) else {
      try Statement(db, .insertInstanceType).run(key + values)
      return (db.lastInsertedRowID, nil)
    }
    var shown = type
    shown.pricePerSecond = nil
    if known.record != shown {
      try keep(instanceType: known.id, db)
      try Statement(db, .updateInstanceType).run(values + ["instance_type_id": .integer(known.id)])
    }
    return (known.id, known.unpricedSince)
  }

  /// A list that shows an instance type without a price is no sight of its price, which holds all the same.
  ///
  /// - Parameter types: those of this list, each with the first list that showed it without a price until now.
  private func noteUnpriced(_ types: [Int64: Instant?], _ db: Database) throws {
    for (type, since) in types where (pricesShown[type] == nil) != (since != nil) {
      try keep(instanceType: type, db)
      try Statement(db, .updateInstanceTypeUnpriced).run([
        "unpriced_since": pricesShown[type] == nil ? Value(startedAt) : .null, "instance_type_id": .integer(type),
      ])
    }
  }

  private func keep(instanceType: Int64, _ db: Database) throws {
    try Statement(db, .keepInstanceType).run([
      "instance_type_id": .integer(instanceType), "sequence": .integer(sequence),
    ])
  }

  private func saveSample(of record: RunnerRecord, runner: Int64, _ db: Database) throws {
    let state = RunnerState(record)
    // A runner of which the API says nothing has no state to keep.
    if state == (try RunnerState.first(db, ["runner_id": .integer(runner)]) ?? RunnerState()) { return }
    try Statement(db, .insertSample).run(
      state.arguments + ["runner_id": .integer(runner), "harvest_id": .integer(harvest)])
  }

  /// Runners that a complete list lacks are missing from now on; their rows stay.
  private func markMissing(_ db: Database) throws {
    let present = Set(runners.values)
    let known: [Int64] = try Statement(db, .selectPresentRunners).values(["source_id": .integer(source)])
    for runner in known where !present.contains(runner) {
      try Statement(db, .updateRunnerMissing).run([
        "missing_since": Value(startedAt), "missing_by": .integer(sequence), "runner_id": .integer(runner),
      ])
    }
  }

  private func noteVersion(
    of record: RunnerRecord, runner: Int64, instanceType: Int64, region: Int64?, in changes: inout PricingChanges,
    _ db: Database
  ) throws {
    let newest = try SavedVersion.first(db, ["runner_id": .integer(runner)])
    let told = try RunnerSettings(record, instanceType: instanceType, region: region)
    let settings = newest.map { told.keeping($0.settings, of: record) } ?? told
    if let newest, newest.settings == settings, newest.settings.name.isExactly(settings.name) { return }

    let sight = try newest.map {
      max(try lastSight(of: runner, db) ?? .distantPast, $0.validFrom, sightBefore ?? .distantPast)
    }
    // Two visits at one instant can only be told apart by the millisecond after it.
    let validFrom = max(startedAt, newest?.validFrom.advanced(byMilliseconds: 1) ?? .distantPast)
    changes.versions.append(
      settings.arguments + [
        "runner_id": .integer(runner), "valid_from": Value(validFrom), "unsure_from": Value(sight),
        "sequence": .integer(sequence),
      ])
    if newest?.settings.instanceType != settings.instanceType {
      changes.affect(runner, since: sight ?? .distantPast)
    }
  }

  private func note(_ price: Price, of type: Int64, in changes: inout PricingChanges, _ db: Database) throws {
    let key: Arguments = ["instance_type_id": .integer(type)]
    let newest = try SavedPrice.first(db, key)
    if newest?.text == price.description { return }
    var sight = newest?.validFrom
    if let first = sight {
      let last: Instant? = try Statement(db, .selectLastSightOfPrice).value(
        key + ["harvest_id": .integer(harvest), "since": Value(first)])
      sight = last ?? first
    }
    changes.prices.append(
      key + [
        "price_second": .text(price.description), "currency": Value(settings.currency),
        "valid_from": Value(startedAt), "unsure_from": Value(sight), "sequence": .integer(sequence),
      ])
    let everOn: [Int64] = try Statement(db, .selectRunnersOfInstanceType).values(key)
    for runner in everOn { changes.affect(runner, since: sight ?? .distantPast) }
  }

  /// A list that contradicts itself is told with its reading.
  private mutating func note(_ price: Price, besides first: Price, of type: InstanceTypeRecord) {
    let name = type.slug ?? type.name
    let remark = "\(name) is shown at \(first) and at \(price) a second; \(first) counts"
    if !contradictions.contains(remark) { contradictions.append(remark) }
  }

  /// When the runner was last seen before this visit, in a complete list of a finished one.
  private func lastSight(of runner: Int64, _ db: Database) throws -> Instant? {
    try Statement(db, .selectLastSightOfRunner).value([
      "runner_id": .integer(runner), "harvest_id": .integer(harvest), "started_at": Value(startedAt),
    ])
  }

  /// Writes new versions and prices. The runs that were tallied under the old ones are subtracted from the tally before,
  /// and added again after, in the same transaction.
  private mutating func apply(_ changes: PricingChanges, _ db: Database) throws {
    guard !changes.versions.isEmpty || !changes.prices.isEmpty else { return }
    var affected: [FinishedRun] = []
    let runs = try Select<FinishedRun>(db, .selectFinishedRunsSince)
    for (runner, since) in changes.affected {
      affected += try runs.all(["runner_id": .integer(runner), "since": Value(since)])
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
