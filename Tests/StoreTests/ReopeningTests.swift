import Runs
import TestSupport
import Testing

@testable import Store

/// The month that closing begins with, and taking a closing back.
@Suite struct ReopeningTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  /// A run of December and one of January; both months are over and read.
  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
    let old = try make(run: "r0", started: "2025-12-10T10:00:00Z", completed: "2025-12-10T10:00:10Z")
    try await ledger.harvest(VendorAnswer(of: make(runner: "backup"), old, make(run: "r1")), at: "2026-02-03T00:00:00Z")
  }

  private func month(_ text: String) throws -> Month { try #require(Month(text)) }

  private func close(_ text: String, force: Bool = false) throws -> Closing {
    try ledger.closeMonth(month(text), force: force, now: instant("2026-02-04T08:00:00Z"))
  }

  private func reopen(_ text: String, _ because: String = "a wrong price") throws {
    try ledger.reopenMonth(month(text), because: because, now: instant("2026-02-05T08:00:00Z"))
  }

  private func refusal(_ body: () throws -> Void) throws -> String {
    let before = try ledger.domainTables()
    let error = #expect(throws: ClosingError.self) { try body() }
    #expect(try ledger.domainTables() == before)
    return "\(try #require(error))"
  }

  @Test("a first month before all runs, or with runs in months before it, is refused; force keeps why")
  func beginning() throws {
    let early = "it lies before the first run that is known, of 2025-12-10"
    let late =
      "runs are known from 2025-12-10 on, and no month before the first closed one is ever closed: 2025-12 would stay open"
    #expect(try refusal { _ = try close("2025-11") } == "2025-11 is no good beginning: \(early)")
    #expect(try refusal { _ = try close("2026-01") } == "2026-01 is no good beginning: \(late)")
    #expect(try close("2026-01", force: true).forcedBecause == late)
    try reopen("2026-01")
    #expect(try close("2025-11", force: true).forcedBecause == early)
    // It is no beginning any more.
    #expect(try close("2025-12").forcedBecause == nil)
  }

  @Test("a ledger without any run has no good beginning")
  func withoutRuns() async throws {
    let ledger = try Ledger.make(in: folder, name: "empty.sqlite")
    try await ledger.harvest(VendorAnswer(), at: "2026-02-03T00:00:00Z")
    let month = try month("2026-01")
    #expect(throws: ClosingError.badBeginning(month, because: "no run is known", first: nil)) {
      try ledger.closeMonth(month, now: instant("2026-02-04T08:00:00Z"))
    }
  }

  @Test("only the newest closing is reopened, and only one that is there")
  func newest() throws {
    _ = try close("2025-12")
    _ = try close("2026-01")
    #expect(
      try refusal { try reopen("2025-12") }
        == "2025-12 cannot be reopened while a later month is closed: 2026-01 is the newest")
    #expect(try refusal { try reopen("2026-02") } == "2026-02 is not closed, so it cannot be reopened")
    try reopen("2026-01")
    #expect(try refusal { try reopen("2026-01") } == "2026-01 is not closed, so it cannot be reopened")
    try reopen("2025-12")
    #expect(try ledger.closedMonths().months == [])
  }

  @Test("a reopened month is counted again and may be closed again; the first closing stays on record")
  func again() async throws {
    _ = try close("2025-12")
    _ = try close("2026-01")
    try ledger.applyPrices(
      .configured(make(price: "1", for: "small", .instanceType)), now: instant("2026-02-04T09:00:00Z"))
    #expect(try ledger.lines("SELECT month, sum(runs) FROM correction GROUP BY 1") == ["2025-12 | 0", "2026-01 | 0"])
    try reopen("2026-01")
    let closed = try ledger.closedMonths()
    #expect(closed.months.map(\.month) == [try month("2025-12")])
    #expect(
      closed.reopenings == [
        ClosedMonths.Reopening(
          month: try month("2026-01"), at: try instant("2026-02-05T08:00:00Z"), because: "a wrong price")
      ])
    #expect(try ledger.lines("SELECT DISTINCT month FROM correction") == ["2025-12"])
    #expect(
      try ledger.lines("SELECT kind, note FROM sequence ORDER BY sequence DESC LIMIT 1") == [
        "reopening | month 2026-01: a wrong price"
      ])
    let second = try close("2026-01")
    // What changed of December is written down with it: a line that goes, and one that comes.
    #expect((second.cost, second.corrections) == ("270 EUR", 2))
    #expect(
      try ledger.lines("SELECT month, cost, reopened_because FROM closing ORDER BY closing_id") == [
        "2025-12 | 0.000019 EUR | –", "2026-01 | 0.000513 EUR | a wrong price", "2026-01 | 270 EUR | –",
      ])
    #expect(try ledger.problems() == [])
  }

  @Test("corrections that a reopened closing had written down wait for the next one")
  func corrections() async throws {
    _ = try close("2025-12")
    let late = try make(run: "late", started: "2025-12-11T10:00:00Z", completed: "2025-12-11T10:00:20Z")
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "backup"), make(run: "r1"), late), at: "2026-02-04T00:00:00Z")
    let found = "SELECT discovered, month, runs, billed FROM correction"
    #expect(try close("2026-01").corrections == 1)
    #expect(try ledger.lines(found) == ["2026-01 | 2025-12 | 1 | 20000"])
    try reopen("2026-01")
    #expect(try ledger.lines(found) == ["2026-01 | 2025-12 | 1 | 20000"])
    #expect(try ledger.lines("SELECT month FROM pending_correction") == ["2025-12"])
    #expect(try ledger.problems() == [])
  }

  @Test("what was reopened and changed afterwards is found")
  func tampered() async throws {
    _ = try close("2025-12")
    try reopen("2025-12")
    func problems(_ sql: String) async throws -> [String] {
      try await ledger.database.writeWithoutTransaction { try $0.execute(sql: sql) }
      return try ledger.problems()
    }
    #expect(
      try await problems("UPDATE closing_line SET runner = 'Other'") == [
        "reopened closing of 2025-12: what its closing wrote was changed afterwards"
      ])
    #expect(try await problems("UPDATE closing_line SET runner = 'Backup'") == [])
    #expect(
      try await problems("UPDATE closing SET reopened_because = 'nothing'") == [
        "reopened closing of 2025-12: the event that reopened it says otherwise"
      ])
    #expect(
      try await problems("UPDATE closing SET reopened_by = NULL, reopened_because = NULL") == [
        "a closing was reopened (month 2025-12: a wrong price), and no closing says so"
      ])
  }
}
