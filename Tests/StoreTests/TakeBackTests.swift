import Harvest
import Runs
import Store
import TestSupport
import Testing

/// What can be undone: a visit and a name.
@Suite struct TakeBackTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  private let now = Instant(milliseconds: 1_770_000_000_000)

  private func first() throws -> VendorAnswer {
    VendorAnswer(
      [make(runner: "backup"), make(runner: "index")],
      runs: [
        "backup": [try make(run: "a"), try make(openRun: "b", started: "2026-01-15T11:00:00Z")],
        "index": [try make(run: "c", completed: "2026-01-15T10:20:00Z")],
      ])
  }

  @Test("a visit that is taken back leaves everything as it was before")
  func newest() async throws {
    try await ledger.harvest(first(), at: "2026-01-15T12:00:00Z")
    let tables = try ledger.domainTables()
    var second = VendorAnswer(
      [make(runner: "backup", name: "Backups", type: try make(type: "small", price: "0.5")), make(runner: "mail")],
      runs: [
        "backup": [try make(run: "b", completed: "2026-01-16T11:00:00Z"), try make(run: "d")],
        "mail": [try make(run: "e")],
      ])
    second.batch = 1
    try await ledger.harvest(second, at: "2036-01-17T12:00:00Z")
    #expect(try ledger.domainTables() != tables)
    let taken = try ledger.takeBackVisit(to: "production", now: now)
    #expect(taken.at == (try instant("2036-01-17T12:00:00Z")))
    #expect([taken.runs, taken.restored] == [2, 1])
    #expect(try ledger.domainTables() == tables)
    #expect(try ledger.problems() == [])
    #expect(
      try ledger.lines("SELECT kind, note FROM sequence WHERE sequence > 2")
        == ["restatement | visit to production of 2036-01-17T12:00:00.000Z taken back"])
    // The next visit goes on from there.
    let counts = try await ledger.harvest(second, at: "2026-01-17T12:00:00Z")
    #expect([counts.newRuns, counts.changedRuns] == [2, 1])
    #expect(try ledger.problems() == [])
  }

  @Test("a runner that the visit found again is missing as before")
  func foundAgain() async throws {
    try await ledger.harvest(first(), at: "2026-01-15T12:00:00Z")
    let runs = [try make(run: "a"), try make(openRun: "b", started: "2026-01-15T11:00:00Z")]
    try await ledger.harvest(VendorAnswer([make(runner: "backup")], runs: ["backup": runs]), at: "2026-01-16T12:00:00Z")
    let tables = try ledger.domainTables()
    try await ledger.harvest(first(), at: "2026-01-17T12:00:00Z")
    #expect(try ledger.lines("SELECT count(*) FROM runner_absence") == ["1"])
    _ = try ledger.takeBackVisit(to: "production", now: now)
    #expect(try ledger.domainTables() == tables)
    #expect(try ledger.lines("SELECT external_id FROM runner WHERE missing_since IS NOT NULL") == ["index"])
    #expect(try ledger.problems() == [])
  }

  @Test("the first visit to a source takes the source with it")
  func onlyVisit() async throws {
    try await ledger.harvest(first(), at: "2026-01-15T12:00:00Z")
    let tables = try ledger.domainTables()
    let staging = SourceSettings(name: "staging", vendor: .nodion, currency: "EUR")
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "x"), make(run: "x")), at: "2026-01-15T13:00:00Z", source: staging)
    _ = try ledger.takeBackVisit(to: "staging", now: now)
    #expect(try ledger.domainTables() == tables)
    #expect(throws: SourceError.unknown("staging", known: ["production"])) {
      try ledger.takeBackVisit(to: "staging", now: now)
    }
  }

  @Test("a visit that a closed month hangs on stays")
  func closed() async throws {
    try await ledger.harvest(VendorAnswer(make(run: "a")), at: "2026-02-01T12:00:00Z")
    _ = try ledger.closeMonth(Month(year: 2026, month: 1), now: now)
    let tables = try ledger.domainTables()
    #expect(
      throws: SourceError.closedSince(
        "production", visit: try instant("2026-02-01T12:00:00Z"), month: "2026-01", isForEver: true)
    ) { try ledger.takeBackVisit(to: "production", now: now) }
    #expect(try ledger.domainTables() == tables)
    // Its lines stay, and name a runner that no other visit brought.
    try ledger.reopenMonth(Month(year: 2026, month: 1), because: "a wrong clock", now: now)
    #expect(
      throws: SourceError.closedSince(
        "production", visit: try instant("2026-02-01T12:00:00Z"), month: "2026-01", isForEver: true)
    ) { try ledger.takeBackVisit(to: "production", now: now) }
  }

  @Test("a visit that brought no runner of a closed month can be taken back once the month is reopened")
  func reopened() async throws {
    try await ledger.harvest(first(), at: "2026-01-15T12:00:00Z")
    let tables = try ledger.domainTables()
    try await ledger.harvest(VendorAnswer(of: make(runner: "backup"), make(run: "d")), at: "2026-02-01T12:00:00Z")
    _ = try ledger.closeMonth(Month(year: 2026, month: 1), force: true, now: now)
    #expect(
      throws: SourceError.closedSince(
        "production", visit: try instant("2026-02-01T12:00:00Z"), month: "2026-01", isForEver: false)
    ) { try ledger.takeBackVisit(to: "production", now: now) }
    try ledger.reopenMonth(Month(year: 2026, month: 1), because: "a wrong clock", now: now)
    _ = try ledger.takeBackVisit(to: "production", now: now)
    for table in ["run", "run_day", "runner", "runner_version", "runner_sample"] {
      #expect(try ledger.domainTables()[table] == tables[table], "\(table)")
    }
    #expect(try ledger.problems() == [])
  }

  @Test("a source that is renamed keeps everything, and a name has one source")
  func rename() async throws {
    try await ledger.harvest(first(), at: "2026-01-15T12:00:00Z")
    try ledger.renameSource("production", to: "cloud", now: now)
    let cloud = SourceSettings(name: "cloud", vendor: .nodion, currency: "EUR")
    let counts = try await ledger.harvest(first(), at: "2026-01-15T13:00:00Z", source: cloud)
    #expect([counts.newRuns, counts.changedRuns] == [0, 0])
    #expect(try ledger.lines("SELECT DISTINCT source FROM run_detail") == ["cloud"])
    try await ledger.harvest(VendorAnswer(), at: "2026-01-15T13:00:00Z", source: .production)
    #expect(throws: SourceError.nameTaken("cloud")) { try ledger.renameSource("production", to: "cloud", now: now) }
    #expect(throws: SourceError.unknown("x", known: ["cloud", "production"])) {
      try ledger.renameSource("x", to: "y", now: now)
    }
  }

  @Test("a long id is one runner's, whenever it is said to have been made")
  func twinWithLongID() async throws {
    let id = "a1b2c3d4-e5f6-7890-abcd-ef1234567890"
    try await ledger.harvest(VendorAnswer([make(runner: id)]), at: "2026-01-15T12:00:00Z")
    let saver = try HarvestSaver(
      ledger: ledger, source: SourceSettings(name: "cloud", vendor: .nodion, currency: "EUR"),
      clock: { Instant(milliseconds: 1_770_000_000_000) })
    for created in [nil, try instant("2026-01-01T00:00:00Z")] {
      var runner = make(runner: id)
      runner.createdAt = created
      #expect(try await saver.findTwin(of: [runner]) == SourceTwin(source: "production", runners: [id]))
    }
    try await saver.withdraw()
  }

  @Test("runners under another name of their source are recognised by their ids and creation")
  func twin() async throws {
    try await ledger.harvest(first(), at: "2026-01-15T12:00:00Z")
    let saver = try HarvestSaver(
      ledger: ledger, source: SourceSettings(name: "cloud", vendor: .nodion, currency: "USD"),
      clock: { Instant(milliseconds: 1_770_000_000_000) })
    var other = make(runner: "index")
    other.createdAt = try instant("2026-01-01T00:00:00Z")
    #expect(try await saver.findTwin(of: [make(runner: "mail"), other]) == nil)
    let twin = try await saver.findTwin(of: [make(runner: "backup"), other])
    #expect(twin == SourceTwin(source: "production", runners: ["backup"]))
    #expect(try ledger.lines("SELECT name FROM source ORDER BY source_id") == ["production", "cloud"])
    try await saver.withdraw()
    #expect(try ledger.lines("SELECT name FROM source") == ["production"])
    #expect(try ledger.lines("SELECT count(*) FROM harvest") == ["1"])
    #expect(try ledger.problems() == [])
  }
}
