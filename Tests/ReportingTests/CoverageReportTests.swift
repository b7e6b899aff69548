import Harvest
import Reporting
import Runs
import Store
import TestSupport
import Testing

/// What was read and how completely: the report of that name, and what every other report says of it.
@Suite struct CoverageReportTests {
  let made: HandMadeLedger
  var ledger: Ledger { made.ledger }

  init() async throws {
    made = try await HandMadeLedger()
  }

  @Test("lists are stretches of visits that found them alike")
  func stretches() async throws {
    var broken = VendorAnswer([make(runner: "gpu-1", name: "gpu-1")])
    broken.brokenLists = ["gpu-1"]
    try await ledger.harvest(broken, at: "2026-02-11T00:00:00Z", source: HandMadeLedger.agents)
    let report = try ledger.make("coverage")
    #expect(report.period == "2026-01-13 2026-02-12 Europe/Berlin")
    #expect(
      report.lines == [
        "agents | runners | 2026-02-11T00:00:00.000Z | 1 | 1 | – | –",
        "agents | runs of gpu-1 (gpu-1) | 2026-02-10T11:00:00.000Z | 1 | 3 | – | –",
        "agents | runs of gpu-1 (gpu-1) | 2026-02-11T00:00:00.000Z | 0 | 0 | – | the list broke off",
        "production | runners | 2026-02-10T12:00:00.000Z | 1 | 2 | – | –",
        "production | runs of Backup (backup-1) | 2026-02-10T12:00:00.000Z | 1 | 6 | – | –",
        "production | runs of Search index (index-1) | 2026-02-10T12:00:00.000Z | 1 | 3 | – | –",
      ])
    #expect(
      try ledger.make("coverage", ReportRequest(runners: ["backup-1"])).lines("resource") == [
        "runners", "runs of Backup (backup-1)",
      ])
    #expect(try ledger.make("coverage", ReportRequest(sources: ["agents"])).lines("source").count == 3)
  }

  @Test("all of it reaches back to the first visit, also where no run does")
  func everything() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    var partial = VendorAnswer([make(runner: "backup")])
    partial.runnersAreComplete = false
    try await ledger.harvest(partial, at: "2026-01-02T00:00:00Z")
    try await ledger.harvest(VendorAnswer(make(run: "r1")), at: "2026-01-16T00:00:00Z")
    let report = try ledger.make("coverage", .everything)
    #expect(report.period == "2026-01-02 2026-01-17 UTC")
    #expect(
      report.lines("resource", "harvested_at", "complete") == [
        "runners | 2026-01-02T00:00:00.000Z | 0", "runners | 2026-01-16T00:00:00.000Z | 1",
        "runs of Backup (backup) | 2026-01-16T00:00:00.000Z | 1",
      ])
  }

  @Test("a report says how much it could know")
  func notes() throws {
    let report = try ledger.make("monthly-cost")
    #expect(
      report.summary.coverage
        == ReportCoverage(
          isComplete: true,
          notes: [
            "2 of 2 sources, last read 2026-02-10 13:00 Europe/Berlin", "5 of 5 lists read completely",
            "3 runs unpriced, 690.000 s billed", "price assumed for 21600.000 s billed",
          ]))
    #expect(report.head.asOf == (try instant("2026-02-10T12:00:00Z")))
    #expect(report.head.generator == "runtally 0.1.0")
    // What is said of prices is said of the period, and of the runners that were asked for.
    #expect(
      try ledger.make("monthly-cost", ReportRequest(period: .all, runners: ["gpu-1"])).summary.coverage.notes == [
        "2 of 2 sources, last read 2026-02-10 13:00 Europe/Berlin", "5 of 5 lists read completely",
        "2026-02 is provisional",
      ])
  }

  @Test("lists that broke off make a report incomplete, and are named")
  func incomplete() async throws {
    var broken = try VendorAnswer(make(run: "x1", started: "2026-02-10T13:00:00Z", completed: "2026-02-10T12:59:00Z"))
    broken.runners[0].name = "Mail"
    broken.runnersAreComplete = false
    broken.brokenLists = ["backup"]
    let third = SourceSettings(name: "third", vendor: .nodion, currency: "EUR")
    try await ledger.harvest(broken, at: "2026-02-11T00:00:00Z", source: third)
    let report = try ledger.make("runs")
    #expect(report.summary.coverage.isComplete == false)
    #expect(
      report.summary.coverage.notes == [
        "2 of 3 sources, last read 2026-02-10 13:00 Europe/Berlin", "5 of 7 lists read completely",
        "third: the runners could not be read completely (the list broke off)",
        "third: the runs of Mail could not be read completely (the list broke off)",
        "never read: third", "3 runs unpriced, 690.000 s billed", "price assumed for 1 run, 21600.000 s billed",
        "1 run with instants that contradict each other",
        "2 runs still open in the period: production s5 of Backup, production s6 of Backup (report open-runs)",
        "2026-01 to 2026-02 are provisional",
      ])
  }

  @Test("a source whose first visit never finished was not read completely")
  func killed() async throws {
    let third = SourceSettings(name: "third", vendor: .nodion, currency: "EUR")
    try await ledger.harvest(
      VendorAnswer(make(run: "x1")), at: "2026-02-11T00:00:00Z", source: third, until: .batches(1))
    let coverage = try ledger.make("runs").summary.coverage
    #expect(coverage.isComplete == false)
    #expect(coverage.notes.first == "2 of 3 sources, last read 2026-02-10 13:00 Europe/Berlin")
  }

  @Test("a ledger that was never harvested has no report")
  func neverHarvested() throws {
    let folder = try TemporaryFolder()
    let empty = try Ledger.make(in: folder)
    #expect(
      empty.refusal("runs", ReportRequest()) == .neverHarvested(path: folder.file("ledger.sqlite")))
  }
}
