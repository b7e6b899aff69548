import Harvest
import Runs
import Store
import TestSupport
import Testing

/// What a price is about: runners, instance types and labels; and prices that come from a file.
@Suite struct PricesMatchingTests {
  let folder: TemporaryFolder
  let ledger: Ledger
  private let later = Instant(milliseconds: 1_772_000_000_000)

  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
    var labelled = make(runner: "id-1", name: "gpu-[1]", type: nil)
    labelled.labels = ["gpu", "house 7"]
    var other = make(runner: "id-2", name: "Backup", type: try make(type: "t-9", price: "0.5", slug: "standard-s"))
    other.labels = ["house 8"]
    let run = try make(run: "r1", started: "2026-01-15T10:00:00Z", completed: "2026-01-15T10:00:10Z")
    try await ledger.harvest(
      VendorAnswer([labelled, other], runs: ["id-1": [run], "id-2": [run]]), at: "2026-01-16T00:00:00Z")
  }

  @Test(
    "a runner is named by id, newest name or glob, an instance type by id, slug, name or glob, a label by itself or glob",
    arguments: [
      (ConfiguredPrice.Subject.Kind.runner, "id-1", ["gpu-[1]"]), (.runner, "gpu-[1]", ["gpu-[1]"]),
      (.runner, "gpu-*", ["gpu-[1]"]), (.runner, "*", ["gpu-[1]", "Backup"]), (.runner, "id-*", []),
      (.runner, "backup", []), (.runner, "standard-s", []),
      (.instanceType, "t-9", ["standard-s"]), (.instanceType, "standard-?", ["standard-s"]),
      (.instanceType, "T-9", ["standard-s"]), (.instanceType, "Backup", []), (.instanceType, "t-*", []),
      (.label, "gpu", ["gpu-[1]"]), (.label, "house ?", ["gpu-[1]", "Backup"]), (.label, "house", []),
    ])
  func matching(kind: ConfiguredPrice.Subject.Kind, pattern: String, expected: [String]) throws {
    let plan = try ledger.applyPrices(.configured(try make(price: "2", for: pattern, kind)), now: later)
    #expect(plan.entries.map(\.matches) == [expected.count])
    #expect(
      try ledger.lines(
        "SELECT coalesce(runner, instance_type) FROM price_history WHERE origin = 'configured' ORDER BY price_id")
        == expected)
    #expect(try ledger.problems() == [])
  }

  @Test("of an instance type and its runner the later entry wins; both beat what was observed")
  func typeAndRunner() throws {
    let type = try make(price: "2", for: "standard-s", .instanceType)
    let runner = try make(price: "3", for: "Backup")
    func price() throws -> [String] {
      try ledger.lines(
        "SELECT price_second, assumed FROM run_day JOIN price USING (price_id) WHERE run_day.runner_id = 2")
    }
    #expect(try price() == ["0.5 | 1"])
    _ = try ledger.applyPrices(.configured(runner, type), now: later)
    // The price of an instance type is as sure as the type, which was not seen before the run.
    #expect(try price() == ["2 | 1"])
    _ = try ledger.applyPrices(.configured(type, runner), now: later)
    #expect(try price() == ["3 | 0"])
    #expect(try ledger.problems() == [])
  }

  private func csv(_ rows: String, file: String = "a.csv") throws -> WantedPrices {
    WantedPrices(
      sources: [.production],
      imported: try PriceTable.prices(csv: "source,runner,price_second,from\n" + rows, file: file))
  }

  @Test("an import is kept without its file, and can be repeated")
  func importing() async throws {
    let wanted = try csv("production,gpu-*,2,\nproduction,gpu-*,3,2026-02-01\nproduction,gpu-*,4,2026-02-01\n")
    // What had no price has one at once.
    #expect(try ledger.savePrices(wanted, now: later) == WaitingPrices())
    // Of two for the same from the same day on only the later can ever hold.
    #expect(
      try ledger.lines("SELECT price_second, file, position FROM configured_price") == [
        "2 | a.csv | 2", "4 | a.csv | 4",
      ])
    #expect(
      try ledger.configuredPrices() == [
        "gpu-[1] | 2 | EUR | – | in force", "gpu-[1] | 4 | EUR | 2026-02-01T00:00 | in force",
      ])
    let tables = try ledger.domainTables()
    #expect(try ledger.savePrices(wanted, now: later) == WaitingPrices())
    #expect(try ledger.domainTables() == tables)
    // A list of the configuration says nothing of files.
    _ = try ledger.applyPrices(.configured(), now: later)
    #expect(
      try ledger.configuredPrices() == [
        "gpu-[1] | 2 | EUR | – | in force", "gpu-[1] | 4 | EUR | 2026-02-01T00:00 | in force",
      ])
    #expect(try ledger.planPrices(wanted).isEmpty)
    #expect(try ledger.problems() == [])
  }

  @Test("a later import replaces the price for the same from the same day on, and going back is a change again")
  func replacing() throws {
    for (price, file) in [("2", "a.csv"), ("3", "b.csv"), ("2", "a.csv")] {
      _ = try ledger.applyPrices(try csv("production,gpu-*,\(price),\n", file: file), now: later)
      #expect(
        try ledger.lines(
          "SELECT DISTINCT price_second FROM run_day JOIN price USING (price_id) WHERE run_day.runner_id = 1") == [
            price
          ])
    }
    #expect(
      try ledger.configuredPrices() == [
        "gpu-[1] | 2 | EUR | – | superseded", "gpu-[1] | 3 | EUR | – | superseded", "gpu-[1] | 2 | EUR | – | in force",
      ])
    #expect(try ledger.problems() == [])
  }

  @Test("the configuration wins over files, whichever was entered later")
  func configurationWins() throws {
    _ = try ledger.applyPrices(.configured(try make(price: "7", for: "gpu-*")), now: later)
    let plan = try ledger.applyPrices(try csv("production,id-1,2,\nproduction,id-2,3,\n"), now: later)
    #expect(
      plan.lines == [
        "new runner id-1 2 (a.csv, line 2): 1", "new runner id-2 3 (a.csv, line 3): 1",
        "in force runner gpu-* 7 (configuration, entry 1): 1",
      ])
    #expect(
      try ledger.lines("SELECT run_day.runner_id, price_second FROM run_day JOIN price USING (price_id) ORDER BY 1")
        == ["1 | 7", "2 | 3"])
    #expect(try ledger.problems() == [])
  }

  @Test("a configured source that was never visited can be priced; its first harvest tallies under that")
  func beforeTheFirstVisit() async throws {
    let agents = SourceSettings(name: "agents", vendor: .agentsMesh, currency: "USD")
    let wanted = WantedPrices(
      sources: [.production, agents], configured: [try make(price: "2", for: "*", source: "agents")])
    #expect(try ledger.planPrices(wanted).lines == ["new runner * 2 (configuration, entry 1): 0"])
    _ = try ledger.applyPrices(wanted, now: later)
    #expect(try ledger.planPrices(wanted).isEmpty)
    let pod = try make(run: "p1", "completed", started: "2026-01-15T10:00:00Z", completed: "2026-01-15T10:00:10Z")
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "pod", type: nil), pod), at: "2026-01-16T00:00:00Z", source: agents,
      prices: wanted.configured)
    #expect(
      try ledger.lines(
        "SELECT price_second, currency FROM run_day JOIN price USING (price_id) WHERE run_day.runner_id = 3")
        == ["2 | USD"])
    #expect(try ledger.problems() == [])
  }
}
