import Harvest
import Reporting
import Runs
import Store
import TestSupport
import Testing

@testable import Policy
@testable import runtally

/// Every rule of a policy, on a company of one priced and one unpriced runner. Its now is 31 January, 12:00 UTC.
@Suite struct CheckRuleTests {
  private let folder: TemporaryFolder
  private let ledger: Ledger
  private static let label = RunnerLabel(source: "production", runner: "Backup", key: "team", value: "data")

  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
    let backup = make(runner: "b-1", name: "Backup", type: try make(type: "small", price: "0.01"))
    let index = make(runner: "i-1", name: "Index", type: nil)
    let old = make(runner: "o-1", name: "Old", type: nil)
    let idle = make(runner: "n-1", name: "Idle", type: nil)
    try await ledger.harvest(VendorAnswer([backup, index, old, idle]), at: "2026-01-01T00:00:00Z")
    // 24 runs of 100 s at 0.01, a day each from the 7th on: 24 EUR. Four of them failed.
    let runs = try (0..<24).map { number in
      let day = LocalDay(number: day("2026-01-07").number + Int64(number))
      return try make(
        run: "b\(number)", number % 6 == 5 ? "failed" : "succeeded", started: "\(day)T10:00:00Z",
        completed: "\(day)T10:01:40Z", exit: number % 6 == 5 ? 1 : 0)
    }
    let unpriced = try make(run: "i", started: "2026-01-20T10:00:00Z", completed: "2026-01-20T10:30:00Z")
    try await ledger.harvest(
      VendorAnswer([backup, index, idle], runs: ["b-1": runs, "i-1": [unpriced]]), at: "2026-01-31T12:00:00Z")
  }

  /// Each finding as `rule | result | value | limit unit | detail`.
  private func check(_ policy: String, now: String = "2026-01-31T13:00:00Z") throws -> [String] {
    try answer(policy, now: now).findings.map { finding in
      "\(finding.rule) | \(finding.result) | \(told(finding.value)) | \(told(finding.limit)) \(finding.unit) | "
        + finding.detail
    }
  }

  private func answer(_ policy: String, now: String = "2026-01-31T13:00:00Z") throws -> CheckAnswer {
    let reader = try #require(try YAMLReader(file: "policy.yaml", text: policy + "\nstale: false"))
    return try PolicyCheck.answer(
      ledger, try Policy(reader, currency: "EUR"), labels: [CheckRuleTests.label], generator: "test",
      now: instant(now))
  }

  private func told(_ value: Value) -> String {
    switch value {
    case .null: "–"
    case .integer(let integer): "\(integer)"
    case .real(let real): "\((real * 1000).rounded() / 1000)"
    case .text(let text): text
    }
  }

  @Test("a budget holds at its very amount, warns at its shares, and is violated by the least bit more")
  func budgets() throws {
    #expect(
      try check(
        """
        budget:
          - {name: exact, amount: 24}
          - {name: warned, amount: "24", warn_at: [0.5, 1]}
          - {name: over, amount: "23.999999999999999999999", source: production}
          - {name: half, amount: 48, warn_at: 0.5, runner: Backup}
          - {name: dollars, amount: 1, currency: USD}
        """) == [
          "exact | pass | 24 | 24 EUR | 24 of 24 EUR in 2026-01 (100.0 %); 1 run unpriced",
          "warned | warn | 24 | 24 EUR | 24 of 24 EUR in 2026-01 (100.0 %); 100 % of it reached; 1 run unpriced",
          "over | violation | 24 | 23.999999999999999999999 EUR | 24 of 23.999999999999999999999 EUR in 2026-01 "
            + "(100.0 %); 1 run unpriced",
          "half | warn | 24 | 48 EUR | 24 of 48 EUR in 2026-01 (50.0 %); 50 % of it reached",
          "dollars | pass | 0 | 1 USD | 0 of 1 USD in 2026-01 (0.0 %); 24 EUR not counted; 1 run unpriced",
        ])
  }

  @Test("a budget is for a machine size or a label, and a label that nobody gave is an error")
  func budgetScopes() throws {
    let policy = """
      budget:
        - {amount: 20, instance_type: small}
        - {amount: 20, instance_type: large}
        - {amount: 20, label: team=data}
        - {amount: 20, label: team=web}
      """
    #expect(
      try check(policy) == [
        "budget small | violation | 24 | 20 EUR | 24 of 20 EUR in 2026-01 (120.0 %)",
        "budget large | pass | 0 | 20 EUR | 0 of 20 EUR in 2026-01 (0.0 %)",
        "budget team=data | violation | 24 | 20 EUR | 24 of 20 EUR in 2026-01 (120.0 %)",
        "budget team=web | pass | 0 | 20 EUR | 0 of 20 EUR in 2026-01 (0.0 %)",
      ])
    #expect(try answer(policy).findings.map(\.subject) == ["small", "large", "team=data", "team=web"])
    let error = #expect(throws: PolicyError.self) { try check("budget: {amount: 1, label: cost=1}") }
    #expect(
      error?.description
        == "the rule \"budget cost=1\" is for the label cost, which stands nowhere under `labels:`; there is team")
  }

  @Test("a budget on the forecast judges what the month will have cost")
  func forecasts() throws {
    // 21 days of one euro each, and today, the last day of the month: 24 and one more. The three weeks that are missing
    // may scatter by a fifth each, which is 0.176 of variance for a day: 24 + 1.003257 · e^(−0.079433 + 2.567902 ·
    // 0.398581).
    #expect(
      try check(
        """
        budget:
          - {name: enough, amount: 25, on: forecast}
          - {name: short, amount: "24.5", on: forecast}
        """) == [
          "enough | pass | 25 | 25 EUR | 25 of 25 EUR expected for 2026-01 (100.0 %); 24 so far; "
            + "at most 26.57883 with 97.5 % probability",
          "short | violation | 25 | 24.5 EUR | 25 of 24.5 EUR expected for 2026-01 (102.0 %); 24 so far; "
            + "at most 26.57883 with 97.5 % probability",
        ])
  }

  @Test("an account that has been idle for more than eight weeks is expected to cost nothing, and no interval is told")
  func idleForecast() async throws {
    let backup = make(runner: "b-1", name: "Backup", type: try make(type: "small", price: "0.01"))
    try await ledger.harvest(VendorAnswer([backup], runs: ["b-1": []]), at: "2026-04-10T12:00:00Z")
    #expect(
      try check("budget: {amount: 25, on: forecast}", now: "2026-04-10T13:00:00Z") == [
        "budget forecast | pass | 0 | 25 EUR | 0 of 25 EUR expected for 2026-04 (0.0 %); 0 so far"
      ])
  }

  @Test("failure rates warn above the limit, and are violated where chance hardly explains it")
  func failureRates() throws {
    // 4 of 24 is 16.7 %, from 6.7 % on; 25 rated runs with the other runner's.
    #expect(
      try check(
        """
        failure_rate:
          - {name: fine, runner: Backup, max: 0.17}
          - {name: chance, runner: Backup, max: 0.1}
          - {name: bad, runner: Backup, max: 0.05}
          - {name: few, runner: Index, max: 0.05}
          - {name: recent, runner: Backup, max: 0.05, minimum_runs: 1, last: 2d}
        """) == [
          "fine | pass | 0.167 | 0.17 1 | 4 of 24 rated runs failed in the last 30d "
            + "(16.7 %, 95 % interval 6.7 % to 35.9 %), 17.0 % allowed",
          "chance | warn | 0.167 | 0.1 1 | 4 of 24 rated runs failed in the last 30d "
            + "(16.7 %, 95 % interval 6.7 % to 35.9 %), 10.0 % allowed; above it, which may be chance",
          "bad | violation | 0.167 | 0.05 1 | 4 of 24 rated runs failed in the last 30d "
            + "(16.7 %, 95 % interval 6.7 % to 35.9 %), 5.0 % allowed",
          "few | skipped | 0.0 | 0.05 1 | 0 of 1 rated run failed in the last 30d, and 20 are needed to say anything",
          "recent | violation | 1.0 | 0.05 1 | 1 of 1 rated run failed in the last 2d "
            + "(100.0 %, 95 % interval 20.7 % to 100.0 %), 5.0 % allowed",
        ])
  }

  @Test("a duration may be as long as the limit and no millisecond longer")
  func durations() throws {
    #expect(
      try check(
        """
        duration:
          - {runner: Backup, percentile: p50, max: 100s}
          - {runner: Backup, percentile: p99, max: 99999ms}
          - {max: 29m, last: 12d}
          - {runner: Idle, max: 1h}
        """) == [
          "duration p50 Backup | pass | 100.0 | 100.0 s | 50 % of 20 successful runs in the last 30d took at most "
            + "100.0 s, 100.0 s allowed",
          "duration p99 Backup | violation | 100.0 | 99.999 s | 99 % of 20 successful runs in the last 30d took at most "
            + "100.0 s, 99.9 s allowed",
          "duration p95 | violation | 1800.0 | 1740.0 s | 95 % of 10 successful runs in the last 12d took at most "
            + "30 min, 29 min allowed",
          "duration p95 Idle | skipped | – | 3600.0 s | no successful run in the last 30d",
        ])
  }

  @Test("each runner has its own case of silence; one that is gone or never ran is no violation")
  func silence() throws {
    // Backup ended on the 30th at 10:01:40, 93,500 s before; Index on the 20th.
    #expect(
      try check("silent: {name: quiet, after: 93500s}") == [
        "quiet / production / Backup | pass | 93500.0 | 93500.0 s | last finished run 25 h 58 min before the ledger's "
          + "now, 25 h 58 min allowed",
        "quiet / production / Idle | skipped | – | 93500.0 s | no finished run yet",
        "quiet / production / Index | violation | 955800.0 | 93500.0 s | last finished run 11 days 1 h before the "
          + "ledger's now, 25 h 58 min allowed",
        "quiet / production / Old | skipped | – | 93500.0 s | no longer listed since 2026-01-31T12:00:00.000Z",
      ])
    #expect(
      try check("silent: {runner: Backup, after: 93499s}")[0].hasPrefix(
        "silent Backup / production / Backup | violation | "))
  }

  @Test("coverage and unpriced runs")
  func ledgerRules() throws {
    #expect(
      try check(
        """
        coverage: {within: 26h, complete: 1}
        unpriced: [{name: strict}, {name: loose, max: 1}, {runner: Backup}]
        """) == [
          "coverage / production | pass | 0.0 | 93600.0 s | last read completely 0.0 s before the ledger's now, "
            + "26 h allowed",
          "coverage / lists | pass | 1.0 | 1.0 1 | 4 of 4 lists read completely, 100 % wanted",
          "strict | violation | 1 | 0 runs | 1 run without a price in 2026-01, 0 allowed",
          "loose | pass | 1 | 1 runs | 1 run without a price in 2026-01, 1 allowed",
          "unpriced Backup | pass | 0 | 0 runs | 0 runs without a price in 2026-01, 0 allowed",
        ])
  }

  @Test("a source or list that is not read completely for too long is a violation")
  func incomplete() async throws {
    var answer = VendorAnswer([make(runner: "b-1", name: "Backup", type: try make(type: "small", price: "0.01"))])
    answer.brokenLists = ["b-1"]
    try await ledger.harvest(answer, at: "2026-02-01T14:00:01Z")
    try await ledger.harvest(
      VendorAnswer([]), at: "2026-02-01T14:00:01Z", source: .init(name: "other", vendor: .nodion))
    #expect(
      try check("coverage: {}") == [
        "coverage / other | pass | 0.0 | 93600.0 s | last read completely 0.0 s before the ledger's now, 26 h allowed",
        "coverage / production | violation | 93601.0 | 93600.0 s | last read completely 26 h before the ledger's now, "
          + "26 h allowed",
        "coverage / lists | violation | 0.667 | 0.95 1 | 2 of 3 lists read completely, 95 % wanted",
      ])
  }

  @Test("staleness is told by the clock, unless nobody asks for it")
  func stale() throws {
    func check(_ policy: String, now: String) throws -> [String] {
      let reader = try #require(try YAMLReader(file: "policy.yaml", text: policy))
      return try PolicyCheck.answer(
        ledger, try Policy(reader, currency: nil), labels: [], generator: "test", now: instant(now)
      ).findings.map { "\($0.rule) | \($0.result) | \($0.detail)" }
    }
    let none = "failure_rate: []"
    #expect(
      try check(none, now: "2026-02-02T00:00:00Z")
        == ["stale / production | pass | last read completely 36 h ago, 36 h allowed"])
    #expect(
      try check(none, now: "2026-02-02T00:00:01Z")
        == ["stale / production | violation | last read completely 36 h ago, 36 h allowed"])
    #expect(
      try check("stale: {after: 1h}", now: "2026-01-31T13:00:00.001Z")
        == ["stale / production | violation | last read completely 60 min ago, 60 min allowed"])
    #expect(try check("stale: false", now: "2036-01-31T13:00:00Z") == [])
  }

  @Test("what matches nothing is a warning, and says what is near")
  func unmatched() throws {
    #expect(
      try check(
        """
        budget: {amount: 1, runner: Bakcup}
        coverage: {source: prod}
        """) == [
          "budget Bakcup | warn | – | –  | no runner has the id or name \"Bakcup\", nor does one match it; did you "
            + "mean \"Backup\"?",
          "coverage prod | warn | – | –  | the ledger has no source \"prod\"; it knows production",
        ])
  }

  @Test("the value of a budget is the total of monthly-cost, whatever the ledger", arguments: 0..<10)
  func equation(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await Ledger.random(seed: 4000 + seed, in: folder)
    for source in try ledger.read({ try $0.sourceNames() }) + [nil] {
      for currency in ["EUR", "USD"] {
        let filter = source.map { ", source: \($0)" } ?? ""
        let reader = try #require(
          try YAMLReader(file: "policy.yaml", text: "budget: {amount: 1, currency: \(currency)\(filter)}"))
        let findings = try PolicyCheck.answer(
          ledger, try Policy(reader, currency: nil), labels: [], generator: "test",
          now: instant("2026-01-31T13:00:00Z")
        ).findings
        let reporter = Reporter(ledger: ledger, generator: "test")
        let total = try ledger.read { snapshot in
          try ReportTable(
            "monthly-cost", ReportRequest(period: .thisMonth, sources: [source].compactMap(\.self)), by: reporter,
            from: snapshot)
        }.summary.totals.first { $0.column == "cost" }?.amounts.first { $0.currency == currency }
        let cost: Value = total?.value ?? .text("0")
        #expect(findings[0].value == cost)
        guard case .text(let text) = cost else { continue }
        #expect((findings[0].result == .violation) == (try Money(text) > Money("1")))
      }
    }
  }
}
