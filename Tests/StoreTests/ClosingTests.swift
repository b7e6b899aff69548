import Runs
import TestSupport
import Testing

@testable import Store

/// Closing months: when it is refused, what it keeps, and how `verify` finds that somebody was at it.
@Suite struct ClosingTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  /// January is over and read; a run of February is open at the ledger's now, 3 February.
  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "backup"), make(run: "r1"), make(openRun: "r2", started: "2026-02-02T00:00:00Z")),
      at: "2026-02-03T00:00:00Z")
  }

  private func close(_ month: String, force: Bool = false) throws -> Closing {
    try ledger.closeMonth(#require(Month(month)), force: force, now: instant("2026-02-04T08:00:00Z"))
  }

  private func refusal(_ month: String, force: Bool = false) throws -> String {
    let before = try ledger.domainTables()
    let error = #expect(throws: ClosingError.self) { try close(month, force: force) }
    #expect(try ledger.domainTables() == before)
    return "\(try #require(error))"
  }

  @Test("a month that is final is closed once, with its cost")
  func once() throws {
    #expect(
      try close("2026-01")
        == Closing(
          month: #require(Month("2026-01")), runs: 1, cost: "0.000513 EUR", corrections: 0, forcedBecause: nil))
    #expect(
      try refusal("2026-01", force: true)
        == "2026-01 is closed already, since 2026-02-04T08:00:00.000Z")
    #expect(
      try ledger.lines("SELECT kind, note FROM sequence ORDER BY sequence DESC LIMIT 1") == ["closing | month 2026-01"])
    #expect(try ledger.problems() == [])
  }

  @Test("a month that goes on, or that a run is open from, is refused and says why; force closes it and keeps why")
  func provisional() throws {
    let reason =
      "it is not over at the ledger's now, 2026-02-03; not read completely since its end: production; "
      + "1 run from before its end is still open: production r2 of Backup"
    _ = try close("2026-01")
    #expect(
      try refusal("2026-02")
        == "2026-02 is provisional: \(reason)")
    #expect(try close("2026-02", force: true).forcedBecause == reason)
    let closed = try ledger.closedMonths()
    #expect(closed.months.map(\.forcedBecause) == [nil, reason])
    #expect(closed.next == Month("2026-03"))
  }

  @Test("a run that has not started keeps no month from being final, one that started before its end does")
  func withoutStart() async throws {
    let pending = try make(openRun: "r3", started: nil, created: "2026-01-31T23:00:00Z")
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "backup"), make(run: "r1"), pending), at: "2026-02-03T06:00:00Z")
    // Only r2 is open, of those that started.
    #expect(try ledger.lines("SELECT at FROM settled_until") == ["\(try instant("2026-02-02T00:00:00Z").milliseconds)"])
    let started = try make(openRun: "r3", started: "2026-01-31T23:30:00Z", created: "2026-01-31T23:00:00Z")
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "backup"), make(run: "r1"), started), at: "2026-02-03T07:00:00Z")
    #expect(try refusal("2026-01").contains("1 run from before its end is still open"))
    #expect(try ledger.lines("SELECT at FROM settled_until") == ["\(try instant("2026-01-31T23:30:00Z").milliseconds)"])
    // It ended without ever having started: nothing is open.
    let gone = try make(
      run: "r3", "failed", created: "2026-01-31T23:00:00Z", started: nil, completed: "2026-02-03T07:30:00Z", exit: nil)
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "backup"), make(run: "r1"), gone), at: "2026-02-03T08:00:00Z")
    #expect(try close("2026-01").forcedBecause == nil)
  }

  @Test("months are closed one after the other, and none before it begins")
  func order() throws {
    // No run is that old.
    _ = try close("2025-12", force: true)
    #expect(
      try refusal("2026-02", force: true)
        == "2026-02 cannot be closed now: months are closed one after the other, 2025-12 was the first and 2026-01 is next"
    )
    #expect(
      try refusal("2025-11", force: true)
        == "2025-11 cannot be closed: months are closed one after the other, and 2025-12 was the first")
    _ = try close("2026-01")
    _ = try close("2026-02", force: true)
    #expect(
      try refusal("2026-03", force: true)
        == "2026-03 has not begun: the ledger's now is 2026-02-03")
  }

  @Test("an empty ledger has no month to close")
  func empty() throws {
    let ledger = try Ledger.make(in: folder, name: "empty.sqlite")
    let month = try #require(Month("2026-01"))
    #expect(throws: ClosingError.neverHarvested(path: ledger.path)) {
      try ledger.closeMonth(month, now: instant("2026-02-04T08:00:00Z"))
    }
  }

  @Test("what was closed and changed afterwards is found")
  func tampered() async throws {
    _ = try close("2026-01")
    func problems(_ sql: String) async throws -> [String] {
      try await ledger.database.writeWithoutTransaction { try $0.execute(sql: sql) }
      return try ledger.problems()
    }
    #expect(
      try await problems("UPDATE closing_line SET billed = billed + 1000") == [
        "closed month 2026-01: its lines cost 0.0005149 EUR, it was closed with 0.000513 EUR"
      ])
    #expect(try await problems("UPDATE closing_line SET billed = billed - 1000") == [])
    let changed = ["closed month 2026-01: what its closing wrote was changed afterwards"]
    #expect(try await problems("UPDATE closing_line SET runner = 'Other'") == changed)
    #expect(try await problems("UPDATE closing_line SET runner = 'Backup'") == [])
    #expect(try await problems("UPDATE closing SET forced_because = 'nothing'") == changed)
  }

  @Test("a tally that differs from what was closed is a correction until the next closing writes it down")
  func pending() async throws {
    _ = try close("2026-01")
    #expect(try ledger.lines("SELECT * FROM correction") == [])
    let late = try make(run: "r0", started: "2026-01-20T10:00:00Z", completed: "2026-01-20T10:00:10Z")
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "backup"), make(run: "r1"), late), at: "2026-03-03T00:00:00Z")
    let found = "SELECT discovered, month, price_second, runs, billed FROM correction"
    #expect(try ledger.lines(found) == ["2026-02 | 2026-01 | 0.0000019 | 1 | 10000"])
    #expect(try close("2026-02", force: true).corrections == 1)
    #expect(try ledger.lines(found) == ["2026-02 | 2026-01 | 0.0000019 | 1 | 10000"])
    #expect(try ledger.lines("SELECT * FROM pending_correction") == [])
    #expect(try ledger.problems() == [])
  }
}
