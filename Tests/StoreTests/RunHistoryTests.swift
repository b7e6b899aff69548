import Harvest
import Runs
import Store
import TestSupport
import Testing

/// Runs that change, come twice, vanish and come back.
@Suite struct RunHistoryTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  /// `id status ended missing sequence`
  private func runs() throws -> [String] {
    try ledger.lines(
      """
      SELECT external_id || ' ' || status, strftime('%d %H:%M:%S', ended_at / 1000, 'unixepoch') AS ended,
        strftime('%d', missing_since / 1000, 'unixepoch') AS missing, sequence
      FROM run ORDER BY external_id
      """)
  }

  private func versions() throws -> [String] {
    try ledger.lines(
      """
      SELECT external_id || ' ' || version.status, strftime('%d %H:%M:%S', version.ended_at / 1000, 'unixepoch'),
        version.sequence, replaced_by
      FROM run_version AS version JOIN run USING (run_id) ORDER BY run_version_id
      """)
  }

  private func tally() throws -> [String] {
    try ledger.lines("SELECT day - 20468, outcome, runs, timed_runs, runtime, billed FROM run_day")
  }

  @Test("a changed run keeps the state it had, with the visits that saw it first and saw it replaced")
  func changed() async throws {
    try await ledger.harvest(
      VendorAnswer(make(openRun: "r1", started: "2026-01-15T10:00:00Z")), at: "2026-01-15T11:00:00Z")
    #expect(try tally() == [])
    let counts = try await ledger.harvest(
      VendorAnswer(make(run: "r1", completed: "2026-01-15T12:00:00Z")), at: "2026-01-15T13:00:00Z")
    #expect([counts.newRuns, counts.changedRuns] == [0, 1])
    #expect(try runs() == ["r1 succeeded | 15 12:00:00 | – | 2"])
    #expect(try versions() == ["r1 running | – | 1 | 2"])
    #expect(try tally() == ["0 | 2 | 1 | 1 | 7200000 | 7200000"])
    #expect(try ledger.problems() == [])
  }

  @Test("a sign of life of an open run is no news, and a changed finished run is")
  func signsOfLife() async throws {
    var open = try make(openRun: "r1", started: "2026-01-15T10:00:00Z")
    var counts: [Int] = []
    for hour in ["11", "12", "13"] {
      open.updatedAt = try instant("2026-01-15T\(hour):00:00Z")
      counts.append(try await ledger.harvest(VendorAnswer(open), at: "2026-01-15T\(hour):00:01Z").changedRuns)
    }
    for hour in ["13", "14"] {
      let finished = try make(run: "r1", completed: "2026-01-15T13:00:00Z", updated: "2026-01-15T\(hour):00:00Z")
      counts.append(try await ledger.harvest(VendorAnswer(finished), at: "2026-01-15T\(hour):30:00Z").changedRuns)
    }
    #expect(counts == [0, 0, 0, 1, 1])
    #expect(try versions() == ["r1 running | – | 1 | 4", "r1 succeeded | 15 13:00:00 | 4 | 5"])
  }

  @Test("hazard 9: a finished run that runs again leaves the tally, and comes back with its new end")
  func reopened() async throws {
    try await ledger.harvest(
      VendorAnswer(make(run: "r1", completed: "2026-01-15T12:00:00Z")), at: "2026-01-15T13:00:00Z")
    try await ledger.harvest(
      VendorAnswer(make(openRun: "r1", started: "2026-01-15T10:00:00Z")), at: "2026-01-15T14:00:00Z")
    #expect(try tally() == [])
    #expect(try ledger.problems() == [])
    try await ledger.harvest(
      VendorAnswer(make(run: "r1", "failed", completed: "2026-01-16T01:00:00Z", exit: 2)), at: "2026-01-16T13:00:00Z")
    #expect(try runs() == ["r1 failed | 16 01:00:00 | – | 3"])
    #expect(try versions() == ["r1 succeeded | 15 12:00:00 | 1 | 2", "r1 running | – | 2 | 3"])
    // It ran for 15 hours, so past its timeout of an hour; but exit code 2 says it failed by itself.
    #expect(try tally() == ["0 | 3 | 0 | 0 | 0 | 50400000", "1 | 3 | 1 | 1 | 54000000 | 3600000"])
    #expect(try ledger.problems() == [])
  }

  @Test("a run that a list names twice counts once, as the list names it last")
  func duplicates() async throws {
    let counts = try await ledger.harvest(
      VendorAnswer(
        make(run: "r1", "failed", exit: 1), make(run: "r2"), make(run: "r1", completed: "2026-01-15T10:10:00Z")),
      at: "2026-01-16T00:00:00Z")
    #expect([counts.newRuns, counts.changedRuns] == [2, 0])
    #expect(try runs() == ["r1 succeeded | 15 10:10:00 | – | 1", "r2 succeeded | 15 10:04:30 | – | 1"])
    #expect(try versions() == [])
    #expect(try tally() == ["0 | 2 | 2 | 2 | 870000 | 870000"])

    // Changed twice within one visit: one state was replaced.
    let again = try await ledger.harvest(
      VendorAnswer(make(run: "r1", "failed", exit: 1), make(run: "r2"), make(run: "r1", "failed", exit: 2)),
      at: "2026-01-17T00:00:00Z")
    #expect([again.newRuns, again.changedRuns] == [0, 1])
    #expect(try versions() == ["r1 succeeded | 15 10:10:00 | 1 | 2"])
    #expect(try ledger.problems() == [])
  }

  @Test("a run that a complete list lacks is missing since then, counts on, and is found again")
  func missing() async throws {
    let both = try VendorAnswer(make(run: "r1"), make(run: "r2"))
    try await ledger.harvest(both, at: "2026-01-16T00:00:00Z")
    let tally = try tally()
    for time in ["2026-01-17T00:00:00Z", "2026-01-18T00:00:00Z"] {
      try await ledger.harvest(VendorAnswer(make(run: "r2")), at: time)
      #expect(try runs() == ["r1 succeeded | 15 10:04:30 | 17 | 1", "r2 succeeded | 15 10:04:30 | – | 1"])
    }
    #expect(try self.tally() == tally)
    try await ledger.harvest(both, at: "2026-01-19T00:00:00Z")
    #expect(try runs() == ["r1 succeeded | 15 10:04:30 | – | 1", "r2 succeeded | 15 10:04:30 | – | 1"])
    #expect(try versions() == [])
  }

  @Test("hazard 13: a list that broke off says nothing of what it lacks")
  func brokenList() async throws {
    try await ledger.harvest(VendorAnswer(make(run: "r1"), make(run: "r2")), at: "2026-01-16T00:00:00Z")
    var answer = try VendorAnswer(make(run: "r2"))
    answer.brokenLists = ["backup"]
    try await ledger.harvest(answer, at: "2026-01-17T00:00:00Z")
    #expect(try runs() == ["r1 succeeded | 15 10:04:30 | – | 1", "r2 succeeded | 15 10:04:30 | – | 1"])
  }

  @Test("what a killed visit of the same writer saw is not taken for seen by the next")
  func missingAfterAKilledVisit() async throws {
    let both = try VendorAnswer(make(run: "r1"), make(run: "r2"))
    try await ledger.harvest(both, at: "2026-01-16T00:00:00Z", until: .batches(1))
    try await ledger.harvest(VendorAnswer(make(run: "r2")), at: "2026-01-17T00:00:00Z")
    #expect(try runs() == ["r1 succeeded | 15 10:04:30 | 17 | 1", "r2 succeeded | 15 10:04:30 | – | 1"])
  }

  @Test("two sources visited at once by one writer do not see each other's runs")
  func twoSourcesAtOnce() async throws {
    let time = try instant("2026-01-16T00:00:00Z")
    let other = SourceSettings(name: "staging", vendor: .nodion, currency: "EUR")
    let first = try HarvestSaver(ledger: ledger, source: .production, clock: { time })
    let second = try HarvestSaver(ledger: ledger, source: other, clock: { time })
    for saver in [first, second] { try await saver.save(runners: [make(runner: "backup")], isComplete: true) }
    for saver in [first, second] { try await saver.save(runs: [make(run: "r1")], of: "backup") }
    for saver in [first, second] {
      try await saver.close(ResourceReading(resource: .runners, requests: 1, rows: 1, isComplete: true))
      try await saver.close(
        ResourceReading(resource: .runs(runner: "backup"), requests: 1, rows: 1, isComplete: true))
      _ = try await saver.finish()
    }
    #expect(
      try ledger.lines("SELECT source, runner, run_external_id FROM run_detail ORDER BY 1") == [
        "production | Backup | r1", "staging | Backup | r1",
      ])
    #expect(try ledger.lines("SELECT count(*) FROM run WHERE missing_since IS NOT NULL") == ["0"])
    #expect(try ledger.problems() == [])
  }

  @Test("hazard 7: a finished run that never started has no runtime, and counts where it finished")
  func neverStarted() async throws {
    try await ledger.harvest(
      VendorAnswer(
        make(
          run: "r1", "failed", created: "2026-01-15T10:00:00Z", started: nil, completed: "2026-01-15T10:05:00Z",
          exit: nil)),
      at: "2026-01-16T00:00:00Z")
    #expect(
      try ledger.lines("SELECT * FROM run_day") == ["20468 | 1 | 1 | 1 | 1 | 4 | 1 | 0 | 0 | 0 | 0 | 0 | 1"])
    #expect(try ledger.problems() == [])
  }

  @Test("hazard 8: a run that ended before it started counts as having no length, and keeps its instants")
  func negative() async throws {
    try await ledger.harvest(
      VendorAnswer(make(run: "r1", started: "2026-01-15T10:00:00Z", completed: "2026-01-15T09:00:00Z")),
      at: "2026-01-16T00:00:00Z")
    #expect(try tally() == ["0 | 2 | 1 | 1 | 0 | 0"])
    #expect(
      try ledger.lines("SELECT started_at - completed_at, ended_at - completed_at FROM run") == ["3600000 | 0"])
    #expect(try ledger.problems() == [])
  }

  @Test("a status that nobody knows is kept and open, until it names an end")
  func unknownStatus() async throws {
    try await ledger.harvest(VendorAnswer(make(run: "r1", "hibernating", completed: nil)), at: "2026-01-16T00:00:00Z")
    #expect(try tally() == [])
    try await ledger.harvest(VendorAnswer(make(run: "r1", "hibernating")), at: "2026-01-17T00:00:00Z")
    #expect(try tally() == ["0 | 8 | 1 | 1 | 270000 | 270000"])
    #expect(try runs() == ["r1 hibernating | 15 10:04:30 | – | 2"])
  }

  @Test("a finished run ends at its completion, else at its last update, else when it was first seen finished")
  func ends() async throws {
    let answer = try VendorAnswer(
      make(run: "r1", completed: "2026-01-15T10:04:30Z", updated: "2026-01-15T11:00:00Z"),
      make(run: "r2", completed: nil, updated: "2026-01-15T11:00:00Z"), make(run: "r3", completed: nil))
    for time in ["2026-01-16T00:00:00Z", "2026-01-17T00:00:00Z"] { try await ledger.harvest(answer, at: time) }
    #expect(
      try runs() == [
        "r1 succeeded | 15 10:04:30 | – | 1", "r2 succeeded | 15 11:00:00 | – | 1",
        "r3 succeeded | 16 00:00:00 | – | 1",
      ])
    #expect(try ledger.problems() == [])
  }

  @Test("runs of a runner that was not saved are refused")
  func unknownRunner() async throws {
    let time = try instant("2026-01-16T00:00:00Z")
    let saver = try HarvestSaver(ledger: ledger, source: .production, clock: { time })
    await #expect(
      throws: LedgerError.database(
        action: "saving runs", reason: "the runner backup was not saved before its runs")
    ) {
      try await saver.save(runs: [make(run: "r1")], of: "backup")
      try await saver.write()
    }
  }
}
