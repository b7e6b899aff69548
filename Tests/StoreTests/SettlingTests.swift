import Runs
import TestSupport
import Testing

@testable import Store

/// Rulings on runs that their vendor never ended: what they make of a run, how long they hold, what stays of them.
@Suite struct SettlingTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  /// A run that started on 30 January and is open at every visit, the last one on 3 February; its timeout is ten hours.
  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
    try await visit("2026-01-30T12:00:00Z")
    try await visit("2026-02-03T00:00:00Z")
  }

  private func visit(_ time: String, timeout: Int64? = 36_000, _ runs: RunRecord...) async throws {
    let all =
      runs.isEmpty ? [try make(openRun: "stuck-1", started: "2026-01-30T10:00:00Z"), try make(run: "r1")] : runs
    try await ledger.harvest(
      VendorAnswer([make(runner: "backup", timeout: timeout)], runs: ["backup": all]), at: time)
  }

  @discardableResult
  private func settle(_ ruling: Ruling, _ because: String? = "the host was gone", run: String = "stuck-1") throws
    -> Settlement
  {
    try ledger.settle(
      run: run, source: "production", as: ruling, by: "ops", because: because, now: instant("2026-02-04T08:00:00Z"))
  }

  private func refusal(_ ruling: Ruling, run: String = "stuck-1") throws -> String {
    let before = try ledger.domainTables()
    let error = #expect(throws: SettlementError.self) { try settle(ruling, run: run) }
    #expect(try ledger.domainTables() == before)
    return "\(try #require(error))"
  }

  /// `status | outcome | inferred | ended`
  private func state() throws -> [String] {
    try ledger.lines(
      "SELECT status, outcome, outcome_inferred, ended_at FROM run_detail WHERE run_external_id = 'stuck-1'")
  }

  @Test("a run that is said to have ended is billed until then, with the outcome unknown, and holds no month open")
  func ended() throws {
    let end = try instant("2026-01-31T10:00:00Z")
    #expect(try ledger.lines("SELECT at FROM settled_until") == ["\(try instant("2026-01-30T10:00:00Z").milliseconds)"])
    let reference = RunReference(source: "production", runner: "Backup", runnerID: "backup", runID: "stuck-1")
    #expect(try settle(.ended(end)) == Settlement(run: reference, ruling: .ended(end), endedAt: end))
    #expect(try state() == ["running | unknown | 1 | 2026-01-31T10:00:00.000Z"])
    #expect(
      try ledger.lines("SELECT sum(runs), sum(billed) FROM run_day WHERE outcome = 8 GROUP BY day ORDER BY day") == [
        "0 | 50400000", "1 | 36000000",
      ])
    #expect(try ledger.lines("SELECT at FROM settled_until") == ["\(try instant("2026-02-03T00:00:00Z").milliseconds)"])
    #expect(
      try ledger.lines("SELECT kind, note FROM sequence ORDER BY sequence DESC LIMIT 1") == [
        "settlement | run 1: ended, at 2026-01-31T10:00:00.000Z, by ops: the host was gone"
      ])
    #expect(try ledger.lines("SELECT run_id, ended_at FROM run_version") == ["1 | –"])
    #expect(try ledger.problems() == [])
  }

  @Test("a run that never ended ends at its last sign of life: the last complete list with it, never past its timeout")
  func neverEnded() async throws {
    #expect(try settle(.neverEnded).endedAt == (try instant("2026-01-30T20:00:00Z")))
    // Without a timeout the last complete list that had it says so, and a broken one nothing.
    let free = try Ledger.make(in: folder, name: "free.sqlite")
    var answer = VendorAnswer(
      [make(runner: "backup", timeout: nil)],
      runs: ["backup": [try make(openRun: "stuck-1", started: "2026-01-30T10:00:00Z")]])
    try await free.harvest(answer, at: "2026-01-30T12:00:00Z")
    try await free.harvest(answer, at: "2026-01-31T12:00:00Z")
    answer.runs = [:]
    answer.brokenLists = ["backup"]
    try await free.harvest(answer, at: "2026-02-01T12:00:00Z")
    answer.brokenLists = []
    try await free.harvest(answer, at: "2026-02-02T12:00:00Z")
    try await free.harvest(answer, at: "2026-02-03T12:00:00Z")
    let settlement = try free.settle(
      run: "stuck-1", source: "production", as: .neverEnded, by: "ops", now: instant("2026-02-04T08:00:00Z"))
    #expect(settlement.endedAt == (try instant("2026-01-31T12:00:00Z")))
    #expect(try free.problems() == [])
  }

  @Test("a run that never started has no runtime and no cost after a ruling either")
  func neverStarted() async throws {
    let pending = try make(openRun: "pending-1", started: nil, created: "2026-02-02T10:00:00Z")
    try await visit("2026-02-03T06:00:00Z", pending)
    #expect(try settle(.neverEnded, run: "pending-1").endedAt == (try instant("2026-02-03T06:00:00Z")))
    #expect(
      try ledger.lines("SELECT runs, timed_runs, billed FROM run_day WHERE outcome = 8") == ["1 | 0 | 0"])
  }

  @Test("a ruling stands while the vendor says the same, also of other instants of its updates")
  func stands() async throws {
    try settle(.neverEnded)
    let before = try ledger.domainTables()
    try await visit("2026-02-05T00:00:00Z")
    var updated = try make(openRun: "stuck-1", started: "2026-01-30T10:00:00Z")
    updated.updatedAt = try instant("2026-02-05T10:00:00Z")
    try await visit("2026-02-06T00:00:00Z", updated, make(run: "r1"))
    #expect(try ledger.domainTables() == before)
  }

  @Test("any later word of the vendor replaces a ruling, and what was ruled is no part of it")
  func overtaken() async throws {
    try settle(.ended(instant("2026-01-31T10:00:00Z")))
    // It gives no end: so it ended when it was first seen so.
    try await visit(
      "2026-02-05T00:00:00Z",
      make(run: "stuck-1", "failed", started: "2026-01-30T10:00:00Z", completed: nil, exit: 1), make(run: "r1"))
    #expect(try state() == ["failed | failure | 0 | 2026-02-05T00:00:00.000Z"])
    #expect(
      try ledger.lines("SELECT outcome, ended_at IS NULL FROM run_version ORDER BY run_version_id") == [
        "1 | 1", "8 | 0",
      ])
    #expect(try ledger.problems() == [])
    #expect(
      try refusal(.takenBack)
        == "stuck-1 of Backup (backup), production has ended, at 2026-02-05T00:00:00.000Z: its vendor says so")
    // Another status that is open too is a later word as well.
    let open = try make(run: "stuck-1", "pending", started: "2026-01-30T10:00:00Z", completed: nil, exit: nil)
    try await visit("2026-02-06T00:00:00Z", open, make(run: "r1"))
    try settle(.neverEnded)
    try await visit("2026-02-07T00:00:00Z")
    #expect(try state() == ["running | running | 0 | –"])
  }

  @Test("a ruling is replaced by another one, and taken back")
  func again() throws {
    try settle(.neverEnded)
    try settle(.ended(instant("2026-02-01T00:00:00Z")))
    #expect(try state() == ["running | unknown | 1 | 2026-02-01T00:00:00.000Z"])
    #expect(try settle(.neverEnded).endedAt == (try instant("2026-01-30T20:00:00Z")))
    #expect(try settle(.takenBack, nil).endedAt == nil)
    #expect(try state() == ["running | running | 0 | –"])
    #expect(
      try ledger.lines("SELECT ruling, because FROM settlement ORDER BY settlement_id") == [
        "never-ended | the host was gone", "ended | the host was gone", "never-ended | the host was gone",
        "taken-back | –",
      ])
    #expect(try ledger.lines("SELECT * FROM run_day WHERE outcome = 8") == [])
    #expect(try ledger.problems() == [])
  }

  @Test("what cannot be so is refused, and changes nothing")
  func refused() throws {
    let run = "stuck-1 of Backup (backup), production"
    #expect(
      try refusal(.ended(instant("2026-01-30T09:59:59.999Z")))
        == "\(run) cannot have ended at 2026-01-30T09:59:59.999Z: it began at 2026-01-30T10:00:00.000Z")
    #expect(
      try refusal(.ended(instant("2026-02-03T00:00:00.001Z")))
        == "\(run) cannot be said to have ended at 2026-02-03T00:00:00.001Z: the ledger's now is "
        + "2026-02-03T00:00:00.000Z")
    #expect(try refusal(.takenBack) == "no ruling on \(run) is in force")
    #expect(throws: RunSearchError.self) { try settle(.neverEnded, run: "nowhere") }
    #expect(
      try refusal(.neverEnded, run: "r1")
        == "r1 of Backup (backup), production has ended, at 2026-01-15T10:04:30.000Z: its vendor says so")
  }

  @Test("a ruling on a run of a closed month is a correction of it")
  func correction() throws {
    let january = try #require(Month("2026-01"))
    _ = try ledger.closeMonth(january, force: true, now: instant("2026-02-04T07:00:00Z"))
    try settle(.ended(instant("2026-01-30T11:00:00Z")))
    #expect(
      try ledger.lines("SELECT discovered, month, runs, billed FROM correction") == ["2026-02 | 2026-01 | 1 | 3600000"])
  }

  @Test("rulings and runs that were changed afterwards are found")
  func tampered() async throws {
    try settle(.neverEnded)
    func problems(_ sql: String) async throws -> [String] {
      try await ledger.database.writeWithoutTransaction { try $0.execute(sql: sql) }
      return try ledger.problems()
    }
    #expect(
      try await problems("UPDATE settlement SET because = 'nothing'") == [
        "settlement of run 1: its event says otherwise"
      ])
    #expect(try await problems("UPDATE settlement SET because = 'the host was gone'") == [])
    #expect(
      try await problems("UPDATE settlement SET ended_at = ended_at + 1").contains(
        "settlement of run 1: the run is not as it was ruled"))
    #expect(try await problems("DELETE FROM settlement") == ["1 settlement of which only the event is left"])
  }

  @Test("what a run hangs on includes who ruled on it and why")
  func explained() throws {
    try settle(.neverEnded)
    let explanation = try ledger.read { try $0.explain(run: "stuck-1", vendors: []) }
    let settlement = try #require(explanation.settlements.first)
    #expect(explanation.settlements.count == 1)
    #expect(explanation.end == .settled(settlement))
    #expect(explanation.outcomeRule == .settled(settlement))
    #expect((settlement.ruling, settlement.saidBy, settlement.because) == (.neverEnded, "ops", "the host was gone"))
    #expect(explanation.superseded.map(\.replacedBy.kind) == ["settlement"])
    try settle(.takenBack)
    let open = try ledger.read { try $0.explain(run: "stuck-1", vendors: []) }
    #expect((open.end, open.settlements.count) == (.open, 2))
  }
}
