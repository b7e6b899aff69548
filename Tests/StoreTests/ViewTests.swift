import Foundation
import Runs
import SQLFiles
import Store
import TestSupport
import Testing

/// The views, read by people with a SQL shell that knows none of our functions.
@Suite struct ViewTests {
  private static let shell = ["/usr/bin/sqlite3", "/usr/local/bin/sqlite3", "/opt/homebrew/bin/sqlite3"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  private func ask(_ path: String, _ sql: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(ViewTests.shell))
    process.arguments = ["-readonly", "-header", "-nullvalue", "–", path, sql]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  @Test("a plain shell reads every view, also of an empty ledger", .enabled(if: shell != nil))
  func everyView() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    let views = try ledger.lines("SELECT name FROM sqlite_schema WHERE type = 'view'")
    ledger.close()
    #expect(views.count == SQLFiles.views.count)
    for view in views {
      let answer = try ask(folder.file("ledger.sqlite"), "SELECT count(*) AS rows FROM \(view)")
      #expect(answer.hasPrefix("rows\n"), "\(view): \(answer)")
    }
  }

  @Test("what the views say in a plain shell", .enabled(if: shell != nil))
  func plainShell() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder, zone: try TimeZoneDatabase.rules(named: "Europe/Berlin"))
    for (day, price) in [(15, "0.0000019"), (16, "0.0000020")] {
      try await ledger.harvest(
        VendorAnswer(
          of: make(runner: "backup", type: try make(type: "small", price: price)),
          // Half past midnight in Berlin.
          make(run: "r1", started: "2026-01-14T23:00:00.250Z", completed: "2026-01-14T23:30:00.001Z"),
          make(run: "r2", "failed", started: nil, completed: nil, exit: nil),
          make(openRun: "r3", started: nil)), at: "2026-01-\(day)T06:00:00Z")
    }
    ledger.close()
    let path = folder.file("ledger.sqlite")
    #expect(
      try ask(path, "SELECT * FROM run_detail") == """
        run_id|source|runner|run_external_id|status|outcome|outcome_inferred|exit_code|created_at|started_at|\
        ended_at|local_day|queue_seconds|runtime_seconds|instance_type_now|runner_id
        1|production|Backup|r1|succeeded|success|0|0|2026-01-14T22:59:50.250Z|2026-01-14T23:00:00.250Z|\
        2026-01-14T23:30:00.001Z|2026-01-15|10.0|1799.751|small|1
        2|production|Backup|r2|failed|error|0|–|–|–|2026-01-15T06:00:00.000Z|2026-01-15|–|–|small|1
        3|production|Backup|r3|pending|pending|0|–|–|–|–|–|–|–|small|1

        """)
    #expect(
      try ask(path, "SELECT * FROM runner_detail") == """
        runner_id|source|vendor|vendor_name|currency|runner|runner_external_id|kind|labels|image|timeout_seconds|\
        instance_type|region|region_name|created_at|missing_since
        1|production|nodion|Nodion|EUR|Backup|backup|–|–|acme/backup:1|3600|small|fra1|Frankfurt|2025-01-01T00:00:00.000Z|–

        """)
    #expect(
      try ask(path, "SELECT * FROM price_history") == """
        price_id|source|instance_type|runner|price_second|currency|origin|valid_from|valid_until|unsure_from|state
        1|production|small|–|0.0000019|EUR|observed|2026-01-15T06:00:00.000Z|–|–|in force
        2|production|small|–|0.000002|EUR|observed|2026-01-16T06:00:00.000Z|–|2026-01-15T06:00:00.000Z|in force

        """)
    #expect(try ask(path, "SELECT * FROM run_list_read") == "runner_id|read_at\n1|1768543200000\n")
    // A shell that only reads cannot take away what it had beside the file; whoever writes next does.
    try Ledger(at: path, for: .writing).close()
    #expect(try folder.files == ["ledger.sqlite"])
  }
}
