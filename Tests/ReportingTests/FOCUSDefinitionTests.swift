import Reporting
import Runs
import Store
import TestSupport
import Testing

/// Charges in the shape that the FinOps Open Cost and Usage Specification wants.
@Suite struct FOCUSDefinitionTests {
  let made: HandMadeLedger
  var ledger: Ledger { made.ledger }

  init() async throws {
    made = try await HandMadeLedger()
  }

  @Test("one row per run, month and price; unpriced time is left out")
  func rows() throws {
    let report = try ledger.make("charges", .everything, format: "focus")
    #expect(report.head.name == "charges")
    #expect(
      report.lines(
        "BillingPeriodStart", "BillingPeriodEnd", "x_RunId", "ChargePeriodStart", "ChargePeriodEnd", "PricingQuantity",
        "ListUnitPrice", "BilledCost", "BillingCurrency", "x_PriceAssumed") == [
          january + "a1 | 2026-01-18T10:00:00.000Z | 2026-01-18T10:01:40.000Z | 100 | 0.00012 | 0.012 | USD | 0",
          january + "a2 | 2026-01-19T10:00:00.000Z | 2026-01-19T10:00:50.000Z | 50 | 0.00012 | 0.006 | USD | 0",
          january + "a3 | 2026-01-19T11:00:00.000Z | 2026-01-19T11:00:10.000Z | 10 | 0.00012 | 0.0012 | USD | 0",
          january + "s1 | 2026-01-15T09:01:00.000Z | 2026-01-15T09:05:30.000Z | 270 | 0.0000019 | 0.000513 | EUR | 0",
          january + "s2 | 2026-01-16T09:00:00.000Z | 2026-01-16T09:02:15.000Z | 135 | 0.0000019 | 0.0002565 | EUR | 0",
          january + "s3 | 2026-01-31T05:00:00.000Z | 2026-01-31T12:00:00.000Z | 25200 | 0.0000019 | 0.04788 | EUR | 1",
          january + "s3 | 2026-01-31T12:00:00.000Z | 2026-01-31T13:00:00.000Z | 3600 | 0.0000038 | 0.01368 | EUR | 0",
          january + "s4 | 2026-01-31T22:00:00.000Z | 2026-01-31T23:00:00.000Z | 3600 | 0.0000038 | 0.01368 | EUR | 0",
          "2026-02-01T00:00:00.000Z | 2026-03-01T00:00:00.000Z | "
            + "s4 | 2026-01-31T23:00:00.000Z | 2026-01-31T23:30:00.000Z | 1800 | 0.0000038 | 0.00684 | EUR | 0",
        ])
  }

  /// January of Berlin under its own name: a filter on January finds it, also what of it was still December in UTC.
  private let january = "2026-01-01T00:00:00.000Z | 2026-02-01T00:00:00.000Z | "

  @Test("names, sizes and tags stand where a platform looks for them")
  func names() throws {
    let given = ReportSettings(
      labels: [
        RunnerLabel(source: "production", runner: "Backup", key: "cost_center", value: "4711"),
        // A label of the user's never meets what is generated.
        RunnerLabel(source: "production", runner: "Backup", key: "image", value: "mine"),
      ],
      accounts: ["production": .init(id: "acc-1", name: "Acme", project: "web")])
    let report = try ledger.make(
      ReportCatalog.definition(named: "charges", format: "focus-1.2"), .everything, given: given)
    #expect(
      report.lines(
        "BillingAccountId", "BillingAccountName", "ChargeDescription", "SkuId", "SkuPriceId", "SkuPriceDetails", "Tags",
        "ServiceName", "RegionId", "SubAccountId", "SubAccountType"
      ).filter { $0.contains("run s1") || $0.contains("run a1") } == [
        "agents | – | Runner \"gpu-1\", run a1, on gpu | agentsmesh/gpu | agentsmesh/gpu/USD/0.00012"
          + " | {\"InstanceType\":\"gpu\",\"CoreCount\":1} | {\"runtally/image\":\"acme/gpu-1:1\"} | AgentsMesh Runners | fra1 | – | –",
        "acc-1 | Acme | Runner \"Backup\", run s1, on small | nodion/small | nodion/small/EUR/0.0000019"
          + " | {\"InstanceType\":\"small\",\"CoreCount\":1} | {\"cost_center\":\"4711\",\"image\":\"mine\",\"runtally/image\":\"acme/backup-1:1\"}"
          + " | Nodion Runners | fra1 | web | Project",
      ])
  }

  @Test("columns of what no vendor has are there, and empty; what is priced in a currency is billed in it")
  func columns() throws {
    let report = try ledger.make("charges", .everything, format: "focus")
    let missing = report.columns.filter { name in
      ["Allocated", "Capacity", "Commitment", "ContractApplied", "AvailabilityZone"].contains { name.hasPrefix($0) }
    }
    #expect(missing.count == 17)
    for name in missing { #expect(report.column(name).allSatisfy { $0 == .null }, "\(name)") }
    for (one, other) in [
      ("PricingCurrency", "BillingCurrency"), ("PricingCurrencyEffectiveCost", "BilledCost"),
      ("PricingCurrencyListUnitPrice", "ListUnitPrice"), ("PricingCurrencyContractedUnitPrice", "ListUnitPrice"),
    ] { #expect(report.column(one) == report.column(other)) }
  }

  @Test("an instant within a second belongs to a charge period that covers it")
  func seconds() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    let runs = ["r1": [try make(run: "s", started: "2026-01-15T09:00:00.900Z", completed: "2026-01-15T09:00:01.100Z")]]
    let type = try make(type: "small", price: "2")
    try await ledger.harvest(VendorAnswer([make(runner: "r1", type: type)], runs: runs), at: "2026-02-10T12:00:00Z")
    let report = try ledger.make("charges", .everything, format: "focus")
    #expect(
      report.lines("ChargePeriodStart", "ChargePeriodEnd", "x_StartedAt", "ConsumedQuantity", "BilledCost") == [
        "2026-01-15T09:00:00.000Z | 2026-01-15T09:00:02.000Z | 2026-01-15T09:00:00.900Z | 0.2 | 0.4"
      ])
  }
}
