import Runs
import Store
import TestSupport
import Testing

/// Prices as they are seen to change, and what that does to time that was tallied before.
@Suite struct PriceHistoryTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  private func answer(price: String?, _ runs: RunRecord...) throws -> VendorAnswer {
    VendorAnswer([make(runner: "backup", type: try make(type: "small", price: price))], runs: ["backup": runs])
  }

  private func prices() throws -> [String] {
    try ledger.lines(
      """
      SELECT price_second, strftime('%d %H', valid_from / 1000, 'unixepoch') AS valid_from,
        strftime('%d %H', unsure_from / 1000, 'unixepoch') AS unsure_from
      FROM price WHERE price_id <> 0 ORDER BY price_id
      """)
  }

  /// `price | assumed | runs | billed`
  private func tally() throws -> [String] {
    try ledger.lines(
      """
      SELECT price_second, assumed, sum(runs), sum(billed)
      FROM run_day JOIN price USING (price_id) GROUP BY price_id, assumed ORDER BY price_id, assumed
      """)
  }

  @Test("hazard 15: a price that rises and falls back is three entries, each unsure since the last complete sight")
  func upAndDown() async throws {
    for (day, price) in [(10, "0.000002"), (11, "0.000002"), (12, "0.000003"), (13, "0.000003"), (14, "2e-6")] {
      try await ledger.harvest(answer(price: price), at: "2026-01-\(day)T00:00:00Z")
    }
    #expect(
      try prices() == ["0.000002 | 10 00 | –", "0.000003 | 12 00 | 11 00", "0.000002 | 14 00 | 13 00"])
    #expect(
      try ledger.lines("SELECT source, instance_type, price_second, origin FROM price_history") == [
        "production | small | 0.000002 | observed", "production | small | 0.000003 | observed",
        "production | small | 0.000002 | observed",
      ])
    #expect(try ledger.problems() == [])
  }

  @Test("time between the last sight of the old price and the first of the new turns to assumed when that is known")
  func gapBecomesAssumed() async throws {
    // From 10 s before the last sight to 20 s after it, and an hour on the day after.
    let runs = try [
      make(run: "r1", started: "2026-01-10T23:59:50Z", completed: "2026-01-11T00:00:20Z"),
      make(run: "r2", started: "2026-01-11T12:00:00Z", completed: "2026-01-11T13:00:00Z"),
    ]
    try await ledger.harvest(answer(price: "0.000002"), at: "2026-01-10T00:00:00Z")
    try await ledger.harvest(answer(price: "0.000002"), at: "2026-01-11T00:00:00Z")
    try await ledger.harvest(
      VendorAnswer([make(runner: "backup", type: try make(type: "small", price: "0.000002"))], runs: ["backup": runs]),
      at: "2026-01-11T00:00:00Z")
    #expect(try tally() == ["0.000002 | 0 | 2 | 3630000"])
    try await ledger.harvest(
      VendorAnswer([make(runner: "backup", type: try make(type: "small", price: "0.000003"))], runs: ["backup": runs]),
      at: "2026-01-12T00:00:00Z")
    #expect(try tally() == ["0.000002 | 0 | 0 | 10000", "0.000002 | 1 | 2 | 3620000"])
    #expect(try ledger.problems() == [])
  }

  @Test("a run without length that ended at the very last sight is restated too")
  func endsAtTheSight() async throws {
    // It says nothing of its end, so it ended at the visit that saw it.
    let run = try make(
      run: "r1", "failed", created: "2026-01-10T23:00:00Z", started: nil, completed: nil, exit: nil)
    try await ledger.harvest(answer(price: "0.000002", run), at: "2026-01-11T00:00:00Z")
    try await ledger.harvest(answer(price: "0.000003", run), at: "2026-01-12T00:00:00Z")
    #expect(try tally() == ["0.000002 | 1 | 1 | 0"])
    #expect(try ledger.problems() == [])

    let type = try make(type: "large", price: "0.000009")
    let other = try make(
      run: "r2", "failed", created: "2026-01-11T23:00:00Z", started: nil, completed: nil, exit: nil)
    try await ledger.harvest(answer(price: "0.000003", run, other), at: "2026-01-13T00:00:00Z")
    try await ledger.harvest(
      VendorAnswer([make(runner: "backup", type: type)], runs: ["backup": [run, other]]), at: "2026-01-14T00:00:00Z")
    #expect(try tally() == ["0.000002 | 1 | 1 | 0", "0.000003 | 1 | 1 | 0"])
    #expect(try ledger.problems() == [])
  }

  @Test("a sight of a price counts on whatever size its runner was seen since")
  func sightOnAnotherSize() async throws {
    let run = try make(run: "r1", started: "2026-02-02T12:00:00Z", completed: "2026-02-02T13:00:00Z")
    func visit(_ day: Int, _ size: String, _ price: String) async throws {
      try await ledger.harvest(
        VendorAnswer([make(runner: "a", type: try make(type: size, price: price))], runs: ["a": [run]]),
        at: "2026-02-0\(day)T00:00:00Z")
    }
    for (day, size, price) in [(1, "m", "0.1"), (3, "m", "0.1"), (5, "s", "0.05"), (7, "m", "0.2")] {
      try await visit(day, size, price)
    }
    #expect(try prices() == ["0.1 | 01 00 | –", "0.05 | 05 00 | –", "0.2 | 07 00 | 03 00"])
    #expect(try tally() == ["0.1 | 0 | 1 | 3600000"])
    #expect(try ledger.problems() == [])
  }

  @Test("the last sight of a price is that of any runner, also of one that is gone, and none where no price was shown")
  func sightOfARunnerThatIsGone() async throws {
    func visit(_ day: Int, _ runners: [(id: String, price: String?)], isBroken: Bool = false) async throws {
      var answer = VendorAnswer(
        try runners.map { make(runner: $0.id, type: try make(type: "m", price: $0.price)) })
      answer.runnersAreComplete = !isBroken
      try await ledger.harvest(answer, at: "2026-02-\(day)T00:00:00Z")
    }
    try await visit(10, [("a", "0.1"), ("b", "0.1")])
    try await visit(11, [("b", "0.1")])
    try await visit(12, [])
    // Listed again, and so not on the 12th; a list that broke off proves no sight.
    try await visit(13, [("a", "0.1")], isBroken: true)
    try await visit(14, [("a", "0.2")])
    try await visit(15, [("a", "0.2")])
    try await visit(16, [("a", nil)])
    try await visit(17, [("a", "0.3")])
    #expect(try prices() == ["0.1 | 10 00 | –", "0.2 | 14 00 | 11 00", "0.3 | 17 00 | 15 00"])
    #expect(
      try ledger.lines(
        """
        SELECT external_id, strftime('%d', runner_absence.missing_since / 1000, 'unixepoch'),
          strftime('%d', found_at / 1000, 'unixepoch')
        FROM runner_absence JOIN runner USING (runner_id)
        """) == ["a | 11 | 13"])
  }

  @Test("a price that appears later prices what was unpriced, as assumed")
  func firstPriceLater() async throws {
    let run = try make(run: "r1")
    try await ledger.harvest(answer(price: nil, run), at: "2026-01-16T00:00:00Z")
    #expect(try tally() == ["– | 0 | 1 | 270000"])
    try await ledger.harvest(answer(price: "0.000002", run), at: "2026-01-17T00:00:00Z")
    #expect(try prices() == ["0.000002 | 17 00 | –"])
    #expect(try tally() == ["0.000002 | 1 | 1 | 270000"])
    #expect(try ledger.problems() == [])
  }

  @Test("hazard 14: a runner that moves to another size keeps the price of the old one for what started before")
  func typeChange() async throws {
    let before = try make(run: "r1", started: "2026-01-09T23:30:00Z", completed: "2026-01-10T00:30:00Z")
    // Started while nobody looked; and one that started under the old size and ran on into the new.
    let between = try make(run: "r2", started: "2026-01-10T12:00:00Z", completed: "2026-01-11T00:00:10Z")
    let after = try make(run: "r3", started: "2026-01-11T12:00:00Z", completed: "2026-01-11T12:00:05Z")
    let small = try make(type: "small", price: "0.000002")
    let large = try make(type: "large", price: "0.000004")
    for time in ["2026-01-09T00:00:00Z", "2026-01-10T00:00:00Z"] {
      try await ledger.harvest(
        VendorAnswer([make(runner: "backup", type: small)], runs: ["backup": [before]]), at: time)
    }
    try await ledger.harvest(
      VendorAnswer([make(runner: "backup", type: large)], runs: ["backup": [before, between, after]]),
      at: "2026-01-11T00:00:00Z")
    #expect(
      try ledger.lines(
        """
        SELECT instance_type.external_id, price_second, assumed, sum(billed)
        FROM run_day JOIN instance_type USING (instance_type_id) JOIN price USING (price_id)
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """) == [
          // r2 has the small size to its end, 10 s into the sight of the large one; whether it had is unsure.
          "large | 0.000004 | 0 | 5000", "small | 0.000002 | 0 | 3600000", "small | 0.000002 | 1 | 43210000",
        ])
    #expect(try ledger.problems() == [])
  }

  @Test("a size that two runners show with two prices in one answer has one, in whatever order they come")
  func twoPricesInOneAnswer() async throws {
    let runners = [
      make(runner: "a", type: try make(type: "small", price: "0.000002")),
      make(runner: "b", type: try make(type: "small", price: "0.000003")),
    ]
    try await ledger.harvest(VendorAnswer(runners), at: "2026-01-10T00:00:00Z")
    try await ledger.harvest(VendorAnswer(runners.reversed()), at: "2026-01-11T00:00:00Z")
    #expect(try prices() == ["0.000002 | 10 00 | –"])
  }

  @Test("a price that vanishes from the answers still holds")
  func vanishingPrice() async throws {
    try await ledger.harvest(answer(price: "0.000002"), at: "2026-01-10T00:00:00Z")
    try await ledger.harvest(answer(price: nil, make(run: "r1")), at: "2026-01-16T00:00:00Z")
    #expect(try prices() == ["0.000002 | 10 00 | –"])
    #expect(try tally() == ["0.000002 | 0 | 1 | 270000"])
  }

  @Test("free is a price, and not the same as none")
  func free() async throws {
    try await ledger.harvest(answer(price: "0.000", make(run: "r1")), at: "2026-01-16T00:00:00Z")
    #expect(try tally() == ["0 | 1 | 1 | 270000"])
  }

  @Test("without a complete list ever, a new price is unsure since the old one was seen")
  func neverComplete() async throws {
    var first = try answer(price: "0.000002")
    first.runnersAreComplete = false
    var second = try answer(price: "0.000003", make(run: "r1"))
    second.runnersAreComplete = false
    try await ledger.harvest(first, at: "2026-01-10T00:00:00Z")
    try await ledger.harvest(second, at: "2026-01-16T00:00:00Z")
    #expect(try prices() == ["0.000002 | 10 00 | –", "0.000003 | 16 00 | 10 00"])
    #expect(try tally() == ["0.000002 | 1 | 1 | 270000"])
    #expect(try ledger.problems() == [])
  }
}
