import Foundation
import GRDB
import Runs
import Store
import TestSupport
import Testing

/// A visit that was killed, and the one after it.
@Suite struct KilledVisitTests {
  let folder: TemporaryFolder
  let first = "2026-01-16T00:00:00Z"
  let second = "2026-01-17T00:00:00Z"

  init() throws {
    folder = try TemporaryFolder()
  }

  private func answer() throws -> VendorAnswer {
    var answer = VendorAnswer(
      [make(runner: "backup"), make(runner: "index", type: try make(type: "large", price: "0.00001"))],
      runs: [
        "backup": try (0..<7).map { try make(run: "r\($0)") } + [make(openRun: "r7", started: "2026-01-15T23:00:00Z")],
        "index": [try make(run: "r1", "failed", exit: 1)],
      ])
    answer.batch = 3
    return answer
  }

  /// The domain tables apart from the numbers of the visits that wrote them.
  private func tables(of ledger: Ledger) throws -> [String: [String]] {
    var tables = try ledger.domainTables()
    for (table, columns) in [
      "run": """
      run_id, runner_id, external_id, status, outcome, outcome_inferred, exit_code, created_at, started_at,
      completed_at, updated_at, ended_at, missing_since
      """,
      "runner_version": """
      runner_id, valid_from, unsure_from, name, image, timeout_seconds, instance_type_id, region_id
      """,
      "price": "instance_type_id, runner_id, price_second, currency, origin, valid_from, unsure_from",
      "runner_sample": "runner_id, status",
    ] { tables[table] = try ledger.lines("SELECT \(columns) FROM \(table)").sorted() }
    return tables
  }

  @Test(
    "a visit killed at any point is completed by the next one, as if it had never been killed",
    arguments: [
      .runnersSaved, .runnersClosed, .batches(1), .batches(2), .batches(3), .batches(4), .beforeFinish,
    ] as [KillPoint])
  func killed(at point: KillPoint) async throws {
    let killed = try Ledger.make(in: folder, name: "killed.sqlite")
    try await killed.harvest(answer(), at: first, until: point)
    #expect(try killed.problems() == [])
    try await killed.harvest(answer(), at: second)
    #expect(try killed.problems() == [])

    let whole = try Ledger.make(in: folder, name: "whole.sqlite")
    try await whole.harvest(answer(), at: first)
    try await whole.harvest(answer(), at: second)
    #expect(try tables(of: killed) == tables(of: whole))
  }

  @Test("a visit killed before it saved anything leaves nothing but its line in the log")
  func killedAtOnce() async throws {
    let killed = try Ledger.make(in: folder, name: "killed.sqlite")
    try await killed.harvest(answer(), at: first, until: .opened)
    try await killed.harvest(answer(), at: second)
    let whole = try Ledger.make(in: folder, name: "whole.sqlite")
    try await whole.harvest(answer(), at: second)
    #expect(try tables(of: killed) == tables(of: whole))
    #expect(try killed.lines("SELECT harvest_id, finished_at IS NULL FROM harvest") == ["1 | 1", "2 | 0"])
  }

  /// A copy of a ledger in the middle of a change, with the journal of what was there before: other programs that write
  /// may leave one.
  private func leaveHalfChanged() throws {
    let writer = try DatabaseQueue(path: folder.file("ledger.sqlite"))
    try writer.writeWithoutTransaction { db in
      // Hardly any memory, so that changes are in the file before they are committed.
      try db.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN")
      defer { try? db.execute(sql: "ROLLBACK") }
      try db.execute(sql: "UPDATE run SET status = printf('%.9000c', 'x')")
      for ending in ["", "-journal"] {
        try folder.write(bytes: Array(folder.bytes(of: "ledger.sqlite" + ending)), to: "left.sqlite" + ending)
      }
    }
  }

  @Test("what a killed writer had begun to change in place is taken back, also when a report looks first")
  func inPlace() async throws {
    let ledger = try Ledger.make(in: folder)
    try await ledger.harvest(answer(), at: first)
    ledger.close()
    try leaveHalfChanged()
    let sound = try Ledger(at: folder.file("ledger.sqlite"), for: .reading).domainTables()
    #expect(try folder.bytes(of: "left.sqlite") != folder.bytes(of: "ledger.sqlite"))
    let reader = try Ledger(at: folder.file("left.sqlite"), for: .reading)
    #expect(try reader.domainTables() == sound)
    #expect(try reader.problems() == [])
    reader.close()
    #expect(try folder.files.filter { $0.hasPrefix("left") } == ["left.sqlite"])
  }

  @Test("what a killed writer wrote ahead is there for the next to open the file")
  func writeAhead() async throws {
    let ledger = try Ledger.make(in: folder)
    try await ledger.harvest(answer(), at: first, until: .batches(2))
    // A copy of the open files is what a killed process leaves.
    for ending in ["", "-wal"] {
      let left = URL(fileURLWithPath: folder.file("left.sqlite" + ending))
      try folder.bytes(of: "ledger.sqlite" + ending).write(to: left)
    }
    let reader = try Ledger(at: folder.file("left.sqlite"), for: .reading)
    #expect(try reader.lines("SELECT count(*) FROM run") == ["6"])
    #expect(try reader.problems() == [])
    reader.close()
    let writer = try Ledger(at: folder.file("left.sqlite"), for: .writing)
    try await writer.harvest(answer(), at: second)
    #expect(try writer.lines("SELECT count(*) FROM run") == ["9"])
    #expect(try writer.problems() == [])
    writer.close()
    #expect(try folder.files.filter { $0.hasPrefix("left") } == ["left.sqlite"])
  }
}
