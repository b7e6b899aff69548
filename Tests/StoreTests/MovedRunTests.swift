import Harvest
import Runs
import Store
import TestSupport
import Testing

/// Pods that come under another runner than before: each is one run.
@Suite struct MovedRunTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  private static let mesh = SourceSettings(name: "agents", vendor: .agentsMesh, currency: "EUR")

  private func visit(_ one: [RunRecord], _ two: [RunRecord], at time: String) async throws -> HarvestCounts {
    try await ledger.harvest(
      VendorAnswer([make(runner: "1"), make(runner: "2")], runs: ["1": one, "2": two]), at: time, source: Self.mesh)
  }

  private func runs() throws -> [String] {
    try ledger.lines(
      """
      SELECT run.external_id, runner.external_id, status, run.missing_since FROM run JOIN runner USING (runner_id)
      ORDER BY run.external_id, runner.external_id
      """)
  }

  private func counted() throws -> [String] {
    try ledger.lines(
      """
      SELECT external_id, sum(runs), sum(billed) FROM run_day JOIN runner USING (runner_id)
      GROUP BY runner_id ORDER BY external_id
      """)
  }

  @Test("a run that moves takes its time along, and counts once")
  func moves() async throws {
    let run = try make(run: "k", "completed")
    _ = try await visit([run], [], at: "2026-01-15T12:00:00Z")
    let counts = try await visit([], [run], at: "2026-01-15T13:00:00Z")
    #expect([counts.newRuns, counts.changedRuns] == [0, 1])
    #expect(try runs() == ["k | 2 | completed | –"])
    #expect(try counted() == ["2 | 1 | 270000"])
    #expect(try ledger.problems() == [])
    let again = try await visit([], [run], at: "2026-01-15T14:00:00Z")
    #expect([again.newRuns, again.changedRuns] == [0, 0])
    _ = try await visit([run], [], at: "2026-01-15T15:00:00Z")
    #expect(try counted() == ["1 | 1 | 270000"])
    #expect(try ledger.problems() == [])
  }

  @Test("a run goes back to its runner with the visit in which it moved")
  func takenBack() async throws {
    let run = try make(run: "k", "completed")
    _ = try await visit([run], [], at: "2026-01-15T12:00:00Z")
    let tables = try ledger.domainTables()
    _ = try await visit([], [run], at: "2026-01-15T13:00:00Z")
    _ = try ledger.takeBackVisit(to: Self.mesh.name, now: instant("2026-01-15T14:00:00Z"))
    #expect(try ledger.domainTables() == tables)
    #expect(try ledger.problems() == [])
  }

  @Test("an open run may move and end at once")
  func ends() async throws {
    _ = try await visit([make(openRun: "k", started: "2026-01-15T10:00:00Z")], [], at: "2026-01-15T12:00:00Z")
    _ = try await visit([], [make(run: "k", "completed")], at: "2026-01-15T13:00:00Z")
    #expect(try runs() == ["k | 2 | completed | –"])
    #expect(try counted() == ["2 | 1 | 270000"])
    #expect(try ledger.problems() == [])
  }

  @Test("a run in the lists of two runners at once is one, also at the first visit")
  func both() async throws {
    let run = try make(run: "k", "completed")
    for hour in 12...13 {
      let counts = try await visit([run], [run], at: "2026-01-15T\(hour):00:00Z")
      #expect(counts.newRuns == (hour == 12 ? 1 : 0))
      #expect(try runs() == ["k | 1 | completed | –"])
      #expect(try counted() == ["1 | 1 | 270000"])
      #expect(try ledger.problems() == [])
    }
  }

  @Test("runs of a vendor whose ids hold under their runner alone are two")
  func nodion() async throws {
    let run = try make(run: "1")
    try await ledger.harvest(
      VendorAnswer([make(runner: "1"), make(runner: "2")], runs: ["1": [run], "2": [run]]), at: "2026-01-15T12:00:00Z")
    #expect(try counted() == ["1 | 1 | 270000", "2 | 1 | 270000"])
  }
}
