import Runs
import Store
import TestSupport
import Testing

/// The views of cost in plain SQL: exact in whole numbers, to the last digit that a price can have.
@Suite struct CostViewTests {
  private static let amounts = """
    SELECT month, runs, unpriced_runs, billed_milliseconds, currency, cost_exact, cost_units, cost_nanos, cost_zeptos
    FROM cost_month ORDER BY month
    """

  private func amounts(_ price: String?, _ runs: RunRecord...) async throws -> [String] {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    try await ledger.harvest(
      VendorAnswer([make(runner: "backup", type: try make(type: "small", price: price))], runs: ["backup": runs]),
      at: "2026-03-10T00:00:00Z")
    return try ledger.lines(CostViewTests.amounts)
  }

  @Test("a millisecond costs a thousandth of the price, with all of its decimals")
  func smallest() async throws {
    #expect(
      try await amounts(
        "0.123456789012345678",
        make(run: "r1", started: "2026-02-01T00:00:00Z", completed: "2026-02-01T00:00:00.001Z"))
        == ["2026-02 | 1 | 0 | 1 | EUR | 0.000123456789012345678 | 0 | 123456 | 789012345678"])
  }

  @Test("the highest price that there is, with all of its decimals, is exact too")
  func largest() async throws {
    #expect(
      try await amounts(
        "99999.999999999999999999",
        make(run: "r1", started: "2026-02-01T00:00:00Z", completed: "2026-02-01T23:59:59.999Z"))
        == [
          "2026-02 | 1 | 0 | 86399999 | EUR | 8639999899.999999999999913600001 | 8639999899 | 999999999 | 999913600001"
        ])
  }

  @Test("the parts of days carry over into those of their month, which has its own calendar")
  func carried() async throws {
    #expect(
      try await amounts(
        "0.9",
        make(run: "r1", started: "2024-02-29T10:00:00Z", completed: "2024-02-29T10:00:00.999Z"),
        make(run: "r2", started: "2024-02-28T10:00:00Z", completed: "2024-02-28T10:00:00.999Z"),
        make(run: "r3", started: "2024-12-31T23:59:59Z", completed: "2025-01-01T00:00:01Z"))
        == [
          "2024-02 | 2 | 0 | 1998 | EUR | 1.7982 | 1 | 798200000 | 0",
          "2024-12 | 0 | 0 | 1000 | EUR | 0.9 | 0 | 900000000 | 0",
          "2025-01 | 1 | 0 | 1000 | EUR | 0.9 | 0 | 900000000 | 0",
        ])
  }

  @Test("free costs 0, and what has no price is missing and counted")
  func withoutPrice() async throws {
    let run = try make(run: "r1", started: "2026-02-01T00:00:00Z", completed: "2026-02-01T00:00:10Z")
    #expect(try await amounts("0", run) == ["2026-02 | 1 | 0 | 10000 | EUR | 0 | 0 | 0 | 0"])
    #expect(try await amounts(nil, run) == ["2026-02 | 1 | 1 | 10000 | EUR | – | – | – | –"])
  }

  @Test("no view and no table has what another program's SQL lacks")
  func portable() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    #expect(
      try ledger.lines(
        "SELECT name FROM sqlite_schema WHERE type = 'view' AND (sql LIKE '%INDEXED BY%' OR sql LIKE '% date(%')") == []
    )
    let hidden = try ledger.lines(
      """
      SELECT list.name FROM pragma_table_list AS list
      WHERE list.schema = 'main' AND list.wr = 1
        AND NOT EXISTS (SELECT 1 FROM pragma_table_xinfo(list.name) AS column WHERE column.name = 'rowid')
      """)
    #expect(hidden == [])
  }
}
