import Runs
import Store
import TestSupport
import Testing

/// Rulings on runs beside what else is done to their source: a visit that is taken back, another name, another runner.
@Suite struct SettledVisitTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  /// A run that is open at two visits.
  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
    try await visit("2026-01-15T12:00:00Z")
    try await visit("2026-01-16T12:00:00Z")
  }

  private let now = Instant(milliseconds: 1_770_000_000_000)

  private func visit(
    _ time: String, _ runs: RunRecord..., source: SourceSettings = .production, runner: String = "backup"
  ) async throws {
    let all = runs.isEmpty ? [try make(openRun: "stuck-1", started: "2026-01-15T10:00:00Z")] : runs
    try await ledger.harvest(
      VendorAnswer([make(runner: runner, timeout: nil)], runs: [runner: all]), at: time, source: source)
  }

  private func settle(_ ruling: Ruling, source: String = "production", run: String = "stuck-1") throws {
    _ = try ledger.settle(run: run, source: source, as: ruling, by: "ops", now: now)
  }

  private func takeBack() throws { _ = try ledger.takeBackVisit(to: "production", now: now) }

  private func refusal() throws -> SourceError {
    let before = try ledger.domainTables()
    let error = #expect(throws: SourceError.self) { try takeBack() }
    #expect(try ledger.domainTables() == before)
    return try #require(error)
  }

  private func ruled(_ run: String, visit: String, isForEver: Bool) throws -> SourceError {
    .ruledSince(
      RunReference(source: "production", runner: "Backup", runnerID: "backup", runID: run), visit: try instant(visit),
      isForEver: isForEver)
  }

  /// `outcome | ended`
  private func states() throws -> [String] {
    try ledger.lines("SELECT outcome, ended_at FROM run_detail ORDER BY run_external_id")
  }

  @Test("a visit is not taken back from under a ruling that may rest on it; without the ruling it is")
  func inForce() throws {
    try settle(.neverEnded)
    #expect(try states() == ["unknown | 2026-01-16T12:00:00.000Z"])
    #expect(try refusal() == ruled("stuck-1", visit: "2026-01-16T12:00:00Z", isForEver: false))
    try settle(.takenBack)
    try takeBack()
    #expect(try states() == ["running | –"])
    try settle(.neverEnded)
    #expect(try states() == ["unknown | 2026-01-15T12:00:00.000Z"])
    #expect(try ledger.problems() == [])
  }

  @Test("a visit that told the run, or changed it, as it was ruled on stays")
  func told() async throws {
    try await visit(
      "2026-01-17T12:00:00Z", make(openRun: "stuck-1", started: "2026-01-15T11:00:00Z"),
      make(openRun: "new", started: "2026-01-17T11:00:00Z"))
    for run in ["stuck-1", "new"] {
      try settle(.neverEnded, run: run)
      #expect(try refusal() == ruled(run, visit: "2026-01-17T12:00:00Z", isForEver: true))
      try settle(.takenBack, run: run)
      #expect(try refusal() == ruled(run, visit: "2026-01-17T12:00:00Z", isForEver: true))
    }
  }

  @Test("a ruling that was replaced by a visit is in force again when the visit is taken back")
  func replaced() async throws {
    try settle(.ended(instant("2026-01-15T11:00:00Z")))
    let tables = try ledger.domainTables()
    try await visit("2026-01-17T12:00:00Z", make(run: "stuck-1", completed: "2026-01-15T12:00:00Z"))
    #expect(try states() == ["success | 2026-01-15T12:00:00.000Z"])
    try takeBack()
    #expect(try states() == ["unknown | 2026-01-15T11:00:00.000Z"])
    #expect(try ledger.domainTables() == tables)
    #expect(try ledger.problems() == [])
    try await visit("2026-01-18T12:00:00Z")
    #expect(try states() == ["unknown | 2026-01-15T11:00:00.000Z"])
  }

  @Test("a ruling on a run of another source keeps no visit")
  func otherSource() async throws {
    let staging = SourceSettings(name: "staging", vendor: .nodion, currency: "EUR")
    try await visit(
      "2026-01-16T12:00:00Z", make(openRun: "other", started: "2026-01-15T10:00:00Z"), source: staging)
    try settle(.neverEnded, source: "staging", run: "other")
    try takeBack()
    #expect(try ledger.problems() == [])
  }

  @Test("a source that is renamed keeps its rulings, which hold at the next visit")
  func renamed() async throws {
    try settle(.neverEnded)
    try ledger.renameSource("production", to: "cloud", now: now)
    let cloud = SourceSettings(name: "cloud", vendor: .nodion, currency: "EUR")
    try await visit("2026-01-17T12:00:00Z", source: cloud)
    #expect(try states() == ["unknown | 2026-01-16T12:00:00.000Z"])
    try settle(.takenBack, source: "cloud")
    #expect(try states() == ["running | –"])
    #expect(try ledger.problems() == [])
  }

  @Test("a run that comes under another runner is a later word of its vendor, and open again")
  func moved() async throws {
    let mesh = SourceSettings(name: "agents", vendor: .agentsMesh, currency: "EUR")
    let pod = try make(openRun: "pod-1", started: "2026-01-15T10:00:00Z")
    func visit(_ time: String, _ one: [RunRecord], _ two: [RunRecord]) async throws {
      try await ledger.harvest(
        VendorAnswer([make(runner: "1", timeout: nil), make(runner: "2", timeout: nil)], runs: ["1": one, "2": two]),
        at: time, source: mesh)
    }
    func pods() throws -> [String] {
      try ledger.lines(
        """
        SELECT runner.external_id, run_detail.outcome, run_detail.ended_at
        FROM run_detail JOIN run USING (run_id) JOIN runner ON runner.runner_id = run.runner_id
        WHERE run.external_id = 'pod-1'
        """)
    }
    try await visit("2026-01-16T12:00:00Z", [pod], [])
    try settle(.neverEnded, source: "agents", run: "pod-1")
    try await visit("2026-01-17T12:00:00Z", [pod], [])
    #expect(try pods() == ["1 | unknown | 2026-01-16T12:00:00.000Z"])
    try await visit("2026-01-18T12:00:00Z", [], [pod])
    #expect(try pods() == ["2 | running | –"])
    #expect(try ledger.lines("SELECT * FROM run_day WHERE outcome = 8") == [])
    #expect(try ledger.problems() == [])
  }
}
