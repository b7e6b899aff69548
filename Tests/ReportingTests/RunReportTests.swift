import Reporting
import Runs
import Store
import TestSupport
import Testing

/// What ran: runs, runners and durations on the ledger made by hand.
@Suite struct RunReportTests {
  let made: HandMadeLedger
  var ledger: Ledger { made.ledger }

  init() async throws {
    made = try await HandMadeLedger()
  }

  @Test("runs are those that finished in the period, each with its whole cost")
  func runs() throws {
    let report = try ledger.make("runs", .everything)
    #expect(
      report.lines == [
        "agents | gpu-1 | gpu-1 | a1 | completed | success | 0 | – | 2026-01-18T09:59:50.000Z"
          + " | 2026-01-18T10:00:00.000Z | 2026-01-18T10:01:40.000Z | 10 | 100 | 100 | – | gpu | fra1 | 0.012 | USD | 0",
        "agents | gpu-1 | gpu-1 | a2 | terminated | cancellation | 0 | – | 2026-01-19T09:59:50.000Z"
          + " | 2026-01-19T10:00:00.000Z | 2026-01-19T10:00:50.000Z | 10 | 50 | 50 | – | gpu | fra1 | 0.006 | USD | 0",
        "agents | gpu-1 | gpu-1 | a3 | error | error | 0 | – | 2026-01-19T10:59:50.000Z"
          + " | 2026-01-19T11:00:00.000Z | 2026-01-19T11:00:10.000Z | 10 | 10 | 10 | – | gpu | fra1 | 0.0012 | USD | 0",
        "production | Backup | backup-1 | s1 | succeeded | success | 0 | 0 | 2026-01-15T09:00:50.000Z"
          + " | 2026-01-15T09:01:00.000Z | 2026-01-15T09:05:30.000Z | 10 | 270 | 270 | 36000 | small | fra1 | 0.000513"
          + " | EUR | 0",
        "production | Backup | backup-1 | s2 | failed | failure | 0 | 1 | 2026-01-16T08:59:50.000Z"
          + " | 2026-01-16T09:00:00.000Z | 2026-01-16T09:02:15.000Z | 10 | 135 | 135 | 36000 | small | fra1 | 0.0002565"
          + " | EUR | 0",
        "production | Backup | backup-1 | s3 | succeeded | success | 0 | 0 | 2026-01-31T04:59:50.000Z"
          + " | 2026-01-31T05:00:00.000Z | 2026-01-31T13:00:00.000Z | 10 | 28800 | 28800 | 36000 | small | fra1 | 0.06156"
          + " | EUR | 1",
        "production | Backup | backup-1 | s4 | succeeded | success | 0 | 0 | 2026-01-31T21:59:50.000Z"
          + " | 2026-01-31T22:00:00.000Z | 2026-01-31T23:30:00.000Z | 10 | 5400 | 5400 | 36000 | small | fra1 | 0.02052"
          + " | EUR | 0",
        "production | Search index | index-1 | i1 | succeeded | success | 0 | 0 | 2026-01-20T09:59:50.000Z"
          + " | 2026-01-20T10:00:00.000Z | 2026-01-20T10:01:00.000Z | 10 | 60 | 60 | 600 | – | – | – | EUR | 0",
        "production | Search index | index-1 | i2 | failed | timeout | 1 | – | 2026-01-20T11:59:50.000Z"
          + " | 2026-01-20T12:00:00.000Z | 2026-01-20T12:10:00.000Z | 10 | 600 | 600 | 600 | – | – | – | EUR | 0",
        "production | Search index | index-1 | i3 | evicted | unknown | 0 | – | 2026-01-21T11:59:50.000Z"
          + " | 2026-01-21T12:00:00.000Z | 2026-01-21T12:00:30.000Z | 10 | 30 | 30 | 600 | – | – | – | EUR | 0",
      ])
    // 100 + 50 + 10 + 270 + 135 + 28800 + 5400 + 60 + 600 + 30
    #expect(
      report.totals == ["runtime_seconds 35455", "billed_seconds 35455", "cost 0.0828495 EUR", "cost 0.0192 USD"])
    // 30 days back from 10 February, it included.
    #expect(try ledger.make("runs").period == "2026-01-12 2026-02-11 Europe/Berlin")
    #expect(
      try ledger.make("runs", ReportRequest(period: .days(from: day("2026-02-01"), to: nil))).lines("run_id") == ["s4"])
  }

  @Test("runners are all there, each once, with their latest run and what they cost in the period")
  func runners() async throws {
    let report = try ledger.make("runners")
    #expect(
      report.lines == [
        "agents | gpu-1 | gpu-1 | error | 2026-01-19T11:00:10.000Z | 3 | 1 | 0.5 | 100 | 0.0192 | USD",
        // 3 successes and a failure; successes took 270, 5400 and 28800 s.
        "production | Backup | backup-1 | success | 2026-01-31T23:30:00.000Z | 4 | 1 | 0.25 | 28800 | 0.0828495 | EUR",
        // A success and a timeout are rated, the unknown word is not.
        "production | Search index | index-1 | unknown | 2026-01-21T12:00:30.000Z | 3 | 1 | 0.5 | 60 | – | EUR",
      ])
    #expect(report.totals == ["runs 10", "failed 3", "cost 0.0828495 EUR", "cost 0.0192 USD"])

    // A period without runs still has every runner, at no cost, and the latest run before its end.
    let quiet = try ledger.make("runners", ReportRequest(period: .days(from: day("2026-01-02"), to: day("2026-01-17"))))
    #expect(
      quiet.lines == [
        "agents | gpu-1 | gpu-1 | – | – | 0 | 0 | – | – | 0 | USD",
        "production | Backup | backup-1 | failure | 2026-01-16T09:02:15.000Z | 2 | 1 | 0.5 | 270 | 0.0007695 | EUR",
        "production | Search index | index-1 | – | – | 0 | 0 | – | – | 0 | EUR",
      ])
  }

  @Test("a runner that ran priced and unpriced is one row, with the cost of what is priced")
  func partlyPriced() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    let priced = try make(run: "r1")
    let unpriced = try make(run: "r2", started: "2026-01-20T10:00:00Z", completed: "2026-01-20T10:00:30Z")
    try await ledger.harvest(VendorAnswer(priced), at: "2026-01-16T00:00:00Z")
    try await ledger.harvest(VendorAnswer(of: make(runner: "backup", type: nil), priced), at: "2026-01-17T00:00:00Z")
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "backup", type: nil), priced, unpriced), at: "2026-01-21T00:00:00Z")
    let report = try ledger.make("runners", .everything)
    #expect(report.lines("runs", "cost", "currency") == ["2 | 0.000513 | EUR"])
    #expect(report.totals == ["runs 2", "failed 0", "cost 0.000513 EUR"])
  }

  @Test("a runner paid in two currencies has a row for each, and its runs are counted once")
  func twoCurrencies() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    let answer = try VendorAnswer(
      of: make(),
      // 270 s × 0.0000019 = 0.000513 EUR
      make(run: "r1", started: "2026-01-15T10:00:00Z", completed: "2026-01-15T10:04:30Z"),
      // 60 s × 0.0000019 = 0.000114 EUR before midnight, and 100 s × 0.5 = 50 USD after it
      make(run: "r2", "failed", started: "2026-01-31T23:59:00Z", completed: "2026-02-01T00:01:40Z", exit: 1))
    try await ledger.harvest(answer, at: "2026-02-02T00:00:00Z")
    let dollars = try make(price: "0.5", for: "backup", currency: "USD", from: "2026-02-01")
    _ = try ledger.applyPrices(.configured(dollars), now: try instant("2026-02-02T01:00:00Z"))

    let report = try ledger.make("runners", .everything)
    #expect(
      report.lines == [
        "production | Backup | backup | failure | 2026-02-01T00:01:40.000Z | 2 | 1 | 0.5 | 270 | 0.000627 | EUR",
        "production | Backup | backup | failure | 2026-02-01T00:01:40.000Z | – | – | – | – | 50 | USD",
      ])
    #expect(report.totals == ["runs 2", "failed 1", "cost 0.000627 EUR", "cost 50 USD"])

    // Where only one of the two was paid it is the first.
    let february = try ledger.make("runners", month("2026-02"))
    #expect(february.lines("runs", "failed", "failure_rate", "cost", "currency") == ["1 | 1 | 1.0 | 50 | USD"])
  }

  @Test("durations are those of successes, unless another outcome is asked for")
  func durations() throws {
    let report = try ledger.make("durations", .everything)
    #expect(
      report.lines == [
        "agents | gpu-1 | gpu-1 | 1 | 100 | 100 | 100 | 100 | 100 | 100 | 100 | 10 | 10",
        // 270, 5400 and 28800 s: the mean is 11490.
        "production | Backup | backup-1 | 3 | 270 | 5400 | 28800 | 28800 | 28800 | 28800 | 11490 | 10 | 10",
        "production | Search index | index-1 | 1 | 60 | 60 | 60 | 60 | 60 | 60 | 60 | 10 | 10",
      ])
    #expect(report.totals == ["runs 5"])
    #expect(
      report.head.filters == [.init(name: "group-by", value: "runner"), .init(name: "outcome", value: "success")])

    func asked(_ groupBy: String, _ outcome: String) throws -> [String] {
      try ledger.make("durations", ReportRequest(period: .all, groupBy: [groupBy], outcomes: [outcome]))
        .lines("source", "runner", "runner_id", "instance_type", "runs", "duration_p50_seconds", "duration_max_seconds")
    }
    #expect(try asked("none", "any") == ["10 | 100 | 28800"])
    #expect(
      try asked("source", "any") == ["agents | 3 | 50 | 100", "production | 7 | 270 | 28800"])
    #expect(
      try asked("instance-type", "success") == [
        "– | 1 | 60 | 60", "gpu | 1 | 100 | 100", "small | 3 | 5400 | 28800",
      ])
    #expect(try asked("none", "timeout") == ["1 | 600 | 600"])
    #expect(try asked("none", "skip") == [])
  }
}
