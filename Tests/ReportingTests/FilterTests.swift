import Harvest
import Reporting
import Runs
import Store
import TestSupport
import Testing

/// Which runners and sources a report speaks of, and what it refuses to be asked.
@Suite struct FilterTests {
  let made: HandMadeLedger
  var ledger: Ledger { made.ledger }

  init() async throws {
    made = try await HandMadeLedger()
  }

  private func found(_ runner: String?, source: String? = nil) throws -> [String] {
    try ledger.make("runners", ReportRequest(source: source, runner: runner)).lines("runner_id")
  }

  @Test(
    "a runner is found by id, exact name or glob",
    arguments: [
      ("backup-1", ["backup-1"]), ("Backup", ["backup-1"]), ("Search index", ["index-1"]), ("S*", ["index-1"]),
      ("*", ["gpu-1", "backup-1", "index-1"]), ("[BS]*", ["backup-1", "index-1"]), ("?pu-1", ["gpu-1"]),
    ])
  func runners(wanted: String, expected: [String]) throws {
    #expect(try found(wanted) == expected)
  }

  @Test("a runner is found by its newest name, and by one that it had only where that is asked for")
  func oldName() async throws {
    let renamed = make(
      runner: "backup-1", name: "Nightly", timeout: 36_000, type: try make(type: "small", price: "0.0000038"))
    try await ledger.harvest(VendorAnswer([renamed]), at: "2026-02-10T13:00:00Z")
    #expect(ledger.refusal("runners", ReportRequest(runner: "Backup")) == .formerRunner("Backup", now: ["Nightly"]))
    #expect(ledger.refusal("runners", ReportRequest(runner: "Back*")) == .formerRunner("Back*", now: ["Nightly"]))
    #expect(try found("Nightly") == ["backup-1"])
    for name in ["Backup", "Back*", "Nightly", "backup-1"] {
      var request = ReportRequest(runner: name)
      request.anyName = true
      let report = try ledger.make("runners", request)
      #expect(report.lines("runner", "runs") == ["Nightly | 4"])
      #expect(report.head.filters == [.init(name: "runner", value: name), .init(name: "any-name", value: "true")])
    }
    #expect(
      "\(ReportError.formerRunner("Backup", now: ["Nightly"]))"
        == "no runner is called \"Backup\" now; so was \"Nightly\"")
  }

  @Test("an id goes before a name, and a name before a glob")
  func precedence() async throws {
    let others = VendorAnswer([
      make(runner: "x", name: "backup-1"), make(runner: "y", name: "G*"), make(runner: "z", name: "Gate"),
    ])
    try await ledger.harvest(
      others, at: "2026-02-10T13:00:00Z", source: SourceSettings(name: "third", vendor: .nodion))
    #expect(try found("backup-1") == ["backup-1"])
    #expect(try found("G*") == ["y"])
    #expect(try found("Ga*") == ["z"])
  }

  @Test("a source narrows the runners that a name can mean")
  func sources() throws {
    #expect(try found(nil, source: "agents") == ["gpu-1"])
    #expect(try found("*", source: "production") == ["backup-1", "index-1"])
    let report = try ledger.make("monthly-cost", ReportRequest(source: "agents"))
    #expect(report.lines("source", "cost") == ["agents | 0.0192"])
    #expect(
      report.head.filters == [.init(name: "source", value: "agents"), .init(name: "group-by", value: "runner")])
  }

  @Test("a filter that matches nothing is refused, with what is near")
  func nothing() {
    #expect(
      ledger.refusal("runs", ReportRequest(runner: "Bakcup"))
        == .unknownRunner("Bakcup", near: ["Backup"]))
    #expect(
      ledger.refusal("runs", ReportRequest(runner: "index")) == .unknownRunner("index", near: ["Search index"]))
    #expect(ledger.refusal("runs", ReportRequest(runner: "Z*")) == .unknownRunner("Z*", near: []))
    #expect(
      ledger.refusal("runs", ReportRequest(source: "agents", runner: "Backup"))
        == .unknownRunner("Backup", near: []))
    #expect(
      ledger.refusal("runs", ReportRequest(source: "prod"))
        == .unknownSource("prod", known: ["agents", "production"]))
    #expect(
      "\(ReportError.unknownRunner("Bakcup", near: ["Backup"]))"
        == "no runner has the id or name \"Bakcup\", nor does one match it; did you mean \"Backup\"?")
    #expect(
      "\(ReportError.unknownSource("prod", known: ["agents", "production"]))"
        == "the ledger has no source \"prod\"; it knows agents, production")
  }

  @Test(
    "a report refuses what it does not take, and says what it takes",
    arguments: [
      ("charges", ReportRequest(interval: "day"), "interval", "period, runner, source"),
      ("runs", ReportRequest(groupBy: "runner"), "group-by", "period, runner, source"),
      ("monthly-cost", ReportRequest(outcome: "error"), "outcome", "group-by, period, runner, source"),
      ("durations", ReportRequest(interval: "day"), "interval", "group-by, outcome, period, runner, source"),
      ("failure-trend", ReportRequest(outcome: "error"), "outcome", "group-by, interval, period, runner, source"),
    ])
  func notTaken(report: String, request: ReportRequest, parameter: String, takes: String) {
    #expect(
      ledger.refusal(report, request)
        == .parameterNotTaken(
          report: report, parameter: parameter, takes: takes.split(separator: ", ").map(String.init)))
  }

  @Test("a choice that there is not is refused, with those that there are")
  func choices() {
    #expect(
      ledger.refusal("failure-trend", ReportRequest(interval: "year"))
        == .unknownChoice(parameter: "interval", value: "year", choices: ["day", "week", "month"]))
    #expect(
      ledger.refusal("failure-trend", ReportRequest(groupBy: "region"))
        == .unknownChoice(
          parameter: "group-by", value: "region", choices: ["none", "source", "runner", "instance-type"]))
    #expect(
      ledger.refusal("durations", ReportRequest(outcome: "good"))
        == .unknownChoice(
          parameter: "outcome", value: "good", choices: Outcome.allCases.map(\.word) + ["any"]))
    #expect(
      "\(ReportError.unknownChoice(parameter: "interval", value: "year", choices: ["day", "week", "month"]))"
        == "interval cannot be \"year\"; choose one of day, week, month")
    #expect(
      "\(ReportError.parameterNotTaken(report: "runs", parameter: "interval", takes: ["period", "runner"]))"
        == "the report runs takes no interval; it takes period, runner")
  }

  @Test("rounded rows add up to the rounded total, in each currency")
  func rounding() throws {
    for decimals in 0...6 {
      let report = try ledger.make("monthly-cost", ReportRequest(period: .all, decimals: decimals))
      for column in ["cost", "wasted_cost", "accrued_cost"] {
        var sums: [String: Money] = [:]
        for (cost, currency) in zip(report.column(column), report.column("currency")) {
          guard case .text(let text) = cost, case .text(let code) = currency else { continue }
          sums[code] = try (sums[code] ?? .zero).adding(Money(text))
          #expect(text.split(separator: ".").count == (decimals == 0 ? 1 : 2), "\(text)")
        }
        let totals = report.summary.totals.first { $0.column == column }
        for amount in totals?.amounts ?? [] {
          #expect(amount.value == .text(sums[amount.currency ?? ""]?.text(decimals: decimals) ?? ""))
        }
        #expect(totals?.amounts.count == 2)
      }
      #expect(report.returned == report.summary)
    }
    let cents = try ledger.make("monthly-cost", ReportRequest(period: .month(Month(year: 2026, month: 1)), decimals: 2))
    #expect(
      cents.lines("cost", "price_second", "currency") == [
        "0.02 | 0.00012 | USD", "0.01 | 0.0000019 | EUR", "0.04 | 0.0000019 | EUR", "0.03 | 0.0000038 | EUR",
        "– | – | EUR",
      ])
    #expect(cents.totals.filter { $0.hasPrefix("cost") } == ["cost 0.08 EUR", "cost 0.02 USD"])
  }

  @Test("streamed reports are not rounded", arguments: ["charges", "runs", "durations", "failure-trend", "coverage"])
  func notRounded(report: String) {
    #expect(ledger.refusal(report, ReportRequest(decimals: 2)) == .roundingNotTaken(report: report))
  }
}
