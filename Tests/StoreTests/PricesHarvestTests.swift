import Harvest
import Runs
import Store
import TestSupport
import Testing

/// What a harvest does with the prices of the configuration: at once where nothing tallied changes, else not at all.
@Suite struct PricesHarvestTests {
  let folder: TemporaryFolder
  let ledger: Ledger
  private let later = Instant(milliseconds: 1_772_000_000_000)

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  private func answer(_ names: String..., runs: RunRecord...) -> VendorAnswer {
    VendorAnswer(
      names.map { make(runner: $0, name: $0, type: nil) },
      runs: Dictionary(uniqueKeysWithValues: names.map { ($0, runs) }))
  }

  /// The same of runners whose vendor says that a second costs 1.
  private func priced(_ names: String..., runs: RunRecord...) throws -> VendorAnswer {
    let type = try make(type: "small", price: "1")
    return VendorAnswer(
      names.map { make(runner: $0, name: $0, type: type) },
      runs: Dictionary(uniqueKeysWithValues: names.map { ($0, runs) }))
  }

  @Test("a first harvest tallies under what is configured, and new runners are priced from their first sight")
  func firstHarvest() async throws {
    let prices = [try make(price: "2", for: "gpu-*"), try make(price: "3", for: "never")].numbered
    let first = try await ledger.harvest(
      answer("gpu-1", "cpu-1", runs: try make(run: "r1")), at: "2026-01-16T00:00:00Z", prices: prices)
    #expect(first.waiting == WaitingPrices())
    #expect(try ledger.configuredPrices() == ["gpu-1 | 2 | EUR | – | in force"])
    let second = try await ledger.harvest(
      answer("gpu-1", "cpu-1", "gpu-2", runs: try make(run: "r1")), at: "2026-01-17T00:00:00Z", prices: prices)
    #expect(second.waiting == WaitingPrices())
    #expect(try ledger.configuredPrices() == ["gpu-1 | 2 | EUR | – | in force", "gpu-2 | 2 | EUR | – | in force"])
    #expect(
      try ledger.tallyInMoney() == [
        "20468 | production | cpu-1 |  | – | EUR | 0 | 2 | 1 | 1 | 270000 | 1 | 10000 | 270000",
        "20468 | production | gpu-1 |  | 2 | EUR | 0 | 2 | 1 | 1 | 270000 | 1 | 10000 | 270000",
        "20468 | production | gpu-2 |  | 2 | EUR | 0 | 2 | 1 | 1 | 270000 | 1 | 10000 | 270000",
      ])
    // Every price is traced to what was written, and to the visit that entered it.
    #expect(
      try ledger.lines(
        """
        SELECT price.sequence, configured_price.sequence, configured_price.position, configured_price.pattern
        FROM price JOIN configured_price USING (configured_price_id)
        """) == ["1 | 1 | 1 | gpu-*", "2 | 1 | 1 | gpu-*"])
    #expect(try ledger.problems() == [])
  }

  @Test("what would change tallied time waits, the harvest goes on under the old prices, and apply makes it")
  func waiting() async throws {
    let run = try make(run: "r1")
    let after = try make(run: "r2", started: "2026-01-16T10:00:00Z", completed: "2026-01-16T10:01:00Z")
    try await ledger.harvest(priced("gpu-1", "gpu-2", runs: run), at: "2026-01-16T00:00:00Z")
    let prices = [
      try make(price: "2", for: "gpu-1"), try make(price: "3", for: "gpu-2", from: "2026-01-16"),
    ].numbered
    for time in ["2026-01-17T00:00:00Z", "2026-01-18T00:00:00Z"] {
      let counts = try await ledger.harvest(priced("gpu-1", "gpu-2", runs: run, after), at: time, prices: prices)
      #expect(counts.waiting == WaitingPrices(entries: 1))
    }
    #expect(
      try ledger.configuredPrices() == [
        "gpu-1 | 2 | EUR | – | waiting", "gpu-2 | 3 | EUR | 2026-01-16T00:00 | in force",
      ])
    #expect(
      try ledger.lines(
        """
        SELECT day - 20468, run_day.runner_id, price_second, billed FROM run_day JOIN price USING (price_id) ORDER BY 1, 2
        """) == ["0 | 1 | 1 | 270000", "0 | 2 | 1 | 270000", "1 | 1 | 1 | 60000", "1 | 2 | 3 | 60000"])
    #expect(try ledger.problems() == [])

    let wanted = WantedPrices(sources: [.production], configured: prices)
    let plan = try ledger.applyPrices(wanted, now: later)
    #expect(
      plan.lines == [
        "waiting runner gpu-1 2 (configuration, entry 1): 1", "in force runner gpu-2 3 (configuration, entry 2): 1",
      ])
    #expect(
      plan.months.map(\.line) == [
        // 330 s at 2 instead of 1; and what was seen only later is assumed no more.
        "2026-01 production EUR: cost 780 → 1110, billed 660000 → 660000, assumed 540000 → 270000, unpriced 0 → 0, 2 runs"
      ])
    #expect(
      try ledger.lines("SELECT sequence, applied_by FROM price WHERE origin = 'configured'") == ["2 | 4", "2 | 2"])
    #expect(try ledger.planPrices(wanted).isEmpty)
    #expect(try ledger.problems() == [])
  }

  @Test("a price that waited and is no longer wanted never held")
  func waitingInVain() async throws {
    let visit = try priced("gpu-1", runs: try make(run: "r1"))
    try await ledger.harvest(visit, at: "2026-01-16T00:00:00Z")
    let tally = try ledger.tallyInMoney()
    try await ledger.harvest(
      visit, at: "2026-01-17T00:00:00Z", prices: [try make(price: "2", for: "gpu-1")])
    let counts = try await ledger.harvest(visit, at: "2026-01-18T00:00:00Z", prices: [])
    #expect(counts.waiting == WaitingPrices())
    #expect(try ledger.configuredPrices() == ["gpu-1 | 2 | EUR | – | superseded"])
    #expect(try ledger.lines("SELECT applied_by FROM price WHERE origin = 'configured'") == ["–"])
    #expect(try ledger.tallyInMoney() == tally)
  }

  @Test("a price that is withdrawn waits too while runs have it, and without the list of prices nothing changes")
  func withdrawing() async throws {
    let visit = answer("gpu-1", runs: try make(run: "r1"))
    let prices = [try make(price: "2", for: "gpu-1")]
    try await ledger.harvest(visit, at: "2026-01-16T00:00:00Z", prices: prices)
    let tables = try ledger.domainTables()
    try await ledger.harvest(visit, at: "2026-01-17T00:00:00Z")
    #expect(try ledger.domainTables() == tables)
    for time in ["2026-01-18T00:00:00Z", "2026-01-19T00:00:00Z"] {
      #expect(try await ledger.harvest(visit, at: time, prices: []).waiting == WaitingPrices(entries: 1))
    }
    #expect(try ledger.configuredPrices() == ["gpu-1 | 2 | EUR | – | in force"])
    // Back in the configuration, it is the same as ever.
    #expect(
      try await ledger.harvest(visit, at: "2026-01-20T00:00:00Z", prices: prices).waiting == WaitingPrices())
    #expect(
      try ledger.configuredPrices() == ["gpu-1 | 2 | EUR | – | superseded", "gpu-1 | 2 | EUR | – | in force"])
    #expect(try ledger.problems() == [])
  }

  @Test("a price that changes from next month on holds from there at once")
  func nextMonth() async throws {
    let visit = answer("gpu-1", runs: try make(run: "r1"))
    let old = try make(price: "2", for: "gpu-1")
    try await ledger.harvest(visit, at: "2026-01-16T00:00:00Z", prices: [old])
    let prices = [old, try make(price: "3", for: "gpu-1", from: "2026-02-01")].numbered
    #expect(
      try await ledger.harvest(visit, at: "2026-01-17T00:00:00Z", prices: prices).waiting == WaitingPrices())
    #expect(try ledger.lines("SELECT price_at(1, 1769903999999), price_at(1, 1769904000000)") == ["1 | 2"])
  }

  @Test("a price is for what a runner was called at the time: a rename ends one and begins another, and moves no past")
  func renaming() async throws {
    let run = try make(run: "r1")
    func visit(_ first: String, _ second: String, at time: String, _ runs: RunRecord...) async throws -> WaitingPrices {
      let answer = VendorAnswer(
        [make(runner: "a", name: first, type: nil), make(runner: "b", name: second, type: nil)],
        runs: ["a": [run] + runs, "b": [run] + runs])
      return try await ledger.harvest(answer, at: time, prices: [try make(price: "2", for: "gpu-*")]).waiting
    }
    func rows() throws -> [String] {
      try ledger.lines(
        """
        SELECT runner_id, strftime('%d', valid_from / 1000, 'unixepoch'), strftime('%d', valid_until / 1000, 'unixepoch')
        FROM price WHERE applied_by IS NOT NULL AND superseded_by IS NULL AND origin = 'configured' ORDER BY price_id
        """)
    }
    #expect(try await visit("gpu-1", "cpu-1", at: "2026-01-16T00:00:00Z") == WaitingPrices())
    #expect(try rows() == ["1 | – | –"])
    #expect(try await visit("cpu-2", "gpu-2", at: "2026-01-17T00:00:00Z") == WaitingPrices())
    #expect(try rows() == ["1 | – | 17", "2 | 17 | –"])
    // Runs that go on over the rename, and after it: the price is that of each instant.
    let over = try make(run: "r2", started: "2026-01-16T23:59:50Z", completed: "2026-01-17T00:00:20Z")
    #expect(try await visit("cpu-2", "gpu-2", at: "2026-01-18T00:00:00Z", over) == WaitingPrices())
    func billed() throws -> [String] {
      try ledger.lines(
        "SELECT run_day.runner_id, price_second, sum(billed) FROM run_day JOIN price USING (price_id) GROUP BY 1, 2")
    }
    #expect(try billed() == ["1 | – | 20000", "1 | 2 | 280000", "2 | – | 280000", "2 | 2 | 20000"])
    // To apply changes nothing of that, and the name it had before comes back with its price.
    #expect(try ledger.applyPrices(.configured(try make(price: "2", for: "gpu-*")), now: later).isEmpty)
    #expect(try await visit("gpu-1", "gpu-2", at: "2026-02-27T00:00:00Z", over) == WaitingPrices())
    #expect(try rows() == ["1 | – | 17", "2 | 17 | –", "1 | 27 | –"])
    #expect(try billed() == ["1 | – | 20000", "1 | 2 | 280000", "2 | – | 280000", "2 | 2 | 20000"])
    #expect(try ledger.problems() == [])
  }

  @Test(
    "a billing rule that would change tallied time waits; before any run, and where it changes none, it holds at once")
  func billingRule() async throws {
    func settings(_ rule: BillingRule) -> SourceSettings {
      SourceSettings(name: "production", vendor: .nodion, currency: "EUR", billingRule: rule)
    }
    func rule() throws -> [String] { try ledger.lines("SELECT billing_rule FROM source") }
    let run = try make(run: "r1", started: "2026-01-15T10:00:00.500Z", completed: "2026-01-15T10:00:02.500Z")
    try await ledger.harvest(answer("gpu-1"), at: "2026-01-16T00:00:00Z", source: settings(.exact))
    try await ledger.harvest(answer("gpu-1"), at: "2026-01-16T01:00:00Z", source: settings(.minimumSeconds(2)))
    #expect(try rule() == ["minimum-seconds: 2"])
    try await ledger.harvest(
      answer("gpu-1", runs: run), at: "2026-01-16T02:00:00Z", source: settings(.minimumSeconds(2)))
    // Two seconds are two seconds under each of these.
    let same = try await ledger.harvest(
      answer("gpu-1", runs: run), at: "2026-01-17T00:00:00Z", source: settings(.ceilSecond))
    #expect(same.waiting == WaitingPrices())
    #expect(try rule() == ["ceil-second"])
    let other = try await ledger.harvest(
      answer("gpu-1", runs: run), at: "2026-01-18T00:00:00Z", source: settings(.minimumSeconds(60)))
    #expect(other.waiting == WaitingPrices(rules: ["production"]))
    #expect(try rule() == ["ceil-second"])
    #expect(try ledger.lines("SELECT billed FROM run_day") == ["2000"])
    _ = try ledger.applyPrices(WantedPrices(sources: [settings(.minimumSeconds(60))]), now: later)
    #expect(try ledger.lines("SELECT billed FROM run_day") == ["60000"])
    #expect(try ledger.problems() == [])
  }

  @Test("what waits is counted in words")
  func words() {
    #expect(WaitingPrices().description == "")
    #expect(
      WaitingPrices(entries: 1).description
        == "1 price would change what is tallied already")
    #expect(
      WaitingPrices(entries: 2, rules: ["a", "b"]).description == """
        2 prices and the billing rules of a, b would change what is tallied already
        """)
  }

  @Test("another zone begins the days of prices elsewhere: that waits, like everything that moves tallied time")
  func rezoned() async throws {
    let run = try make(run: "r1", started: "2026-01-14T23:30:00Z", completed: "2026-01-15T00:30:00Z")
    let prices = [try make(price: "2", for: "gpu-1", from: "2026-01-15")]
    try await ledger.harvest(priced("gpu-1", runs: run), at: "2026-01-16T00:00:00Z", prices: prices)
    _ = try ledger.rezone(to: try TimeZoneDatabase.rules(named: "Europe/Berlin"), apply: true, now: later)
    let counts = try await ledger.harvest(
      priced("gpu-1", runs: run), at: "2026-01-17T00:00:00Z", prices: prices)
    #expect(counts.waiting == WaitingPrices(entries: 1))
    #expect(
      try ledger.applyPrices(WantedPrices(), now: later).months.map(\.line) == [
        "2026-01 production EUR: cost 5400 → 7200, billed 3600000 → 3600000, assumed 1800000 → 0, unpriced 0 → 0, 1 runs"
      ])
    #expect(try ledger.problems() == [])
  }
}
