import Runs
import TestSupport
import Testing

@testable import Store

/// `verify` on ledgers that somebody has been at.
@Suite struct VerificationTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
    try await ledger.harvest(VendorAnswer(make(run: "r1"), make(run: "r2")), at: "2026-01-16T00:00:00Z")
  }

  private func tamper(_ sql: String) async throws -> [String] {
    try await ledger.database.writeWithoutTransaction { try $0.execute(sql: sql) }
    return try ledger.problems()
  }

  @Test("a ledger that nobody touched is sound")
  func sound() throws {
    #expect(try ledger.verify() == Verification(runs: 2, tallyLines: 1, problems: []))
  }

  @Test("a tally that was changed is found, with what it has and what the runs say")
  func tamperedTally() async throws {
    #expect(
      try await tamper("UPDATE run_day SET billed = billed + 1") == [
        "tally of 2026-01-15, runner 1, success: has 2 runs and 540001 ms billed, the runs say 2 and 540000 ms"
      ])
  }

  @Test("each level of the tally is held against the runs, and so are the times of months")
  func tamperedLevels() async throws {
    let end = "success: has 2 runs and 540001 ms billed, the runs say 2 and 540000 ms"
    #expect(
      try await tamper("UPDATE run_month SET billed = billed + 1") == [
        "tally of the month from 2026-01-01, runner 1, \(end)"
      ])
    #expect(try await tamper("UPDATE run_month SET billed = billed - 1") == [])
    #expect(
      try await tamper("UPDATE source_day SET billed = billed + 1") == ["tally of 2026-01-15, source 1, \(end)"])
    #expect(try await tamper("UPDATE source_day SET billed = billed - 1") == [])
    #expect(
      try await tamper("UPDATE source_month SET billed = billed + 1") == [
        "tally of the month from 2026-01-01, source 1, \(end)"
      ])
    #expect(try await tamper("UPDATE source_month SET billed = billed - 1") == [])
    #expect(
      try await tamper("DELETE FROM run_month_times") == [
        "times of the month from 2026-01-01, runner 1, success: has 0 runtimes and 0 queue times, the runs say 2 and 2"
      ])
  }

  @Test("times that are not those of the runs are found, also where they are as many")
  func tamperedTimes() async throws {
    let place = "times of 2026-01-15, runner 1, success: "
    #expect(
      try await tamper("UPDATE run_day_times SET runtimes = x'B0BD1001'") == [place + "not those of the runs"])
    #expect(
      try await tamper("UPDATE run_day_times SET runtimes = x'B0BD10'") == [
        place + "has 1 runtimes and 2 queue times, the runs say 2 and 2"
      ])
    #expect(try await tamper("UPDATE run_day_times SET runtimes = x'80'") == [place + "they are broken"])
    #expect(
      try await tamper("DELETE FROM run_day_times") == [
        place + "has 0 runtimes and 0 queue times, the runs say 2 and 2"
      ])
  }

  @Test("a tally line too many and one too few are found", arguments: [true, false])
  func lines(tooMany: Bool) async throws {
    if tooMany {
      #expect(
        try await tamper("INSERT INTO run_day SELECT day + 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1 FROM run_day") == [
          "tally of 2026-01-16, runner 1, success: has 1 runs and 1 ms billed, the runs say 0 and 0 ms"
        ])
    } else {
      #expect(
        try await tamper("DELETE FROM run_day") == [
          "tally of 2026-01-15, runner 1, success: has 0 runs and 0 ms billed, the runs say 2 and 540000 ms"
        ])
    }
  }

  @Test("a run that was deleted is missed")
  func deletedRun() async throws {
    #expect(
      try await tamper("DELETE FROM run WHERE external_id = 'r1'") == [
        "tally of 2026-01-15, runner 1, success: has 2 runs and 540000 ms billed, the runs say 1 and 270000 ms",
        "times of 2026-01-15, runner 1, success: has 2 runtimes and 2 queue times, the runs say 1 and 1",
      ])
  }

  @Test("a changed price, rule or zone is found, because the tally was kept under another")
  func changedGround() async throws {
    #expect(try await tamper("UPDATE source SET billing_rule = 'minimum-seconds: 3600'").count == 1)
    #expect(try await tamper("UPDATE source SET billing_rule = 'exact'") == [])
    #expect(try await tamper("UPDATE zone_transition SET offset_seconds = 50400").count == 4)
    #expect(try await tamper("UPDATE zone_transition SET offset_seconds = 0") == [])
    #expect(try await tamper("UPDATE price SET valid_from = 0 WHERE price_id = 1").count == 0)
    #expect(try await tamper("UPDATE runner_version SET valid_from = 0") != [])
  }

  @Test("a row that points to nothing is found")
  func brokenReference() async throws {
    #expect(
      try await tamper("PRAGMA foreign_keys = OFF; UPDATE run SET sequence = 77 WHERE external_id = 'r1'") == [
        "a row of run points to a row of sequence that is not there"
      ])
  }

  @Test("only so many problems are listed")
  func limit() async throws {
    _ = try await tamper(
      """
      WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 50)
      INSERT INTO run_day SELECT 30000 + n, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1 FROM n
      """)
    #expect(try ledger.verify(listing: 3).problems.count == 3)
  }
}
