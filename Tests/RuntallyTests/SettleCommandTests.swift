import Foundation
import Testing

/// `runtally settle`, and what it leaves behind, as the binary says it.
@Suite struct SettleCommandTests {
  private static let stuckID = "0badc0de-0000-4000-8000-000000000001"

  /// The documented runs, and one that has been running since 20 January.
  private func place() async throws -> Workplace {
    let place = try Workplace()
    let stuck = """
      {
        "id": "\(SettleCommandTests.stuckID)", "status": "running", "exit_code": null,
        "started_at": "2026-01-20T10:00:00.000Z", "completed_at": null,
        "created_at": "2026-01-20T09:59:00.000Z", "updated_at": "2026-01-20T10:00:00.000Z"
      }
      """
    try place.writeBodies(runs: [Bodies.runnerID: [Bodies.firstRun(), Bodies.secondRun(), stuck]])
    #expect(try await place.importBodies().exitCode == 0)
    return place
  }

  private var run: String { "\(SettleCommandTests.stuckID) of Database Backup (\(Bodies.runnerID)), production" }

  @Test("a run that never ended holds its month open until somebody settles it, which explain and reports tell")
  func neverEnded() async throws {
    let place = try await place()
    let refused = try await place.run("close", "2026-01", "--yes", "--force", "--plan")
    #expect(refused.exitCode == 64)
    #expect(
      try await place.run("close", "2026-01", "--plan").err.contains(
        "in the way: 1 run from before its end is still open: production \(SettleCommandTests.stuckID) of Database Backup\n"
      ))
    #expect(
      try await place.run("settle", "production", "0badc0de", "--never-ended", "the host was gone", "--by", "ops")
        == Finished(
          exitCode: 0, out: "",
          // Its timeout is an hour.
          err: "\(run) counts as ended at 2026-01-20T11:00:00.000Z, when it was last known to run\n"))
    let explained = try await place.run("explain", SettleCommandTests.stuckID)
    #expect(
      explained.out.contains(
        "outcome      unknown, inferred: the vendor says running and gives no end; ops ruled that it has ended\n"))
    #expect(explained.out.contains(": the host was gone\n"))
    let json = try await place.run("explain", SettleCommandTests.stuckID, "--format", "json")
    #expect(json.out.contains("\"ended_because\": \"settled\""))
    #expect(json.out.contains("\"ruling\": \"never-ended\""))
    let report = try await place.run("report", "monthly-cost", "--month", "2026-01", "--format", "csv")
    #expect(
      report.err.contains(
        "1 run ended by a ruling: production \(SettleCommandTests.stuckID) of Database Backup (the host was gone)"))
    #expect(try await place.run("close", "2026-01", "--yes").err == "closed 2026-01: 3 runs, 0.0076095\n")
    #expect(try await place.run("verify").exitCode == 0)
  }

  @Test("another ruling, taking it back, and what cannot be are told in a sentence")
  func sentences() async throws {
    let place = try await place()
    func settle(_ words: String) async throws -> Finished {
      try await place.shell("runtally settle production \(SettleCommandTests.stuckID) \(words)")
    }
    #expect(
      try await settle("--ended 2026-01-20T12:00:00+01:00 --why 'seen in its log'").err
        == "\(run) counts as ended at 2026-01-20T11:00:00.000Z\n")
    #expect(try await settle("--take-back").err == "\(run) is open again: the ruling on it was taken back\n")
    let again = try await settle("--take-back")
    #expect(again.exitCode == 1)
    #expect(
      again.err
        == "runtally: no ruling on \(run) is in force; `runtally explain \(SettleCommandTests.stuckID)` tells what was ruled on it\n"
    )
    let early = try await settle("--ended 2026-01-20T09:00:00Z")
    #expect(early.exitCode == 64)
    #expect(
      early.err
        == "runtally: \(run) cannot have ended at 2026-01-20T09:00:00.000Z: it began at 2026-01-20T10:00:00.000Z; "
        + "give an instant from then on\n")
    #expect(try await settle("--ended 2026-02-01T06:00:01Z").exitCode == 64)
    let ended = try await place.run("settle", "production", Bodies.firstRunID, "--never-ended", "x")
    #expect(ended.exitCode == 1)
    #expect(ended.err.contains(" has ended, at 2026-01-15T09:05:30.000Z: its vendor says so; `runtally explain "))
  }

  @Test(
    "words that do not go together are wrong usage, and change nothing",
    arguments: [
      "", "--ended soon", "--ended 2026-01-20T11:00:00Z --take-back", "--never-ended ' '", "--take-back --why ''",
      "--never-ended a --why b",
    ])
  func usage(words: String) async throws {
    let place = try await place()
    let before = try await place.tables()
    let finished = try await place.shell("runtally settle production \(SettleCommandTests.stuckID) \(words)")
    #expect(finished.exitCode == 64 && finished.out == "")
    #expect(try await place.tables() == before)
  }
}
