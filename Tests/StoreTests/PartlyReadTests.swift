import Runs
import Store
import TestSupport
import Testing

/// Runners and runs of which something could not be read: what was known of them stays.
@Suite struct PartlyReadTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  private func settings() throws -> [String] {
    try ledger.lines("SELECT runner, image, timeout_seconds, instance_type, region FROM runner_detail")
  }

  @Test("a runner keeps its name, size, timeout and the rest, and no new version is written")
  func runner() async throws {
    try await ledger.harvest(VendorAnswer(of: make(runner: "backup")), at: "2026-01-15T06:00:00Z")
    let before = try settings()
    #expect(before == ["Backup | acme/backup:1 | 3600 | small | fra1"])
    var partly = RunnerRecord(id: "backup", name: "backup")
    partly.isPartlyRead = true
    try await ledger.harvest(VendorAnswer(of: partly), at: "2026-01-16T06:00:00Z")
    #expect(try settings() == before)
    #expect(try ledger.lines("SELECT count(*) FROM runner_version") == ["1"])
    // What was read as missing is missing.
    partly.isPartlyRead = false
    try await ledger.harvest(VendorAnswer(of: partly), at: "2026-01-17T06:00:00Z")
    #expect(try settings() == ["backup | – | – | – | –"])
    #expect(try ledger.problems() == [])
  }

  @Test("a finished run keeps its start and its end, and with them its cost")
  func run() async throws {
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "backup"), try make(run: "a")), at: "2026-01-16T06:00:00Z")
    let before = try ledger.domainTables()
    var partly = RunRecord(id: "a", status: "succeeded", updatedAt: try instant("2026-01-15T12:00:00Z"))
    partly.isPartlyRead = true
    try await ledger.harvest(VendorAnswer(of: make(runner: "backup"), partly), at: "2026-01-17T06:00:00Z")
    #expect(try ledger.domainTables()["run_day"] == before["run_day"])
    #expect(
      try ledger.lines(
        "SELECT run.started_at IS NULL, run.completed_at IS NULL, runtime_seconds FROM run JOIN run_detail USING (run_id)"
      )
        == ["0 | 0 | 270.0"])
    #expect(try ledger.problems() == [])
  }

  @Test("a run that ends keeps its start, and its end is what could be read of it")
  func ends() async throws {
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "backup"), try make(openRun: "a", started: "2026-01-15T10:00:00Z")),
      at: "2026-01-15T10:01:00Z")
    var partly = RunRecord(id: "a", status: "failed", exitCode: 1, updatedAt: try instant("2026-01-15T10:02:00Z"))
    partly.isPartlyRead = true
    try await ledger.harvest(VendorAnswer(of: make(runner: "backup"), partly), at: "2026-01-15T11:00:00Z")
    #expect(
      try ledger.lines("SELECT outcome, runtime_seconds FROM run_detail") == ["failure | 120.0"])
  }
}
