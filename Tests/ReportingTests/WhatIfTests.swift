import Harvest
import Reporting
import Runs
import Store
import TestSupport
import Testing

/// What the ledger made by hand would have cost under other prices and on other machines.
@Suite struct WhatIfTests {
  let made: HandMadeLedger

  init() async throws {
    made = try await HandMadeLedger()
  }

  private func replay(_ request: WhatIfRequest) throws -> Made {
    var writer: any RowWriter = Collector()
    let returned = try WhatIfReplay(ledger: made.ledger, generator: "runtally 0.1.0").write(request, to: &writer)
    let collector = try #require(writer as? Collector)
    return Made(
      collector: collector, returned: returned, head: try #require(collector.head),
      summary: try #require(collector.summary))
  }

  private func refusal(_ request: WhatIfRequest) -> String? {
    do {
      _ = try replay(request)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func price(_ text: String) throws -> WhatIfRequest.SupposedPrice { try .init(text) }

  @Test("another price of an instance type reaches all of its time, and nothing else")
  func price() throws {
    let report = try replay(WhatIfRequest(period: .all, prices: [price("small=0.0000038")]))
    #expect(
      report.lines == [
        "2026-01 | agents | gpu-1 | gpu-1 | 160 | 0.0192 | 0.0192 | 0 | USD",
        // 270, 135, 28800 and 3600 s, of which 270, 135, 3600 and 21600 s cost half of it.
        "2026-01 | production | Backup | backup-1 | 32805 | 0.0760095 | 0.124659 | 0.0486495 | EUR",
        "2026-01 | production | Search index | index-1 | 690 | – | – | – | EUR",
        "2026-02 | production | Backup | backup-1 | 1800 | 0.00684 | 0.00684 | 0 | EUR",
      ])
    #expect(
      report.totals == [
        "billed_seconds 35455", "cost 0.0828495 EUR", "cost 0.0192 USD", "whatif_cost 0.131499 EUR",
        "whatif_cost 0.0192 USD", "difference 0.0486495 EUR", "difference 0 USD",
      ])
    #expect(report.head.filters == [ReportFilter(name: "price", value: "small=0.0000038")])
    #expect(report.period == "2026-01-01 2026-02-11 Europe/Berlin")
    #expect(report.returned == report.summary)
  }

  @Test("270 s at 0.0000019 would have cost twice as much at 0.0000038")
  func oneRun() throws {
    let day = PeriodChoice.days(from: day("2026-01-15"), to: day("2026-01-16"))
    let report = try replay(WhatIfRequest(period: day, runners: ["Backup"], prices: [price("3.8e-06")]))
    #expect(
      report.lines == ["2026-01 | production | Backup | backup-1 | 270 | 0.000513 | 0.001026 | 0.000513 | EUR"])
  }

  @Test(
    "a lower price is a difference below 0, and that of an instance type goes before one for all, wherever it stands")
  func lower() throws {
    for prices in [["0.0000018"], ["9", "small=0.0000018"], ["small=0.0000018", "9"]] {
      let report = try replay(
        WhatIfRequest(period: Month("2026-02").map { .month($0) }, prices: try prices.map(price)))
      #expect(report.lines == ["2026-02 | production | Backup | backup-1 | 1800 | 0.00684 | 0.00324 | -0.0036 | EUR"])
    }
  }

  @Test("two prices for one thing are refused, also where they call it by two names")
  func pricedTwice() throws {
    #expect(
      refusal(WhatIfRequest(prices: [try price("small=9"), try price("Small=0.5")]))
        == "the instance type \"Small\" has two prices, 9 and 0.5")
    #expect(
      refusal(WhatIfRequest(prices: [try price("1"), try price("small=9"), try price("2.5")]))
        == "all runners that are asked for have two prices, 1 and 2.5")
  }

  @Test("of several sources and runners all are replayed")
  func several() throws {
    let report = try replay(
      WhatIfRequest(
        period: .all, sources: ["production", "agents"], runners: ["index-1", "gpu-1", "Search index"],
        prices: [price("0")]))
    #expect(report.lines("runner_id").sorted() == ["gpu-1", "index-1"])
    #expect(
      report.head.filters.map { "\($0.name) \($0.value)" } == [
        "source production", "source agents", "runner index-1", "runner gpu-1", "runner Search index", "price 0",
      ])
  }

  @Test("on another machine a run takes as long and costs what that one cost at the time")
  func machine() throws {
    let report = try replay(WhatIfRequest(period: .all, runners: ["index-1"], instanceType: "small"))
    // 690 s × 0.0000019; what had no price has no difference.
    #expect(report.lines == ["2026-01 | production | Search index | index-1 | 690 | – | 0.001311 | – | EUR"])
    let priced = try replay(
      WhatIfRequest(period: .all, runners: ["index-1"], instanceType: "small", prices: [price("small=0.1")]))
    #expect(priced.lines("whatif_cost") == ["69"])
  }

  @Test("what was so makes no difference, and nothing is written")
  func truth() throws {
    let before = try made.ledger.domainTables()
    let costs = try made.ledger.make("monthly-cost", .everything).lines
    let report = try replay(
      WhatIfRequest(period: .all, sources: ["agents"], instanceType: "gpu", prices: [price("gpu=0.00012")]))
    #expect(report.lines == ["2026-01 | agents | gpu-1 | gpu-1 | 160 | 0.0192 | 0.0192 | 0 | USD"])
    #expect(try made.ledger.domainTables() == before)
    // Nor does it linger in the ledger's next answers.
    #expect(try made.ledger.make("monthly-cost", .everything).lines == costs)
  }

  @Test("what is not there is named, with what is near")
  func refusals() throws {
    #expect(refusal(WhatIfRequest()) == "nothing is different")
    #expect(
      refusal(WhatIfRequest(prices: [try price("smal=1")]))
        == "the sources that are asked for have no instance type \"smal\"; did you mean \"small\"?")
    #expect(
      refusal(WhatIfRequest(instanceType: "small"))
        == "the source \"agents\" has no instance type \"small\"; there are: gpu.")
    #expect(refusal(WhatIfRequest(runners: ["Bakup"], prices: [try price("1")]))?.contains("\"Backup\"") == true)
    #expect(
      throws: WhatIfError.badPrice(text: "small=cheap", reason: "\"cheap\" is not a decimal number")
    ) { try price("small=cheap") }
    #expect(throws: WhatIfError.badPrice(text: "=1", reason: "it names nothing before the =")) { try price("=1") }
  }

  @Test("a machine that nothing prices is refused, unless a price is supposed")
  func unpriced() async throws {
    let free = make(runner: "free", type: try make(type: "mystery", price: nil))
    try await made.ledger.harvest(
      VendorAnswer([free]), at: "2026-02-10T13:00:00Z", source: SourceSettings(name: "production", vendor: .nodion))
    #expect(
      refusal(WhatIfRequest(runners: ["Backup"], instanceType: "mystery"))
        == "the instance type \"mystery\" of production has no price in the ledger")
    let month = Month("2026-02").map { PeriodChoice.month($0) }
    let report = try replay(
      WhatIfRequest(period: month, runners: ["Backup"], instanceType: "mystery", prices: [price("mystery=2")]))
    #expect(report.lines("cost", "whatif_cost", "difference") == ["0.00684 | 3600 | 3599.99316"])
  }
}
