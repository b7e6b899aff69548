import Runs
import TestSupport
import Testing

@testable import Store

/// Time that had no price: a configured one holds at once, and only what would rewrite something waits.
@Suite struct PricesFillingTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  /// A run of January and one of February, of a runner that its vendor names no price for.
  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
    try await visit("2026-02-16T00:00:00Z", prices: nil)
  }

  @discardableResult
  private func visit(_ time: String, prices: [ConfiguredPrice]?) async throws -> WaitingPrices {
    let february = try make(run: "r2", started: "2026-02-15T10:00:00Z", completed: "2026-02-15T10:00:10Z")
    return try await ledger.harvest(
      VendorAnswer(of: make(runner: "gpu-1", name: "gpu-1", type: nil), make(run: "r1"), february), at: time,
      prices: prices?.numbered
    ).waiting
  }

  /// `month | price | currency | billed`
  private func costs() throws -> [String] {
    try ledger.lines(
      """
      SELECT strftime('%Y-%m', day * 86400, 'unixepoch'), price_second, currency, sum(billed)
      FROM run_day JOIN price USING (price_id) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      """)
  }

  @Test("a first price holds at the next visit, also in another currency, and nothing waits")
  func first() async throws {
    #expect(try costs() == ["2026-01 | – | – | 270000", "2026-02 | – | – | 10000"])
    #expect(try await visit("2026-02-17T00:00:00Z", prices: [make(price: "2", for: "gpu-*", currency: "USD")]).isEmpty)
    #expect(try costs() == ["2026-01 | 2 | USD | 270000", "2026-02 | 2 | USD | 10000"])
    #expect(try ledger.configuredPrices() == ["gpu-1 | 2 | USD | – | in force"])
    #expect(try ledger.problems() == [])
  }

  @Test("of several first prices the last one wins at once, and a price before the first fills the time before it")
  func several() async throws {
    let later = try make(price: "3", for: "gpu-1", from: "2026-02-01")
    #expect(try await visit("2026-02-17T00:00:00Z", prices: [make(price: "2", for: "nobody"), later]).isEmpty)
    #expect(try costs() == ["2026-01 | – | – | 270000", "2026-02 | 3 | EUR | 10000"])
    #expect(try await visit("2026-02-18T00:00:00Z", prices: [make(price: "2", for: "gpu-1"), later]).isEmpty)
    #expect(try costs() == ["2026-01 | 2 | EUR | 270000", "2026-02 | 3 | EUR | 10000"])
    #expect(try ledger.problems() == [])
  }

  @Test("another price afterwards waits, and so does taking the first one away")
  func rewriting() async throws {
    try await visit("2026-02-17T00:00:00Z", prices: [make(price: "2", for: "gpu-*")])
    let before = try costs()
    #expect(
      try await visit("2026-02-18T00:00:00Z", prices: [make(price: "5", for: "gpu-*")]) == WaitingPrices(entries: 1))
    #expect(try await visit("2026-02-19T00:00:00Z", prices: []) == WaitingPrices(entries: 1))
    #expect(try costs() == before)
    #expect(try ledger.problems() == [])
  }

  @Test("a rename ends a price and begins a first one whatever waits beside them, and moves nothing that was told")
  func renamed() async throws {
    try await visit("2026-02-17T00:00:00Z", prices: [make(price: "2", for: "gpu-*")])
    let before = try costs()
    let wanted = [
      try make(price: "2", for: "gpu-*"), try make(price: "5", for: "gpu-1", from: "2026-02-01"),
      try make(price: "3", for: "cpu-*"),
    ].numbered
    let february = try make(run: "r2", started: "2026-02-15T10:00:00Z", completed: "2026-02-15T10:00:10Z")
    func renamed(_ time: String, _ runs: RunRecord...) async throws -> WaitingPrices {
      try await ledger.harvest(
        VendorAnswer(
          [make(runner: "gpu-1", name: "cpu-1", type: nil)], runs: ["gpu-1": [try make(run: "r1"), february] + runs]),
        at: time, prices: wanted
      ).waiting
    }
    // The id of the runner is still gpu-1, so the price for that name goes on; it waits, as it would rewrite February.
    #expect(try await renamed("2026-02-18T00:00:00Z") == WaitingPrices(entries: 1))
    #expect(try costs() == before)
    #expect(
      try ledger.lines(
        """
        SELECT price_second, strftime('%d', valid_from / 1000, 'unixepoch'),
          strftime('%d', valid_until / 1000, 'unixepoch'), applied_by IS NOT NULL
        FROM price WHERE origin = 'configured' AND superseded_by IS NULL ORDER BY price_id
        """) == ["2 | – | 18 | 1", "5 | 01 | – | 0", "3 | 18 | – | 1"])
    let after = try make(run: "r3", started: "2026-02-18T10:00:00Z", completed: "2026-02-18T10:00:01Z")
    #expect(try await renamed("2026-02-19T00:00:00Z", after) == WaitingPrices(entries: 1))
    #expect(try costs() == before + ["2026-02 | 3 | EUR | 1000"])
    #expect(try ledger.problems() == [])
  }

  @Test("in a closed month a first price waits too; from the month after on it holds at once")
  func closed() async throws {
    _ = try ledger.closeMonth(#require(Month("2026-01")), force: true, now: instant("2026-02-16T01:00:00Z"))
    let always = try make(price: "2", for: "gpu-*")
    #expect(try await visit("2026-02-17T00:00:00Z", prices: [always]) == WaitingPrices(entries: 1))
    #expect(try costs() == ["2026-01 | – | – | 270000", "2026-02 | – | – | 10000"])
    #expect(
      try await visit("2026-02-18T00:00:00Z", prices: [make(price: "2", for: "gpu-*", from: "2026-02-01")]).isEmpty)
    #expect(try costs() == ["2026-01 | – | – | 270000", "2026-02 | 2 | EUR | 10000"])
    #expect(try ledger.lines("SELECT * FROM correction") == [])
  }

  @Test("a billing rule for unpriced time waits as for any other: it changes what is billed")
  func billingRule() async throws {
    var settings = SourceSettings.production
    settings.billingRule = .minimumSeconds(60)
    let counts = try await ledger.harvest(
      VendorAnswer(of: make(runner: "gpu-1", name: "gpu-1", type: nil)), at: "2026-02-17T00:00:00Z", source: settings)
    #expect(counts.waiting == WaitingPrices(rules: ["production"]))
  }

  @Test("what waits is known of a ledger, and of any days which sources it would change")
  func known() async throws {
    try await visit("2026-02-17T00:00:00Z", prices: [make(price: "2", for: "gpu-*")])
    let wanted = try WantedPrices.configured(
      make(price: "2", for: "gpu-*"), make(price: "5", for: "gpu-*", from: "2026-02-01"))
    func told(_ from: String, _ to: String) throws -> String {
      try ledger.read { snapshot in
        try snapshot.select(
          runners: snapshot.runnerNames().map { SelectedRunner($0) }, sources: [SelectedSource(name: "production")])
        let (prices, sources) = try snapshot.waitingPrices(
          wanted, from: day(from), to: day(to), printsClosings: false)
        return "\(prices.entries) \(sources)"
      }
    }
    let waiting = try ledger.read { try $0.waitingPrices(wanted) }
    #expect(waiting == WaitingPrices(entries: 1))
    #expect(try told("2026-01-01", "2026-02-01") == "0 []")
    #expect(try told("2026-02-01", "2026-02-15") == "0 []")
    #expect(try told("2026-02-15", "2026-02-16") == "1 [\"production\"]")
    #expect(try told("2026-01-01", "2026-03-01") == "1 [\"production\"]")
    _ = try ledger.applyPrices(wanted, now: instant("2026-02-18T00:00:00Z"))
    #expect(try told("2026-01-01", "2026-03-01") == "0 []")
    let rest = try ledger.read { try $0.waitingPrices(wanted) }
    #expect(rest.isEmpty)
  }
}
