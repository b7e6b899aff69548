import Runs
import Store
import TestSupport
import Testing

/// What a visit writes, and what it leaves alone.
@Suite struct SavingTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  @Test("a first visit saves runners, prices, runs and their tally")
  func firstVisit() async throws {
    let counts = try await ledger.harvest(
      VendorAnswer(
        make(run: "r1"),
        make(run: "r2", "failed", started: "2026-01-15T12:00:00Z", completed: "2026-01-15T12:02:15Z", exit: 1),
        make(openRun: "r3", started: "2026-01-15T13:00:00Z")
      ), at: "2026-01-16T00:00:00Z")

    var expected = HarvestCounts()
    expected.requests = 2
    expected.runners = 1
    expected.runs = 3
    expected.newRuns = 3
    #expect(counts == expected)
    #expect(
      try ledger.lines("SELECT status, outcome, exit_code, ended_at IS NULL, sequence FROM run") == [
        "succeeded | 2 | 0 | 0 | 1", "failed | 3 | 1 | 0 | 1", "running | 1 | – | 1 | 1",
      ])
    // 2026-01-15 is day 20468. 270 s of success, 135 s of failure; each waited 10 s.
    #expect(
      try ledger.lines("SELECT * FROM run_day") == [
        "20468 | 1 | 1 | 1 | 1 | 2 | 1 | 1 | 270000 | 1 | 10000 | 270000 | 1",
        "20468 | 1 | 1 | 1 | 1 | 3 | 1 | 1 | 135000 | 1 | 10000 | 135000 | 1",
      ])
    #expect(
      try ledger.lines("SELECT price_second, currency, origin FROM price WHERE price_id <> 0") == [
        "0.0000019 | EUR | observed"
      ])
    #expect(try ledger.problems() == [])
  }

  @Test("the same answer again changes no row but the harvest log")
  func again() async throws {
    let answer = try VendorAnswer(
      make(run: "r1"), make(openRun: "r2", started: "2026-01-15T13:00:00Z"),
      // Finished, and says nothing of its end: it ended when it was first seen so.
      make(run: "r3", "failed", completed: nil, exit: nil))
    try await ledger.harvest(answer, at: "2026-01-16T00:00:00Z")
    let before = try ledger.domainTables()
    let coverage = try ledger.lines("SELECT * FROM coverage")
    let counts = try await ledger.harvest(answer, at: "2026-01-17T00:00:00Z")
    #expect(try ledger.domainTables() == before)
    #expect(try ledger.lines("SELECT * FROM coverage") == coverage)
    #expect([counts.newRuns, counts.changedRuns] == [0, 0])
    #expect(try ledger.lines("SELECT count(*) FROM harvest") == ["2"])
    #expect(try ledger.problems() == [])
  }
}
