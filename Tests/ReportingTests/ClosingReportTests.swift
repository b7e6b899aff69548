import Reporting
import Runs
import Store
import TestSupport
import Testing

/// A closed month in the reports: as it was closed, whatever comes later; and what came, as corrections.
@Suite struct ClosingReportTests {
  let made: HandMadeLedger
  var ledger: Ledger { made.ledger }

  init() async throws {
    made = try await HandMadeLedger()
  }

  private func close(_ text: String) throws {
    _ = try ledger.closeMonth(#require(Month(text)), force: true, now: instant("2026-02-10T13:00:00Z"))
  }

  /// A run that nobody had told of, one that took a minute longer, another name, and a price for what had none.
  private func learn() async throws {
    var answer = VendorAnswer(
      [make(runner: "backup-1", name: "Nightly", timeout: 36_000, type: try make(type: "small", price: "0.0000038"))],
      runs: [
        "backup-1": [
          try make(run: "s7", started: "2026-01-15T10:00:00Z", completed: "2026-01-15T10:10:00Z"),
          try make(run: "s2", "failed", started: "2026-01-16T09:00:00Z", completed: "2026-01-16T09:03:15Z", exit: 1),
        ]
      ])
    answer.runnersAreComplete = false
    answer.brokenLists = ["backup-1"]
    try await ledger.harvest(answer, at: "2026-02-11T12:00:00Z")
    try ledger.applyPrices(
      .configured(make(price: "0.001", for: "index-1")), now: instant("2026-02-11T13:00:00Z"))
  }

  private let labels = [RunnerLabel(source: "production", runner: "backup-1", key: "team", value: "platform")]

  private func january(_ groupBy: String, runner: String? = nil) throws -> [String] {
    try ledger.make(
      "monthly-cost",
      ReportRequest(
        period: .month(Month(year: 2026, month: 1)), runners: [runner].compactMap(\.self), groupBy: [groupBy]),
      labels: labels
    ).lines
  }

  private static let groups = ["runner", "source", "instance-type", "label:team"]

  @Test("a closed month is printed as it was closed, in every group, whatever is learned later")
  func frozen() async throws {
    let before = try ClosingReportTests.groups.map { try january($0) }
    try close("2026-01")
    let closed = try ClosingReportTests.groups.map { try january($0) }
    #expect(closed == before.map { $0.map { $0.replacing("2026-01 | final", with: "2026-01 | closed") } })
    let one = try january("runner", runner: "index-1")
    try await learn()
    #expect(try ClosingReportTests.groups.map { try january($0) } == closed)
    #expect(try january("runner", runner: "index-1") == one)
    let tokyo = try TimeZoneDatabase.rules(named: "Asia/Tokyo")
    _ = try ledger.rezone(to: tokyo, apply: true, now: instant("2026-02-12T00:00:00Z"))
    #expect(try ClosingReportTests.groups.map { try january($0) } == closed)
    #expect(try ledger.verify().problems == [])
  }

  private let corrections = [
    // 600 s of a run that is new, and 60 s of the failure that took longer: 660 s × 0.0000019.
    "2026-01 | 2026-02 | production | Nightly | backup-1 | small | 0.0000019 | 0 | 1 | 660 | 660 | 0.001254 | 0.000114"
      + " | 0 | EUR",
    // Three runs of 690 s had no price, and have one now; the one of 600 s came to nothing.
    "2026-01 | 2026-02 | production | Search index | index-1 | – | – | 0 | -3 | -690 | -690 | – | – | -3 | EUR",
    "2026-01 | 2026-02 | production | Search index | index-1 | – | 0.001 | 0 | 3 | 690 | 690 | 0.69 | 0.6 | 0 | EUR",
  ]

  @Test("what changed is a correction in the month that goes on, and stays there once that is closed")
  func discovered() async throws {
    try close("2026-01")
    #expect(try ledger.make("corrections").lines == [])
    try await learn()
    #expect(try ledger.make("corrections").lines == corrections)
    try close("2026-02")
    #expect(try ledger.make("corrections").lines == corrections)

    let late = try make(run: "s8", started: "2026-01-17T10:00:00Z", completed: "2026-01-17T10:00:10Z")
    try await ledger.harvest(
      VendorAnswer(
        [make(runner: "backup-1", name: "Nocturne", type: make(type: "small", price: "0.0000038"))],
        runs: ["backup-1": [late]]), at: "2026-03-02T12:00:00Z")
    let latest =
      "2026-01 | 2026-03 | production | Nocturne | backup-1 | small | 0.0000019 | 0 | 1 | 10 | 10 | 0.000019 | 0 | 0"
      + " | EUR"
    #expect(try ledger.make("corrections").lines.filter { $0.hasPrefix("2026-01") } == corrections + [latest])
    // The period chooses the month that discovers; a filter chooses as everywhere.
    #expect(try ledger.make("corrections", month("2026-02")).lines == corrections)
    #expect(try ledger.make("corrections", month("2026-01")).lines == [])
    #expect(try ledger.make("corrections", ReportRequest(runners: ["index-1"])).lines == Array(corrections.dropFirst()))
  }

  @Test("the state is closed only where the numbers are those of the closing")
  func state() async throws {
    try close("2026-01")
    let closed = try ledger.make("monthly-cost", month("2026-01"))
    #expect(closed.head.state == .closed && closed.returned.state == .closed && closed.returned.stateReason == nil)
    #expect(closed.summary.coverage.notes.contains("2026-01 is closed"))

    let charges = try ledger.make("charges", month("2026-01"))
    #expect(charges.head.state == .final)
    let counted = "2026-01 is closed, counted here from the runs as they are known now"
    #expect(charges.summary.coverage.notes.contains(counted))

    // A part of a month is counted from the runs, and so is a month of another zone.
    let part = try ledger.make(
      "monthly-cost", ReportRequest(period: .days(from: day("2026-01-15"), to: day("2026-02-01"))))
    #expect(part.column("state").first == .text("final"))
    #expect(part.summary.coverage.notes.contains(counted))
    let tokyo = try TimeZoneDatabase.rules(named: "Asia/Tokyo")
    let other = try ledger.make("monthly-cost", ReportRequest(period: .month(Month(year: 2026, month: 1)), zone: tokyo))
    #expect(other.column("state").first == .text("final"))
    #expect(
      other.summary.coverage.notes.contains(
        "2026-01 is closed in Europe/Berlin, counted here from the runs as they are known now"))
    #expect(try ledger.make("corrections", ReportRequest(zone: tokyo)).lines == [])

    let both = try ledger.make("monthly-cost", .everything)
    #expect(both.head.period?.from == day("2026-01-01"))
    #expect(Set(both.lines("month", "state")) == ["2026-01 | closed", "2026-02 | provisional"])
    #expect(both.returned.state == .provisional)
    #expect(
      both.returned.stateReason
        == "not read completely since its end: agents, production; 1 run from before its end is still open: "
        + "production s5 of Backup")
    #expect(both.summary.coverage.notes.suffix(2) == ["2026-02 is provisional", "2026-01 is closed"])
  }

  @Test("a month closed by force says what was in the way, and takes no open runs")
  func forced() throws {
    try close("2026-01")
    try close("2026-02")
    let february = try ledger.make("monthly-cost", month("2026-02"))
    #expect(
      february.lines("month", "state", "runner", "runs", "cost", "open_runs", "accrued_cost") == [
        "2026-02 | closed | Backup | 1 | 0.00684 | 0 | 0"
      ])
    let reason =
      "by force: it is not over at the ledger's now, 2026-02-10; not read completely since its end: agents, "
      + "production; 1 run from before its end is still open: production s5 of Backup"
    #expect(february.summary.coverage.notes.last == "2026-02 is closed (\(reason))")
    let summary = try ledger.make("summary", month("2026-02"))
    #expect(Set(summary.lines("state", "state_reason")) == ["closed | closed \(reason)"])
  }

  @Test("the summary of a closed month, and of the one after it, keeps to the closing")
  func summary() async throws {
    let columns = ["runs", "cost", "wasted_cost", "rated_runs", "failed", "unpriced_runs", "currency"]
    let before = try ledger.make("summary", month("2026-01")).lines(columns)
    let costBefore = try ledger.make("summary", month("2026-02")).lines("runs_before", "cost_before")
    try close("2026-01")
    try await learn()
    let january = try ledger.make("summary", month("2026-01"))
    #expect(january.lines(columns) == before)
    #expect(Set(january.lines("state", "state_reason")) == ["closed | –"])
    #expect(try ledger.make("summary", month("2026-02")).lines("runs_before", "cost_before") == costBefore)
  }

  @Test("a FOCUS file of a closed month adds up to its closing; corrections are charged where they are discovered")
  func focus() async throws {
    func focus(_ text: String) throws -> [String] {
      try ledger.make("charges", month(text), format: "focus").lines(
        "BillingPeriodStart", "ChargePeriodStart", "ChargeClass", "ResourceId", "x_RunId", "PricingQuantity",
        "ListUnitPrice", "BilledCost", "ChargeDescription"
      ).filter { $0.contains("-1 |") && !$0.contains("gpu-1") }
    }
    // Billed under the month's own name; what is charged is the month of Berlin.
    let (january, begin) = ("2026-01-01T00:00:00.000Z | ", "2025-12-31T23:00:00.000Z | ")
    let before = try focus("2026-01")
    try close("2026-01")
    #expect(try focus("2026-01") == before)
    try await learn()
    // The runs of 0.0000019 are more by now: one row stands for the 270 + 135 + 25200 s that were closed.
    #expect(
      try focus("2026-01") == [
        january + begin + "– | backup-1 | – | 25605 | 0.0000019 | 0.0486495"
          + " | Runner \"Nightly\", 2026-01 as it was closed, on small",
        january + "2026-01-31T12:00:00.000Z | – | backup-1 | s3 | 3600 | 0.0000038 | 0.01368"
          + " | Runner \"Nightly\", run s3, on small",
        january + "2026-01-31T22:00:00.000Z | – | backup-1 | s4 | 3600 | 0.0000038 | 0.01368"
          + " | Runner \"Nightly\", run s4, on small",
      ])
    let february = "2026-02-01T00:00:00.000Z | "
    #expect(
      try focus("2026-02") == [
        february + begin + "Correction | backup-1 | – | 660 | 0.0000019 | 0.001254"
          + " | Runner \"Nightly\", correction of 2026-01, on small",
        february
          + "2026-01-31T23:00:00.000Z | – | backup-1 | s4 | 1800 | 0.0000038 | 0.00684 | Runner \"Nightly\", run s4, on small",
        february + begin + "Correction | index-1 | – | 690 | 0.001 | 0.69"
          + " | Runner \"Search index\", correction of 2026-01",
      ])
  }

  @Test("a plan of prices says which months are closed and where their difference counts")
  func plan() throws {
    let wanted = try WantedPrices.configured(make(price: "0.001", for: "index-1"))
    #expect(try ledger.planPrices(wanted).closedMonths == [])
    try close("2026-01")
    let plan = try ledger.planPrices(wanted)
    #expect(plan.closedMonths == [Month(year: 2026, month: 1)])
    #expect(plan.correctedIn == Month(year: 2026, month: 2))
  }
}
