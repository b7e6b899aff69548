import Foundation
import Reporting
import Testing

/// `runtally backup`, `verify` and `status`.
@Suite struct LedgerCommandTests {
  @Test("a backup is one sound file that answers as the ledger does")
  func backup() async throws {
    let place = try await Workplace.withDocumentedRuns()
    #expect(
      try await place.run("backup", "copy.sqlite")
        == Finished(exitCode: 0, out: "", err: "backed up to copy.sqlite\n"))
    #expect(place.files().filter { !$0.hasPrefix("bodies/") } == ["copy.sqlite", "runtally.sqlite"])
    #expect(
      try await place.run("verify", "--database", "copy.sqlite").err
        == "copy.sqlite is sound: 2 runs, 2 lines of tally agree with them\n")
    let report = ["report", "runs", "--month", "2026-01", "--format", "json"].joined(separator: " ")
    let (own, copied) = (
      try await place.shell("runtally \(report)"), try await place.shell("runtally \(report) --database copy.sqlite")
    )
    #expect(own == copied)
  }

  @Test("a backup opens in a plain SQL shell", .enabled(if: Tool.sqlite3.isThere, "sqlite3 is not installed"))
  func plainShell() async throws {
    let place = try await Workplace.withDocumentedRuns()
    _ = try await place.run("backup", "copy.sqlite")
    let finished = try await place.shell(
      "sqlite3 copy.sqlite 'SELECT runner, outcome, local_day, runtime_seconds FROM run_detail ORDER BY local_day'")
    #expect(
      finished
        == Finished(
          exitCode: 0,
          out: "Database Backup|failure|2026-01-14|135.0\nDatabase Backup|success|2026-01-15|270.0\n", err: ""))
  }

  @Test("a backup never takes another file's place")
  func occupied() async throws {
    let place = try await Workplace.withDocumentedRuns()
    try place.write("mine", to: "copy.sqlite")
    #expect(
      try await place.run("backup", "copy.sqlite")
        == Finished(
          exitCode: 1, out: "",
          err: "runtally: copy.sqlite is there already, and a backup never takes another's place; name a new file\n"))
    #expect(try place.read("copy.sqlite") == "mine")
    let before = place.files()
    #expect(try await place.run("backup", "nowhere/copy.sqlite").exitCode == 1)
    #expect(place.files() == before)
  }

  @Test(
    "verify finds a tally that does not agree with the runs",
    .enabled(if: Tool.sqlite3.isThere, "sqlite3 is not installed"))
  func unsound() async throws {
    let place = try await Workplace.withDocumentedRuns()
    _ = try await place.shell("sqlite3 runtally.sqlite 'UPDATE run_day SET billed = billed + 1 WHERE outcome = 2'")
    let finished = try await place.run("verify")
    #expect(finished.exitCode == 2)
    #expect(finished.out == "")
    #expect(finished.err.contains("2026-01-15"))
    #expect(
      finished.err.hasSuffix(
        "\nruntally: runtally.sqlite is not sound; restore a backup, or harvest into a new ledger\n"))
  }

  @Test("a source that was read long ago is stale, which ends with 2; a limit beyond it is not")
  func status() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let stale = try await place.run("status", "--format", "csv")
    #expect(stale.exitCode == 2)
    let row = stale.out.split(separator: "\r\n").last?.split(separator: ",", omittingEmptySubsequences: false)
    #expect(row?.prefix(4).joined(separator: ",") == "production,nodion,1,2")
    #expect(row?.dropFirst(4).prefix(2).allSatisfy { $0 == "2026-02-01T06:00:00.000Z" } == true)
    #expect(row?.suffix(2) == ["true", "false"])
    #expect(
      stale.err == "runtally.sqlite, days and months in UTC\nruntally: stale: production; run `runtally harvest`\n")
    let fresh = try await place.run("status", "--format", "csv", "--stale-after", "10000000")
    #expect(fresh.exitCode == 0)
    #expect(fresh.out.hasSuffix(",false,false\r\n"))
    #expect(fresh.err == "runtally.sqlite, days and months in UTC\n")
  }

  @Test("an open run names its month, and its cost so far is apart")
  func openMonth() async throws {
    let place = try Workplace()
    let open = """
      {"id": "open", "status": "running", "exit_code": null, "created_at": "2026-01-31T23:00:00Z",
      "started_at": "2026-01-31T23:00:00Z", "completed_at": null, "updated_at": "2026-01-31T23:00:00Z"}
      """
    let runner = Bodies.runner().replacing("\"timeout_seconds\": 3600", with: "\"timeout_seconds\": 86400")
    try place.writeBodies(runners: [runner], runs: [Bodies.runnerID: [open]])
    _ = try await place.importBodies()
    let status = try await place.run("status", "--format", "csv", "--stale-after", "10000000")
    #expect(
      status.err == """
        runtally.sqlite, days and months in UTC
        runs are still open that began in 2026-01; no month from then on is final

        """)
    let answer = try await place.run("report", "monthly-cost", "--all", "--format", "jsonl").out
    // One hour in January, six in February, at 0.0000019 a second.
    #expect(answer.contains("\"accrued_cost\":\"0.00684\""))
    #expect(answer.contains("\"accrued_cost\":\"0.04104\""))
    #expect(!answer.contains("\"state\":\"final\""))
  }

  @Test("reports lists every report with its question, and a report's columns")
  func reports() async throws {
    let place = try Workplace()
    let list = try await place.run("reports", "--format", "csv")
    #expect(list.exitCode == 0)
    let names = list.out.split(separator: "\r\n").dropFirst().compactMap { $0.split(separator: ",").first }
    let reports = try ReportCatalog.builtIn()
    #expect(names.map(String.init) == reports.map(\.name))
    for report in reports {
      let columns = try await place.run("reports", report.name, "--format", "csv").out
        .split(separator: "\r\n").dropFirst().compactMap { $0.split(separator: ",").first.map(String.init) }
      #expect(columns == report.columns?.map(\.name), "\(report.name)")
    }
  }
}
