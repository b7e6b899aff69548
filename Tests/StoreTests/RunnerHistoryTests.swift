import Runs
import Store
import TestSupport
import Testing

/// Runners as they change: settings, machine sizes, regions, states, absence.
@Suite struct RunnerHistoryTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  /// `name | timeout | type | region | valid from | unsure from`, the instants as days and hours of January.
  private func versions() throws -> [String] {
    try ledger.lines(
      """
      SELECT version.name, version.timeout_seconds, instance_type.external_id AS type, region.external_id AS region,
        strftime('%d %H', version.valid_from / 1000, 'unixepoch') AS valid_from,
        strftime('%d %H', version.unsure_from / 1000, 'unixepoch') AS unsure_from
      FROM runner_version AS version JOIN instance_type USING (instance_type_id) LEFT JOIN region USING (region_id)
      ORDER BY version.runner_id, version.valid_from
      """)
  }

  private func missing() throws -> [String] {
    try ledger.lines("SELECT external_id, strftime('%d', missing_since / 1000, 'unixepoch') FROM runner ORDER BY 1")
  }

  @Test("a changed setting opens a version from the visit that saw it, unsure since the last complete sight")
  func changedSettings() async throws {
    try await ledger.harvest(VendorAnswer(), at: "2026-01-10T00:00:00Z")
    var partial = VendorAnswer()
    partial.runnersAreComplete = false
    try await ledger.harvest(partial, at: "2026-01-11T00:00:00Z")
    // A killed visit is no sight either.
    try await ledger.harvest(VendorAnswer(), at: "2026-01-12T00:00:00Z", until: .runnersClosed)
    try await ledger.harvest(
      VendorAnswer([make(runner: "backup", name: "Nightly", timeout: 60)]), at: "2026-01-13T00:00:00Z")
    try await ledger.harvest(
      VendorAnswer([make(runner: "backup", name: "Nightly", timeout: 60, region: RegionRecord(id: "ams", slug: "ams1"))]
      ),
      at: "2026-01-14T00:00:00Z")
    #expect(
      try versions() == [
        "Backup | 3600 | small | fra | 10 00 | –", "Nightly | 60 | small | fra | 13 00 | 10 00",
        "Nightly | 60 | small | ams | 14 00 | 13 00",
      ])
    #expect(try ledger.problems() == [])
  }

  @Test("hazard 11: a runner that a complete list lacks is missing since then, and is found again")
  func missingRunner() async throws {
    let both = VendorAnswer([make(runner: "backup"), make(runner: "index")])
    try await ledger.harvest(both, at: "2026-01-10T00:00:00Z")
    var partial = VendorAnswer([make(runner: "index")])
    partial.runnersAreComplete = false
    try await ledger.harvest(partial, at: "2026-01-11T00:00:00Z")
    #expect(try missing() == ["backup | –", "index | –"])
    for time in ["2026-01-12T00:00:00Z", "2026-01-13T00:00:00Z"] {
      try await ledger.harvest(VendorAnswer([make(runner: "index")]), at: time)
      #expect(try missing() == ["backup | 12", "index | –"])
    }
    try await ledger.harvest(both, at: "2026-01-14T00:00:00Z")
    #expect(try missing() == ["backup | –", "index | –"])
    #expect(try versions().count == 2)
  }

  @Test("a runner that comes back changed is unsure since it was last there, not since it was last looked for")
  func backAndChanged() async throws {
    let type = try make(type: "large", price: "0.000004")
    let away = VendorAnswer([make(runner: "index")])
    try await ledger.harvest(VendorAnswer([make(runner: "backup"), make(runner: "index")]), at: "2026-01-10T00:00:00Z")
    try await ledger.harvest(away, at: "2026-01-11T00:00:00Z")
    try await ledger.harvest(away, at: "2026-01-12T00:00:00Z")
    // Its runs of the time between were tallied before, under the size it had.
    try await ledger.harvest(
      VendorAnswer(
        [make(runner: "backup", type: type), make(runner: "index")], runs: ["backup": [make(run: "r1")]]),
      at: "2026-01-16T00:00:00Z")
    #expect(
      try versions() == [
        "Backup | 3600 | small | fra | 10 00 | –", "Backup | 3600 | large | fra | 16 00 | 10 00",
        "Index | 3600 | small | fra | 10 00 | –",
      ])
    #expect(try ledger.lines("SELECT assumed, billed FROM run_day") == ["1 | 270000"])
    #expect(try ledger.problems() == [])
  }

  @Test("a runner that was never in a complete list is unsure since its version began")
  func neverComplete() async throws {
    var answer = VendorAnswer()
    answer.runnersAreComplete = false
    try await ledger.harvest(answer, at: "2026-01-10T00:00:00Z")
    answer.runners = [make(runner: "backup", timeout: 60)]
    try await ledger.harvest(answer, at: "2026-01-11T00:00:00Z")
    #expect(
      try versions() == ["Backup | 3600 | small | fra | 10 00 | –", "Backup | 60 | small | fra | 11 00 | 10 00"])
  }

  @Test("a runner that a list names twice is one runner, as the list names it last")
  func duplicates() async throws {
    let counts = try await ledger.harvest(
      VendorAnswer([
        make(runner: "backup"), make(runner: "index"), make(runner: "backup", status: "busy", timeout: 60),
        make(runner: "index"),
      ]), at: "2026-01-10T00:00:00Z")
    #expect(counts.runners == 2)
    #expect(
      try versions() == ["Backup | 60 | small | fra | 10 00 | –", "Index | 3600 | small | fra | 10 00 | –"])
    #expect(try ledger.lines("SELECT status FROM runner_sample ORDER BY runner_id") == ["busy", "idle"])
    #expect(try ledger.problems() == [])
  }

  @Test("a list that comes in two answers of one visit is one visit")
  func twoAnswers() async throws {
    let time = try instant("2026-01-10T00:00:00Z")
    let saver = try HarvestSaver(ledger: ledger, source: .production, clock: { time })
    try await saver.save(runners: [make(runner: "backup")], isComplete: false)
    try await saver.save(
      runners: [make(runner: "index"), make(runner: "backup", status: "busy", timeout: 60)], isComplete: true)
    #expect(try missing() == ["backup | –", "index | –"])
    #expect(try ledger.lines("SELECT status FROM runner_sample ORDER BY runner_id") == ["busy", "idle"])
    #expect(try ledger.problems() == [])
  }

  @Test("equal states are one sample, a changed one is another")
  func samples() async throws {
    for (day, status) in [(10, "idle"), (11, "idle"), (12, "busy"), (13, "idle"), (14, nil)] {
      try await ledger.harvest(
        VendorAnswer([make(runner: "backup", status: status)]), at: "2026-01-\(day)T00:00:00Z")
    }
    #expect(
      try ledger.lines("SELECT harvest_id, status FROM runner_sample ORDER BY 1") == [
        "1 | idle", "3 | busy", "4 | idle", "5 | –",
      ])
  }

  @Test("the words of regions and machine sizes follow the vendor without a new version")
  func renamedTypes() async throws {
    try await ledger.harvest(VendorAnswer(), at: "2026-01-10T00:00:00Z")
    let type = try make(type: "small", price: "0.0000019", slug: "s-1")
    try await ledger.harvest(
      VendorAnswer([make(runner: "backup", region: RegionRecord(id: "fra", slug: "fra1", name: "Main"), type: type)]),
      at: "2026-01-11T00:00:00Z")
    #expect(try versions().count == 1)
    #expect(
      try ledger.lines("SELECT region, region_name, instance_type FROM runner_detail") == ["fra1 | Main | s-1"])
  }

  @Test("an outcome that is inferred from the timeout is so by the timeout that held when the run started")
  func timeouts() async throws {
    let run = try make(run: "r1", "failed", completed: "2026-01-15T11:00:00Z", exit: nil)
    try await ledger.harvest(VendorAnswer(run), at: "2026-01-16T00:00:00Z")
    let later = try make(
      run: "r2", "failed", started: "2026-01-18T10:00:00Z", completed: "2026-01-18T11:00:00Z", exit: nil)
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "backup", timeout: 7200), run, later), at: "2026-01-17T00:00:00Z")
    #expect(
      try ledger.lines("SELECT external_id, outcome, outcome_inferred, sequence FROM run") == [
        "r1 | 5 | 1 | 1", "r2 | 4 | 0 | 2",
      ])
  }
}
