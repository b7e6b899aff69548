import Harvest
import Runs
import Store
import TestSupport
import Testing

/// What a configured price costs, worked out by hand; planning it, and applying it.
@Suite struct PricesApplyTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  /// Berlin's midnight is 23:00 UTC. Three runs of a runner without an instance type, so without any price:
  /// r1 100 s on 15 January; r2 from 31 January 22:59:00 to 23:01:40 UTC, 60 s of it in January and 100 s in February;
  /// r3 1.5 s on 2 February, failed.
  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder, zone: try TimeZoneDatabase.rules(named: "Europe/Berlin"))
    try await ledger.harvest(try PricesApplyTests.answer(), at: "2026-02-10T00:00:00Z")
  }

  private static func answer() throws -> VendorAnswer {
    try VendorAnswer(
      of: make(runner: "gpu-1", name: "gpu-1", type: nil),
      make(run: "r1", started: "2026-01-15T10:00:00Z", completed: "2026-01-15T10:01:40Z"),
      make(run: "r2", started: "2026-01-31T22:59:00Z", completed: "2026-01-31T23:01:40Z"),
      make(run: "r3", "failed", started: "2026-02-02T10:00:00Z", completed: "2026-02-02T10:00:01.500Z", exit: 1))
  }

  private let later = Instant(milliseconds: 1_772_000_000_000)

  @Test("a plan says month by month what would change, to the last digit, and writes nothing")
  func plan() throws {
    let before = try ledger.domainTables()
    let plan = try ledger.planPrices(
      .configured(make(price: "0.000000000000000007", for: "gpu-*"), make(price: "0.5", for: "cpu-*")))
    #expect(
      plan.months.map(\.line) == [
        // 160 s; the run over midnight is counted in the month that it ended in.
        """
        2026-01 production EUR: cost – → 0.00000000000000112, billed 160000 → 160000, assumed 0 → 0, \
        unpriced 1 → 0, 2 runs
        """,
        // 101.5 s
        """
        2026-02 production EUR: cost – → 0.0000000000000007105, billed 101500 → 101500, assumed 0 → 0, \
        unpriced 2 → 0, 2 runs
        """,
      ])
    #expect(plan.runs == 3)
    #expect(
      plan.lines == [
        "new runner gpu-* 0.000000000000000007 (configuration, entry 1): 1",
        "new runner cpu-* 0.5 (configuration, entry 2): 0, near gpu-1",
      ])
    #expect(!plan.isEmpty)
    #expect(try ledger.domainTables() == before)
    #expect(try ledger.lines("SELECT count(*) FROM sequence") == ["1"])
  }

  @Test("what a later entry prices goes on costing the same when one above it changes")
  func entryAbove() throws {
    func wanted(_ first: String) throws -> WantedPrices {
      .configured(
        try make(price: first, for: "*"), try make(price: "0.00012", for: "gpu-*", from: "2026-02-01"))
    }
    try ledger.applyPrices(try wanted("0.1"), now: later)
    // January: 160 s at 0.1, then at 0.2. February: 101.5 s at 0.00012, from another row and at the same price.
    let plan = try ledger.planPrices(try wanted("0.2"))
    #expect(
      plan.months.map(\.line) == [
        "2026-01 production EUR: cost 16 → 32, billed 160000 → 160000, assumed 0 → 0, unpriced 0 → 0, 2 runs"
      ])
    #expect(try ledger.applyPrices(try wanted("0.2"), now: later).months == plan.months)
    #expect(try ledger.problems() == [])
  }

  @Test("a price from the middle of a run on splits it there, exactly")
  func fromTheMiddle() throws {
    // From 22:59:30 UTC on: 30 s of r2 in January and 100 s in February, and r3's 1.5 s.
    let wanted = WantedPrices.configured(
      try make(price: "0.00012", for: "gpu-1", from: "2026-01-31T23:59:30+01:00"))
    #expect(
      try ledger.applyPrices(wanted, now: later).months.map(\.line) == [
        "2026-01 production EUR: cost – → 0.0036, billed 160000 → 160000, assumed 0 → 0, unpriced 1 → 1, 1 runs",
        "2026-02 production EUR: cost – → 0.01218, billed 101500 → 101500, assumed 0 → 0, unpriced 2 → 0, 2 runs",
      ])
    #expect(
      try ledger.tallyInMoney() == [
        "20468 | production | gpu-1 |  | – | EUR | 0 | 2 | 1 | 1 | 100000 | 1 | 10000 | 100000",
        "20484 | production | gpu-1 |  | – | EUR | 0 | 2 | 0 | 0 | 0 | 0 | 0 | 30000",
        "20484 | production | gpu-1 |  | 0.00012 | EUR | 0 | 2 | 0 | 0 | 0 | 0 | 0 | 30000",
        "20485 | production | gpu-1 |  | 0.00012 | EUR | 0 | 2 | 1 | 1 | 160000 | 1 | 10000 | 100000",
        "20486 | production | gpu-1 |  | 0.00012 | EUR | 0 | 3 | 1 | 1 | 1500 | 1 | 10000 | 1500",
      ])
    #expect(try ledger.configuredPrices() == ["gpu-1 | 0.00012 | EUR | 2026-01-31T22:59 | in force"])
    #expect(try ledger.lines("SELECT run_cost(1, started_at, ended_at) FROM run") == ["–", "0.0156", "0.00018"])
    #expect(try ledger.problems() == [])
  }

  @Test("a run that never started counts under the price that begins at the very instant of its end")
  func endsAtTheStart() async throws {
    let run = try make(
      run: "r9", "failed", created: "2026-03-01T10:00:00Z", started: nil, completed: "2026-03-01T11:00:00Z", exit: nil)
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "gpu-1", name: "gpu-1", type: nil), run), at: "2026-03-02T00:00:00Z")
    for (start, expected) in [("2026-03-01T11:00:00.001Z", "–"), ("2026-03-01T11:00:00Z", "2")] {
      _ = try ledger.applyPrices(.configured(try make(price: "2", for: "gpu-1", from: start)), now: later)
      #expect(
        try ledger.lines("SELECT price_second FROM run_day JOIN price USING (price_id) WHERE day = 20513") == [expected]
      )
      #expect(try ledger.problems() == [])
    }
  }

  @Test("the last entry that matches wins within each instant")
  func lastWins() throws {
    let wanted = WantedPrices.configured(
      try make(price: "1", for: "gpu-*"), try make(price: "2", for: "gpu-1", from: "2026-02-01"),
      try make(price: "3", for: "nobody"))
    _ = try ledger.applyPrices(wanted, now: later)
    // 160 s at 1; 101.5 s at 2.
    #expect(
      try ledger.lines(
        """
        SELECT price_second, sum(billed) FROM run_day JOIN price USING (price_id) GROUP BY price_id ORDER BY price_id
        """) == ["1 | 160000", "2 | 101500"])
    // One that holds since ever and comes later wins everywhere.
    let all = WantedPrices.configured(
      try make(price: "1", for: "gpu-*"), try make(price: "2", for: "gpu-1", from: "2026-02-01"),
      try make(price: "3", for: "nobody"), try make(price: "4", for: "gpu-1"))
    #expect(
      try ledger.applyPrices(all, now: later).months.map(\.line) == [
        "2026-01 production EUR: cost 160 → 640, billed 160000 → 160000, assumed 0 → 0, unpriced 0 → 0, 2 runs",
        "2026-02 production EUR: cost 203 → 406, billed 101500 → 101500, assumed 0 → 0, unpriced 0 → 0, 2 runs",
      ])
    #expect(try ledger.problems() == [])
  }

  @Test("applied once is applied: a second plan is empty, and a harvest with the same prices rewrites nothing")
  func idempotence() async throws {
    let wanted = WantedPrices.configured(
      try make(price: "1", for: "gpu-*"), try make(price: "2", for: "gpu-1", from: "2026-02-01"))
    #expect(try !ledger.applyPrices(wanted, now: later).isEmpty)
    let tables = try ledger.domainTables()
    let sequence = try ledger.lines("SELECT sequence, at, kind, note FROM sequence")
    #expect(
      sequence == ["1 | 1770681600000 | harvest | –", "2 | 1772000000000 | price | prices: 2 entered, 2 applied"])
    let second = try ledger.planPrices(wanted)
    #expect(second.isEmpty && second.months.isEmpty && second.runs == 0)
    #expect(second.entries.map(\.state) == [.inForce, .inForce])
    _ = try ledger.applyPrices(wanted, now: later)
    #expect(try ledger.savePrices(wanted, now: later).isEmpty)
    #expect(try ledger.lines("SELECT sequence, at, kind, note FROM sequence") == sequence)
    for time in ["2026-02-11T00:00:00Z", "2026-02-12T00:00:00Z"] {
      let counts = try await ledger.harvest(
        try PricesApplyTests.answer(), at: time, prices: wanted.configured)
      #expect(counts.waiting == WaitingPrices())
    }
    #expect(try ledger.domainTables() == tables)
  }

  @Test("a price that is withdrawn leaves its row, superseded, and its runs go back to what was before")
  func withdrawing() throws {
    let before = try ledger.tallyInMoney()
    _ = try ledger.applyPrices(.configured(try make(price: "1", for: "gpu-*")), now: later)
    let plan = try ledger.applyPrices(.configured(), now: later)
    #expect(plan.lines == ["withdrawn runner gpu-* 1 (configuration, entry 1): 1"])
    #expect(
      plan.months.map(\.line).first
        == "2026-01 production EUR: cost 160 → –, billed 160000 → 160000, assumed 0 → 0, unpriced 0 → 1, 2 runs")
    #expect(try ledger.configuredPrices() == ["gpu-1 | 1 | EUR | – | superseded"])
    // What the ledger knew when can be told.
    #expect(
      try ledger.lines(
        "SELECT sequence, applied_by, superseded_by FROM price WHERE origin = 'configured'") == ["2 | 2 | 3"])
    #expect(try ledger.lines("SELECT sequence, withdrawn_by FROM configured_price") == ["2 | 3"])
    #expect(try ledger.tallyInMoney() == before)
    #expect(try ledger.problems() == [])
  }

  @Test("prices change order: what comes after the first difference is entered anew, and nothing older is touched")
  func reordering() throws {
    let a = try make(price: "1", for: "gpu-*")
    let b = try make(price: "2", for: "gpu-1")
    let c = try make(price: "3", for: "cpu")
    _ = try ledger.applyPrices(.configured(a, b), now: later)
    _ = try ledger.applyPrices(.configured(c, b, a), now: later)
    #expect(
      try ledger.lines(
        "SELECT configured_price_id, pattern, position, withdrawn_by IS NULL FROM configured_price"
      ) == ["1 | gpu-* | 1 | 0", "2 | gpu-1 | 2 | 0", "3 | cpu | 1 | 1", "4 | gpu-1 | 2 | 1", "5 | gpu-* | 3 | 1"])
    #expect(try ledger.lines("SELECT DISTINCT price_second FROM run_day JOIN price USING (price_id)") == ["1"])
    // Without the first of them the others stay, on other lines.
    _ = try ledger.applyPrices(.configured(b, a), now: later)
    #expect(
      try ledger.lines("SELECT configured_price_id, position FROM configured_price WHERE withdrawn_by IS NULL")
        == ["4 | 1", "5 | 2"])
    #expect(try ledger.problems() == [])
  }

  @Test("another currency moves the time from one line of the plan to the other; two are never added")
  func currencies() throws {
    let wanted = WantedPrices.configured(
      try make(price: "1", for: "gpu-1"), try make(price: "2", for: "gpu-1", currency: "USD", from: "2026-02-01"))
    #expect(
      try ledger.applyPrices(wanted, now: later).months.map(\.line) == [
        "2026-01 production EUR: cost – → 160, billed 160000 → 160000, assumed 0 → 0, unpriced 1 → 0, 2 runs",
        "2026-02 production EUR: cost – → 0, billed 101500 → 0, assumed 0 → 0, unpriced 2 → 0, 2 runs",
        "2026-02 production USD: cost 0 → 203, billed 0 → 101500, assumed 0 → 0, unpriced 0 → 0, 2 runs",
      ])
    // r2 has 60 EUR and 200 USD.
    #expect(
      try ledger.lines(
        "SELECT run_cost(1, started_at, ended_at), run_currency(1, started_at, ended_at) FROM run")
        == ["100 | EUR", "– | –", "3 | USD"])
    #expect(try ledger.problems() == [])
  }

  @Test("a billing rule is part of the plan, and applied with it")
  func billingRule() throws {
    var settings = SourceSettings.production
    settings.billingRule = .ceilSecond
    let wanted = WantedPrices(sources: [settings])
    let plan = try ledger.planPrices(wanted)
    #expect(plan.rules == [PricePlan.RuleChange(source: "production", was: .exact, now: .ceilSecond)])
    #expect(
      plan.months.map(\.line) == [
        "2026-02 production EUR: cost – → –, billed 101500 → 102000, assumed 0 → 0, unpriced 2 → 2, 1 runs"
      ])
    #expect(try ledger.applyPrices(wanted, now: later) == plan)
    #expect(try ledger.planPrices(wanted).isEmpty)
    #expect(
      try ledger.lines("SELECT kind, note FROM sequence WHERE sequence = 2")
        == ["restatement | billing rule of production: exact, now ceil-second"])
    #expect(try ledger.lines("SELECT billing_rule FROM source") == ["ceil-second"])
    #expect(try ledger.problems() == [])
  }

  @Test("a price of a source that nobody knows is refused, with what is near")
  func unknownSource() throws {
    let wanted = WantedPrices.configured(try make(price: "1", for: "gpu-1", source: "productoin"))
    let error = UnknownPriceSource(
      price: try make(price: "1", for: "gpu-1", source: "productoin"), known: ["production"])
    #expect(throws: error) { try ledger.planPrices(wanted) }
    #expect(throws: error) { try ledger.applyPrices(wanted, now: later) }
    #expect(
      error.description == """
        the price for runner gpu-1 (configuration, entry 1) names the source "productoin", which is neither \
        configured nor in the ledger; near it: production
        """)
  }

  @Test("another currency or vendor of a source is refused here too")
  func contradictions() throws {
    let dollars = SourceSettings(name: "production", vendor: .nodion, currency: "USD")
    #expect(throws: LedgerError.currencyChanged(source: "production", was: "EUR", now: "USD")) {
      try ledger.planPrices(WantedPrices(sources: [dollars]))
    }
    #expect(throws: LedgerError.currencyChanged(source: "production", was: "EUR", now: "USD")) {
      try ledger.applyPrices(WantedPrices(sources: [dollars]), now: later)
    }
  }

  @Test("a ledger that can only be read can be planned on")
  func readOnly() throws {
    let reader = try Ledger(at: ledger.path, for: .reading)
    let plan = try reader.planPrices(.configured(try make(price: "1", for: "gpu-1")))
    #expect(plan.runs == 3)
  }
}
