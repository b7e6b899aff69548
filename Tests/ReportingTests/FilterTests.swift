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
    try ledger.make(
      "runners", ReportRequest(sources: [source].compactMap(\.self), runners: [runner].compactMap(\.self))
    ).lines("runner_id")
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
    #expect(ledger.refusal("runners", ReportRequest(runners: ["Backup"])) == .formerRunner("Backup", now: ["Nightly"]))
    #expect(ledger.refusal("runners", ReportRequest(runners: ["Back*"])) == .formerRunner("Back*", now: ["Nightly"]))
    #expect(try found("Nightly") == ["backup-1"])
    for name in ["Backup", "Back*", "Nightly", "backup-1"] {
      var request = ReportRequest(runners: [name])
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
    let report = try ledger.make("monthly-cost", ReportRequest(sources: ["agents"]))
    #expect(report.lines("source", "cost") == ["agents | 0.0192"])
    #expect(
      report.head.filters == [.init(name: "source", value: "agents"), .init(name: "group-by", value: "runner")])
  }

  @Test("of several runners and sources all count, each row once and in the report's order")
  func several() throws {
    func ids(_ runners: [String], _ sources: [String] = []) throws -> [String] {
      try ledger.make("runners", ReportRequest(sources: sources, runners: runners)).lines("runner_id")
    }
    #expect(try ids(["index-1", "gpu-1"]) == ["gpu-1", "index-1"])
    #expect(try ids(["Backup", "S*", "backup-1"]) == ["backup-1", "index-1"])
    #expect(try ids([], ["production", "agents"]) == ["gpu-1", "backup-1", "index-1"])
    #expect(try ids(["gpu-1", "Backup"], ["agents", "production"]) == ["gpu-1", "backup-1"])
  }

  @Test("what several cost together is what each costs alone")
  func severalCosts() throws {
    func cost(_ runners: [String]) throws -> [String] {
      try ledger.make("monthly-cost", ReportRequest(period: .all, runners: runners)).lines("runner", "cost")
    }
    #expect(try cost(["Backup", "Search index"]).sorted() == (cost(["Backup"]) + cost(["Search index"])).sorted())
  }

  @Test("every value of a filter is told, each once")
  func severalFilters() throws {
    let report = try ledger.make(
      "durations",
      ReportRequest(
        period: .all, sources: ["production", "agents"], runners: ["Backup", "gpu-1", "Backup"],
        outcomes: ["failure", "success"]))
    #expect(
      report.head.filters.map { "\($0.name) \($0.value)" } == [
        "source production", "source agents", "runner Backup", "runner gpu-1", "group-by runner", "outcome failure",
        "outcome success",
      ])
  }

  @Test("of several values the one that matches nothing is named")
  func severalNothing() {
    #expect(
      ledger.refusal("runs", ReportRequest(runners: ["Backup", "Bakcup"])) == .unknownRunner("Bakcup", near: ["Backup"])
    )
    #expect(
      ledger.refusal("runs", ReportRequest(sources: ["agents", "prod"]))
        == .unknownSource("prod", known: ["agents", "production"]))
    #expect(
      ledger.refusal("runs", ReportRequest(sources: ["agents"], runners: ["gpu-1", "Backup"]))
        == .unknownRunner("Backup", near: []))
    #expect(
      ledger.refusal("durations", ReportRequest(outcomes: ["success", "good"]))
        == .unknownChoice(
          parameter: "outcome", value: "good", choices: Outcome.allCases.map(\.word) + ["any"]))
  }

  @Test("a filter that matches nothing is refused, with what is near")
  func nothing() {
    #expect(
      ledger.refusal("runs", ReportRequest(runners: ["Bakcup"]))
        == .unknownRunner("Bakcup", near: ["Backup"]))
    #expect(
      ledger.refusal("runs", ReportRequest(runners: ["index"])) == .unknownRunner("index", near: ["Search index"]))
    #expect(ledger.refusal("runs", ReportRequest(runners: ["Z*"])) == .unknownRunner("Z*", near: []))
    #expect(
      ledger.refusal("runs", ReportRequest(sources: ["agents"], runners: ["Backup"]))
        == .unknownRunner("Backup", near: []))
    #expect(
      ledger.refusal("runs", ReportRequest(sources: ["prod"]))
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
      ("charges", ReportRequest(interval: "day"), "interval", "group-by, period, runner, source"),
      ("runs", ReportRequest(groupBy: ["runner"]), "group-by", "exit-code, outcome, period, runner, source"),
      ("monthly-cost", ReportRequest(outcomes: ["error"]), "outcome", "group-by, period, runner, source"),
      ("durations", ReportRequest(interval: "day"), "interval", "group-by, outcome, period, runner, source"),
      ("failure-trend", ReportRequest(outcomes: ["error"]), "outcome", "group-by, interval, period, runner, source"),
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
      ledger.refusal("failure-trend", ReportRequest(groupBy: ["region"]))
        == .unknownChoice(
          parameter: "group-by", value: "region", choices: ["none", "source", "runner", "instance-type"]))
    #expect(
      ledger.refusal("durations", ReportRequest(outcomes: ["good"]))
        == .unknownChoice(
          parameter: "outcome", value: "good", choices: Outcome.allCases.map(\.word) + ["any"]))
    #expect(
      "\(ReportError.unknownChoice(parameter: "interval", value: "year", choices: ["day", "week", "month"]))"
        == "interval cannot be \"year\"; choose one of day, week, month")
    #expect(
      "\(ReportError.parameterNotTaken(report: "runs", parameter: "interval", takes: ["period", "runner"]))"
        == "the report runs takes no interval; it takes period, runner")
  }

  @Test("each amount is rounded by itself, and a total is that of the exact amounts, in each currency")
  func rounding() throws {
    let exact = try ledger.make("monthly-cost", ReportRequest(period: .all))
    for decimals in 0...6 {
      let report = try ledger.make("monthly-cost", ReportRequest(period: .all, decimals: decimals))
      for column in ["cost", "wasted_cost", "accrued_cost"] {
        func rounded(_ value: Value) throws -> Value {
          guard case .text(let text) = value else { return value }
          return .text(try Money(text).text(decimals: decimals))
        }
        #expect(try report.column(column) == exact.column(column).map(rounded))
        let totals = report.summary.totals.first { $0.column == column }
        let exactTotals = exact.summary.totals.first { $0.column == column }
        #expect(try totals?.amounts.map(\.value) == exactTotals?.amounts.map { try rounded($0.value) })
        #expect(totals?.amounts.count == 2)
      }
      #expect(report.returned == report.summary)
      #expect(
        report.summary.coverage.notes.last
          == "each amount is rounded by itself, to \(decimals.counted("decimal")), and a total is that of the exact amounts"
      )
    }
    let cents = try ledger.make("monthly-cost", ReportRequest(period: .month(Month(year: 2026, month: 1)), decimals: 2))
    #expect(
      cents.lines("cost", "price_second", "currency") == [
        "0.02 | 0.00012 | USD", "0.01 | 0.0000019 | EUR", "0.04 | 0.0000019 | EUR", "0.03 | 0.0000038 | EUR",
        "– | – | EUR",
      ])
    #expect(cents.totals.filter { $0.hasPrefix("cost") } == ["cost 0.08 EUR", "cost 0.02 USD"])
  }

  @Test(
    "reports of single amounts are not rounded",
    arguments: ["charges", "runs", "durations", "failure-trend", "coverage"])
  func notRounded(report: String) {
    #expect(ledger.refusal(report, ReportRequest(decimals: 2)) == .roundingNotTaken(report: report))
  }
}
