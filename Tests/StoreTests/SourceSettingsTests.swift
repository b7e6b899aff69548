import Harvest
import Runs
import Store
import TestSupport
import Testing

/// What the configuration says of a source, against what the ledger already tallied.
@Suite struct SourceSettingsTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  private func settings(
    vendor: Vendor = .nodion, currency: String? = "EUR", rule: BillingRule = .exact
  ) -> SourceSettings {
    SourceSettings(name: "production", vendor: vendor, currency: currency, billingRule: rule)
  }

  private func visit(_ settings: SourceSettings, price: String = "0.000002", at time: String) async throws {
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "backup", type: try make(type: "small", price: price)), make(run: "r1")), at: time,
      source: settings)
  }

  @Test("hazard 16: a currency that is named later is that of the prices seen before, too")
  func currencyLater() async throws {
    try await visit(settings(currency: nil), at: "2026-01-16T00:00:00Z")
    #expect(try ledger.lines("SELECT price_second, currency FROM price_history") == ["0.000002 | –"])
    try await visit(settings(), price: "0.000003", at: "2026-01-17T00:00:00Z")
    #expect(
      try ledger.lines("SELECT price_second, currency FROM price_history") == ["0.000002 | EUR", "0.000003 | EUR"])
  }

  @Test("a visit that names no currency has the source's")
  func currencyLeftOut() async throws {
    try await visit(settings(), at: "2026-01-16T00:00:00Z")
    try await visit(settings(currency: nil), price: "0.000003", at: "2026-01-17T00:00:00Z")
    #expect(
      try ledger.lines("SELECT price_second, currency FROM price_history") == ["0.000002 | EUR", "0.000003 | EUR"])
  }

  @Test("another currency or vendor is refused, and nothing is noted of the visit")
  func contradictions() async throws {
    try await visit(settings(), at: "2026-01-16T00:00:00Z")
    let cases: [(SourceSettings, LedgerError)] = [
      (settings(currency: "USD"), .currencyChanged(source: "production", was: "EUR", now: "USD")),
      (settings(vendor: .agentsMesh), .vendorChanged(source: "production", was: "nodion", now: "agentsmesh")),
    ]
    let before = try ledger.domainTables()
    for (settings, error) in cases {
      await #expect(throws: error) { try await visit(settings, at: "2026-01-17T00:00:00Z") }
    }
    #expect(try ledger.domainTables() == before)
    #expect(try ledger.lines("SELECT count(*) FROM harvest") == ["1"])
    #expect(try ledger.lines("SELECT count(*) FROM sequence") == ["1"])
  }

  @Test("answers that are older than what the ledger knows of the source are refused; as old is not older")
  func olderVisit() async throws {
    try await visit(settings(), at: "2026-01-16T00:00:00Z")
    await #expect(
      throws: LedgerError.olderThanLedger(
        source: "production", read: try instant("2026-01-15T23:59:59.999Z"),
        ledger: try instant("2026-01-16T00:00:00Z"))
    ) { try await visit(settings(), at: "2026-01-15T23:59:59.999Z") }
    try await visit(settings(), at: "2026-01-16T00:00:00Z")
    // Another source has its own history.
    try await ledger.harvest(
      VendorAnswer(), at: "2026-01-02T00:00:00Z", source: SourceSettings(name: "other", vendor: .nodion))
    #expect(try ledger.problems() == [])
  }

  @Test(
    "what a billing rule adds is in the tally, on the last slice",
    arguments: [
      (BillingRule.exact, ["0 | 1500", "1 | 500"]), (.ceilSecond, ["0 | 1500", "1 | 500"]),
      (.minimumSeconds(60), ["0 | 1500", "1 | 58500"]),
    ])
  func billingRules(rule: BillingRule, expected: [String]) async throws {
    try await ledger.harvest(
      VendorAnswer(make(run: "r1", started: "2026-01-15T23:59:58.500Z", completed: "2026-01-16T00:00:00.500Z")),
      at: "2026-01-17T00:00:00Z", source: settings(rule: rule))
    #expect(try ledger.lines("SELECT day - 20468, billed FROM run_day") == expected)
    #expect(try ledger.lines("SELECT billing_rule FROM source") == [rule.description])
    #expect(try ledger.problems() == [])
  }
}
