import Harvest
import Reporting
import Runs
import Store
import TestSupport
import Testing

/// What was paid: monthly-cost and charges on the ledger made by hand.
@Suite struct CostReportTests {
  let made: HandMadeLedger
  var ledger: Ledger { made.ledger }

  init() async throws {
    made = try await HandMadeLedger()
  }

  @Test("January costs what its slices cost, run by run and price by price")
  func january() throws {
    let report = try ledger.make("monthly-cost", month("2026-01"))
    #expect(report.period == "2026-01-01 2026-02-01 Europe/Berlin")
    #expect(
      report.lines == [
        // 160 s × 0.00012; 60 s of it were a cancellation and an error.
        "2026-01 | final | agents | gpu-1 | gpu-1 | gpu | 0.00012 | 0 | 3 | 160 | 160 | 0.0192 | 0.0072 | 0 | 0 | 0 | USD",
        // s1, s2 and the first hour of s3: 270 + 135 + 3600 s; 135 s of it failed.
        "2026-01 | final | production | Backup | backup-1 | small | 0.0000019 | 0 | 2 | 405 | 4005 | 0.0076095"
          + " | 0.0002565 | 0 | 0 | 0 | EUR",
        // The six hours of s3 when nobody looked. It is counted where it finished.
        "2026-01 | final | production | Backup | backup-1 | small | 0.0000019 | 1 | 0 | 0 | 21600 | 0.04104 | 0"
          + " | 0 | 0 | 0 | EUR",
        // The last hour of s3, counted here, and the first of s4, counted in February.
        "2026-01 | final | production | Backup | backup-1 | small | 0.0000038 | 0 | 1 | 28800 | 7200 | 0.02736 | 0"
          + " | 0 | 0 | 0 | EUR",
        // 60 + 600 + 30 s without a price.
        "2026-01 | final | production | Search index | index-1 | – | – | 0 | 3 | 690 | 690 | – | – | 3 | 0 | 0 | EUR",
      ])
    #expect(
      report.totals == [
        "runs 9", "runtime_seconds 30055", "billed_seconds 33655", "cost 0.0760095 EUR", "cost 0.0192 USD",
        "wasted_cost 0.0002565 EUR", "wasted_cost 0.0072 USD", "unpriced_runs 3",
        "accrued_cost 0 EUR", "accrued_cost 0 USD",
      ])
    #expect(report.returned == report.summary)
    #expect(report.summary.rows == 5)
  }

  @Test("the view in plain SQL has the same amounts")
  func view() throws {
    #expect(
      try ledger.lines(
        """
        SELECT source, runner, runner_external_id, instance_type, price_second, price_assumed, runs, unpriced_runs,
          billed_milliseconds, currency, cost_exact
        FROM cost_month WHERE month = '2026-01' ORDER BY source, runner, price_second, price_assumed
        """) == [
          "agents | gpu-1 | gpu-1 | gpu | 0.00012 | 0 | 3 | 0 | 160000 | USD | 0.0192",
          "production | Backup | backup-1 | small | 0.0000019 | 0 | 2 | 0 | 4005000 | EUR | 0.0076095",
          "production | Backup | backup-1 | small | 0.0000019 | 1 | 0 | 0 | 21600000 | EUR | 0.04104",
          "production | Backup | backup-1 | small | 0.0000038 | 0 | 1 | 0 | 7200000 | EUR | 0.02736",
          "production | Search index | index-1 | – | – | 0 | 3 | 3 | 690000 | EUR | –",
        ])
  }

  @Test("a month that goes on is provisional, with what is open counted apart")
  func february() throws {
    let report = try ledger.make("monthly-cost", ReportRequest(period: .thisMonth))
    #expect(report.period == "2026-02-01 2026-03-01 Europe/Berlin")
    #expect(
      report.lines == [
        // The last half hour of s4, which finished here; s5 runs for an hour, s6 has not started.
        "2026-02 | provisional | production | Backup | backup-1 | small | 0.0000038 | 0 | 1 | 5400 | 1800 | 0.00684 | 0"
          + " | 0 | 2 | 0.01368 | EUR"
      ])
  }

  @Test("without a period it is the last full month, counted from the ledger's now")
  func defaultPeriod() throws {
    let report = try ledger.make("monthly-cost")
    #expect(report.period == "2026-01-01 2026-02-01 Europe/Berlin")
    #expect(try report.lines == ledger.make("monthly-cost", month("2026-01")).lines)
    #expect(try ledger.make("charges").period == "2026-01-01 2026-02-01 Europe/Berlin")
  }

  @Test("charges are the slices, each with its day, its price and its exact cost")
  func charges() throws {
    let report = try ledger.make("charges", .everything)
    #expect(
      report.lines == [
        "2026-01 | 2026-01-15 | production | Backup | backup-1 | s1 | success | small | 0.0000019 | 0"
          + " | 2026-01-15T09:01:00.000Z | 2026-01-15T09:05:30.000Z | 270 | 0.000513 | EUR",
        "2026-01 | 2026-01-16 | production | Backup | backup-1 | s2 | failure | small | 0.0000019 | 0"
          + " | 2026-01-16T09:00:00.000Z | 2026-01-16T09:02:15.000Z | 135 | 0.0002565 | EUR",
        "2026-01 | 2026-01-18 | agents | gpu-1 | gpu-1 | a1 | success | gpu | 0.00012 | 0"
          + " | 2026-01-18T10:00:00.000Z | 2026-01-18T10:01:40.000Z | 100 | 0.012 | USD",
        "2026-01 | 2026-01-19 | agents | gpu-1 | gpu-1 | a2 | cancellation | gpu | 0.00012 | 0"
          + " | 2026-01-19T10:00:00.000Z | 2026-01-19T10:00:50.000Z | 50 | 0.006 | USD",
        "2026-01 | 2026-01-19 | agents | gpu-1 | gpu-1 | a3 | error | gpu | 0.00012 | 0"
          + " | 2026-01-19T11:00:00.000Z | 2026-01-19T11:00:10.000Z | 10 | 0.0012 | USD",
        "2026-01 | 2026-01-20 | production | Search index | index-1 | i1 | success | – | – | 0"
          + " | 2026-01-20T10:00:00.000Z | 2026-01-20T10:01:00.000Z | 60 | – | EUR",
        "2026-01 | 2026-01-20 | production | Search index | index-1 | i2 | timeout | – | – | 0"
          + " | 2026-01-20T12:00:00.000Z | 2026-01-20T12:10:00.000Z | 600 | – | EUR",
        "2026-01 | 2026-01-21 | production | Search index | index-1 | i3 | unknown | – | – | 0"
          + " | 2026-01-21T12:00:00.000Z | 2026-01-21T12:00:30.000Z | 30 | – | EUR",
        "2026-01 | 2026-01-31 | production | Backup | backup-1 | s3 | success | small | 0.0000019 | 0"
          + " | 2026-01-31T05:00:00.000Z | 2026-01-31T06:00:00.000Z | 3600 | 0.00684 | EUR",
        "2026-01 | 2026-01-31 | production | Backup | backup-1 | s3 | success | small | 0.0000019 | 1"
          + " | 2026-01-31T06:00:00.000Z | 2026-01-31T12:00:00.000Z | 21600 | 0.04104 | EUR",
        "2026-01 | 2026-01-31 | production | Backup | backup-1 | s3 | success | small | 0.0000038 | 0"
          + " | 2026-01-31T12:00:00.000Z | 2026-01-31T13:00:00.000Z | 3600 | 0.01368 | EUR",
        "2026-01 | 2026-01-31 | production | Backup | backup-1 | s4 | success | small | 0.0000038 | 0"
          + " | 2026-01-31T22:00:00.000Z | 2026-01-31T23:00:00.000Z | 3600 | 0.01368 | EUR",
        "2026-02 | 2026-02-01 | production | Backup | backup-1 | s4 | success | small | 0.0000038 | 0"
          + " | 2026-01-31T23:00:00.000Z | 2026-01-31T23:30:00.000Z | 1800 | 0.00684 | EUR",
      ])
    // 0.0760095 of January and 0.00684 of February.
    #expect(report.totals == ["billed_seconds 35455", "cost 0.0828495 EUR", "cost 0.0192 USD"])
  }

  @Test("a period takes the slices of its days, whenever their runs began and ended")
  func chargesOfOneDay() throws {
    let request = ReportRequest(period: .days(from: day("2026-02-01"), to: day("2026-02-02")))
    #expect(try ledger.make("charges", request).lines("run_id", "billed_seconds") == ["s4 | 1800"])
    let before = ReportRequest(period: .days(from: day("2026-01-31"), to: day("2026-02-01")))
    #expect(
      try ledger.make("charges", before).lines("run_id", "billed_seconds") == [
        "s3 | 3600", "s3 | 21600", "s3 | 3600", "s4 | 3600",
      ])
  }

  @Test("in another zone the same time falls on other days, and adds up to the same")
  func otherZone() throws {
    var request = month("2026-01")
    request.zone = .utc
    let report = try ledger.make("monthly-cost", request)
    #expect(report.period == "2026-01-01 2026-02-01 UTC")
    // In UTC all of s4 is in January: 3600 + 5400 s, two runs finished.
    #expect(
      report.lines("runner", "price_second", "price_assumed", "runs", "billed_seconds", "cost") == [
        "gpu-1 | 0.00012 | 0 | 3 | 160 | 0.0192", "Backup | 0.0000019 | 0 | 2 | 4005 | 0.0076095",
        "Backup | 0.0000019 | 1 | 0 | 21600 | 0.04104", "Backup | 0.0000038 | 0 | 2 | 9000 | 0.0342",
        "Search index | – | 0 | 3 | 690 | –",
      ])
    // Nothing of it is left behind.
    #expect(try ledger.make("monthly-cost").lines("runs", "billed_seconds").contains("1 | 7200"))
    #expect(try ledger.problems() == [])
  }

  @Test("a month is final when every source was read completely after it and nothing that began before is open")
  func states() async throws {
    let state = { try ledger.make("monthly-cost", month("2026-01")).column("state").first }
    #expect(try state() == .text("final"))
    // A third source that was never read completely holds every month open.
    var partial = VendorAnswer([make(runner: "mail")])
    partial.runnersAreComplete = false
    let third = SourceSettings(name: "third", vendor: .nodion, currency: "EUR")
    try await ledger.harvest(partial, at: "2026-02-11T00:00:00Z", source: third)
    #expect(try state() == .text("provisional"))
    partial.runnersAreComplete = true
    try await ledger.harvest(partial, at: "2026-02-11T01:00:00Z", source: third)
    #expect(try state() == .text("final"))
    // So does a run that began a minute before its end, in Berlin, and has not finished.
    let open = try make(openRun: "m1", started: "2026-01-31T22:59:00Z")
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "mail"), open), at: "2026-02-11T02:00:00Z", source: third)
    #expect(try state() == .text("provisional"))
    let later = try make(openRun: "m1", started: "2026-01-31T23:00:00Z")
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "mail"), later), at: "2026-02-11T03:00:00Z", source: third)
    #expect(try state() == .text("final"))
  }

  @Test("hazard 10: an open run accrues up to the last complete list of its runner, and no further than it was seen")
  func accrual() async throws {
    let runners = [
      make(runner: "backup-1", name: "Backup", timeout: 36_000, type: try make(type: "small", price: "0.0000038")),
      make(runner: "index-1", name: "Search index", timeout: 600, region: nil, type: nil),
    ]
    let open = try make(openRun: "s5", started: "2026-02-10T11:00:00Z")
    let accrued = { try ledger.make("monthly-cost", ReportRequest(period: .thisMonth)).column("accrued_cost") }

    var broken = VendorAnswer(runners, runs: ["backup-1": [open]])
    broken.brokenLists = ["backup-1"]
    try await ledger.harvest(broken, at: "2026-02-10T13:00:00Z")
    #expect(try accrued() == [.text("0.01368")])
    broken.brokenLists = []
    try await ledger.harvest(broken, at: "2026-02-10T14:00:00Z")
    #expect(try accrued() == [.text("0.04104")])
    // It vanishes without an end: what it ran since the list of 14:00 is not known.
    for time in ["2026-02-10T15:00:00Z", "2026-02-11T15:00:00Z"] {
      try await ledger.harvest(VendorAnswer(runners), at: time)
      #expect(try accrued() == [.text("0.04104")])
    }
  }

  @Test("a charge goes on where another entry begins that says the same price")
  func samePriceTwice() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    try await ledger.harvest(VendorAnswer(make(run: "r1")), at: "2026-01-16T00:00:00Z")
    func charges(_ second: String) throws -> [String] {
      let prices = [
        try make(price: "2", for: "*"), try make(price: second, for: "*", from: "2026-01-15T10:02:00Z"),
      ]
      _ = try ledger.applyPrices(
        WantedPrices(sources: [.production], configured: prices.numbered), now: instant("2026-01-17T00:00:00Z"))
      return try ledger.make("charges", .everything).lines("price_second", "billed_seconds", "cost")
    }
    #expect(try charges("2.00") == ["2 | 270 | 540"])
    #expect(try charges("3") == ["2 | 120 | 240", "3 | 150 | 450"])
  }
}
