import Harvest
import Runs
import TestSupport
import Testing

@testable import Store

/// What a ledger says that it knew after an earlier event.
@Suite struct PastLedgerTests {
  /// All tables, apart from sums that only `verify` reads. Machine sizes and regions may be known before anything has
  /// them.
  private func tables(_ ledger: Ledger) throws -> [String: [String]] {
    let names = try ledger.lines(
      """
      SELECT name FROM sqlite_schema
      WHERE type = 'table' AND name NOT IN ('table_digest', 'instance_type', 'region') ORDER BY name
      """)
    var tables: [String: [String]] = [:]
    for name in names { tables[name] = try ledger.lines("SELECT * FROM \(name)").sorted() }
    return tables
  }

  @Test("after any event of a random history every table can be told again as it was", arguments: 0..<8)
  func tables(block: Int) async throws {
    let folder = try TemporaryFolder()
    for seed in RandomSeeds.of(block: block, 2) {
      var history = try RandomHistory(seed: seed)
      let ledger = try Ledger.make(in: folder, zone: history.zone, name: "\(seed).sqlite")
      var then: [Int64: [String: [String]]] = [:]
      var sizes: [Int64: (types: [String], regions: [String])] = [:]
      for step in 0..<16 {
        try await history.happen(to: ledger)
        let (event, now) = (try ledger.newestEvent(), try tables(ledger))
        // Nothing changes without an event.
        if let before = then[event] { #expect(before == now, "seed \(seed), step \(step), event \(event)") }
        then[event] = now
        sizes[event] = (
          try ledger.lines("SELECT * FROM instance_type"), try ledger.lines("SELECT * FROM region")
        )
      }
      for gone in try ledger.eventsThatAreGone() { then[gone] = nil }
      for (event, tables) in then.sorted(by: { $0.key < $1.key }) where event > 0 {
        let past = try ledger.past(.event(event))
        let told = try self.tables(past)
        for (name, rows) in tables where told[name] != rows {
          Issue.record("seed \(seed), #\(event), \(name)\n  was  \(rows)\n  told \(told[name] ?? [])")
        }
        let types = Set(try past.lines("SELECT * FROM instance_type"))
        #expect(types.isSuperset(of: sizes[event]?.types ?? []), "seed \(seed), #\(event)")
        let regions = Set(try past.lines("SELECT * FROM region"))
        #expect(regions.isSuperset(of: sizes[event]?.regions ?? []), "seed \(seed), #\(event)")
        past.close()
      }
      // To look at the past changes nothing, and what was changed in place is as sound as the rest.
      #expect(try ledger.problems() == [], "seed \(seed)")
      ledger.close()
    }
  }

  @Test("a ledger is asked for its past also while it is written, and nothing is written into it")
  func reading() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    try await ledger.harvest(VendorAnswer(make(run: "a")), at: "2026-01-15T12:00:00Z")
    let saver = try HarvestSaver(ledger: ledger, source: .production, clock: { self.clock("2026-01-16T12:00:00Z") })
    try await saver.save(runners: [make(runner: "backup")], isComplete: true)
    let reader = try Ledger(at: ledger.path, for: .reading)
    let past = try reader.past(.event(1))
    #expect(try past.lines("SELECT count(*) FROM run_day") == ["1"])
    #expect(throws: LedgerError.self) {
      try past.renameSource("production", to: "x", now: instant("2026-01-17T00:00:00Z"))
    }
    _ = try await saver.finish()
    reader.close()
    past.close()
    ledger.close()
    #expect(try folder.files == ["ledger.sqlite"])
    let views = "SELECT count(*) FROM sqlite_schema WHERE type = 'view'"
    let again = try Ledger(at: ledger.path, for: .reading)
    #expect(try again.lines(views) != ["0"])
    #expect(try again.problems() == [])
    again.close()
  }

  @Test("among random histories there is everything that these tests are about")
  func variety() async throws {
    let folder = try TemporaryFolder()
    let everything: Set<String> = [
      "harvest", "price", "restatement", "closing", "reopening", "settlement", "former ledger", "former source",
      "former region", "former instance_type", "former coverage", "former price", "former run",
      "former configured_price", "taken back", "absence", "waiting", "superseded", "reopened", "killed",
    ]
    var seen: Set<String> = []
    for seed in 0..<60 where seen != everything {
      var history = try RandomHistory(seed: seed)
      let ledger = try Ledger.make(in: folder, zone: history.zone, name: "\(seed).sqlite")
      for _ in 0..<16 { try await history.happen(to: ledger) }
      for query in [
        "SELECT kind FROM sequence", "SELECT 'former ' || subject FROM former_state",
        "SELECT 'taken back' FROM sequence WHERE undone_by IS NOT NULL",
        "SELECT 'absence' FROM runner_absence", "SELECT 'waiting' FROM price WHERE applied_by IS NULL AND price_id > 0",
        "SELECT 'superseded' FROM price WHERE superseded_by IS NOT NULL",
        "SELECT 'reopened' FROM closing WHERE reopened_by IS NOT NULL",
        "SELECT 'killed' FROM harvest WHERE finished_at IS NULL",
      ] { seen.formUnion(try ledger.lines("SELECT DISTINCT * FROM (\(query))")) }
      ledger.close()
    }
    #expect(seen == everything)
  }

  @Test("an instant means the last event that was over by then, as were all before it")
  func instants() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    try await ledger.harvest(VendorAnswer(make(run: "a")), at: "2026-01-15T12:00:00Z")
    let long = try HarvestSaver(
      ledger: ledger, source: SourceSettings(name: "slow", vendor: .nodion),
      clock: { self.clock("2026-01-15T13:00:00Z") })
    try await ledger.harvest(VendorAnswer(make(run: "b")), at: "2026-01-15T13:10:00Z")
    _ = try await long.finish(at: clock("2026-01-15T14:00:00Z"))
    try await ledger.harvest(VendorAnswer(make(run: "c")), at: "2026-01-15T15:00:00Z")
    func event(_ text: String) throws -> Int64? { try ledger.past(.instant(instant(text))).past?.sequence }
    #expect(try event("2026-01-15T12:00:00Z") == 1)
    // The third was over before the second.
    #expect(try event("2026-01-15T13:30:00Z") == 1)
    #expect(try event("2026-01-15T14:00:00Z") == 3)
    #expect(try event("2026-01-15T14:59:59.999Z") == 3)
    #expect(try event("2030-01-01T00:00:00Z") == 4)
    #expect(throws: PastError.beforeFirstEvent(try instant("2026-01-15T11:59:59Z"))) {
      try ledger.past(.instant(instant("2026-01-15T11:59:59Z")))
    }
    #expect(throws: PastError.unknownEvent(5, last: 4)) { try ledger.past(.event(5)) }
    #expect(throws: PastError.unknownEvent(0, last: 4)) { try ledger.past(.event(0)) }
  }

  private func clock(_ text: String) -> Instant { (try? instant(text)) ?? Instant(milliseconds: 0) }

  @Test("a visit that was taken back is told as gone, and a sign of life that was replaced as not kept")
  func unknown() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    var runner = make(runner: "backup")
    for hour in [10, 11, 12] {
      runner.lastSeenAt = try instant("2026-01-15T\(hour):00:00Z")
      try await ledger.harvest(VendorAnswer([runner]), at: "2026-01-15T\(hour):30:00Z")
    }
    _ = try ledger.takeBackVisit(to: "production", now: instant("2026-01-16T00:00:00Z"))
    func past(_ event: Int64) throws -> PastEvent? { try ledger.past(.event(event)).past }
    #expect(try past(2)?.gone == [])
    #expect(try past(3)?.gone == [3])
    #expect(try past(4)?.gone == [])
    #expect(try past(2)?.unknownSigns == 1)
    #expect(try past(4)?.unknownSigns == 0)
    #expect(try ledger.past(.event(2)).lines("SELECT last_seen_at, seen_by FROM runner") == ["– | –"])
    #expect(
      try ledger.past(.event(4)).lines("SELECT last_seen_at, seen_by FROM runner")
        == ["\(instant("2026-01-15T12:00:00Z").milliseconds) | 3"])
  }

  @Test("events say what they changed")
  func events() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "backup"), make(run: "a"), make(openRun: "b", started: "2026-01-15T10:00:00Z")),
      at: "2026-01-15T12:00:00Z")
    try await ledger.harvest(VendorAnswer(), at: "2026-01-15T13:00:00Z", until: .runnersSaved)
    _ = try ledger.settle(
      run: "b", source: "production", runners: ["backup"], as: .neverEnded, by: "somebody",
      now: instant("2026-01-16T00:00:00Z"))
    try ledger.renameSource("production", to: "cloud", now: instant("2026-01-17T00:00:00Z"))
    let lines = try ledger.read { try $0.events() }.map {
      "\($0.sequence) \($0.at) \($0.kind) \($0.source ?? "–"): \($0.changed)"
    }
    #expect(
      lines == [
        "1 2026-01-15T12:00:00.000Z harvest cloud: 2 new runs, 1 runner setting, 1 price",
        "2 2026-01-15T13:00:00.000Z harvest cloud: interrupted; what it had saved is kept",
        "3 2026-01-16T00:00:00.000Z settlement cloud: "
          + (try ledger.lines("SELECT note FROM sequence WHERE sequence = 3")[0]),
        "4 2026-01-17T00:00:00.000Z restatement –: source production is called cloud",
      ])
    #expect(try ledger.past(.event(3)).lines("SELECT name FROM source") == ["production"])
  }

  @Test("a visit that could read nothing is told apart from one that found nothing new", arguments: [0, 2])
  func unread(lists: Int64) throws {
    let at = try instant("2026-01-15T12:00:00Z")
    let event = LedgerEvent(
      sequence: 1, at: at, endedAt: at, kind: "harvest", source: "production",
      visit: LedgerEvent.Visit(lists: lists, newRuns: 0, changedRuns: 0, settings: 0, prices: 0))
    #expect(event.changed == (lists == 0 ? "nothing could be read" : "nothing new"))
  }
}
