import Reporting
import Runs
import Store
import TestSupport
import Testing

/// Failure rates period by period, and whether chance alone explains a change.
@Suite struct FailureTrendTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  /// Runs by day: how many succeeded, how many failed. Days are those of UTC; the ledger's now is noon on 10 March.
  private static let days: [(day: String, good: Int, bad: Int)] = [
    ("2025-12-31", 8, 2), ("2026-01-01", 9, 1), ("2026-01-15", 3, 7), ("2026-02-27", 5, 0), ("2026-03-01", 4, 4),
    ("2026-03-02", 2, 6), ("2026-03-10", 1, 0),
  ]

  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
    var runs: [RunRecord] = []
    for (day, good, bad) in FailureTrendTests.days {
      for number in 0..<good + bad {
        let isGood = number < good
        runs.append(
          try make(
            run: "\(day)-\(number)", isGood ? "succeeded" : "failed", started: "\(day)T10:00:00Z",
            completed: "\(day)T10:01:00Z", exit: isGood ? 0 : 1))
      }
    }
    try await ledger.harvest(
      VendorAnswer([make(runner: "backup")], runs: ["backup": runs]), at: "2026-03-10T12:00:00Z")
  }

  /// `period rated failed rate p`, rates and p to four digits.
  private func trend(
    _ interval: String, _ period: PeriodChoice? = .all, in ledger: Ledger? = nil
  ) throws -> [String] {
    try (ledger ?? self.ledger).make("failure-trend", ReportRequest(period: period, interval: interval))
      .lines("period", "rated_runs", "failed", "failure_rate", "change_p")
  }

  /// The p of a change, as `Runs` works it out.
  private func p(_ x1: Int64, _ n1: Int64, _ x2: Int64, _ n2: Int64) -> String {
    Fisher.twoSided(x1, of: n1, x2, of: n2).map { "\(($0 * 1_000_000).rounded() / 1_000_000)" } ?? "–"
  }

  @Test("months are compared with the calendar month just before")
  func months() throws {
    #expect(
      try trend("month") == [
        "2025-12-01 | 10 | 2 | 0.2 | –", "2026-01-01 | 20 | 8 | 0.4 | \(p(2, 10, 8, 20))",
        "2026-02-01 | 5 | 0 | 0.0 | \(p(8, 20, 0, 5))", "2026-03-01 | 17 | 10 | 0.588235 | \(p(0, 5, 10, 17))",
      ])
    #expect(p(2, 10, 8, 20) == "0.419471")
  }

  @Test("the period before the one that is asked for is compared with, and not shown")
  func comparedWithWhatIsBefore() throws {
    #expect(
      try trend("month", .month(Month(year: 2026, month: 1))) == ["2026-01-01 | 20 | 8 | 0.4 | \(p(2, 10, 8, 20))"])
    // From the middle of a month on, the whole month before is what it is compared with.
    #expect(
      try trend("month", .days(from: day("2026-01-10"), to: day("2026-02-01"))) == [
        "2026-01-01 | 10 | 7 | 0.7 | \(p(2, 10, 7, 10))"
      ])
  }

  @Test("a day whose day before had no runs has nothing to be compared with")
  func days() throws {
    #expect(
      try trend("day") == [
        "2025-12-31 | 10 | 2 | 0.2 | –", "2026-01-01 | 10 | 1 | 0.1 | \(p(2, 10, 1, 10))",
        "2026-01-15 | 10 | 7 | 0.7 | –", "2026-02-27 | 5 | 0 | 0.0 | –", "2026-03-01 | 8 | 4 | 0.5 | –",
        "2026-03-02 | 8 | 6 | 0.75 | \(p(4, 8, 6, 8))", "2026-03-10 | 1 | 0 | 0.0 | –",
      ])
  }

  @Test("weeks begin on Mondays, across the turn of the year")
  func weeks() throws {
    // 2025-12-29, 2026-01-12, 2026-02-23 and 2026-03-02 are Mondays; 2026-03-01 is a Sunday.
    #expect(
      try trend("week") == [
        "2025-12-29 | 20 | 3 | 0.15 | –", "2026-01-12 | 10 | 7 | 0.7 | –", "2026-02-23 | 13 | 4 | 0.307692 | –",
        "2026-03-02 | 8 | 6 | 0.75 | \(p(4, 13, 6, 8))", "2026-03-09 | 1 | 0 | 0.0 | \(p(6, 8, 0, 1))",
      ])
  }

  @Test("a period that begins within a week or a month is held against all of it in the row that follows")
  func fromTheMiddle() throws {
    // 2026-03-01 is a Sunday: of its week it is asked for alone, and the 5 successes of the 27th count all the same.
    #expect(
      try trend("week", .days(from: day("2026-03-01"), to: nil)) == [
        "2026-02-23 | 8 | 4 | 0.5 | –", "2026-03-02 | 8 | 6 | 0.75 | \(p(4, 13, 6, 8))",
        "2026-03-09 | 1 | 0 | 0.0 | \(p(6, 8, 0, 1))",
      ])
    // Nothing is asked for of January, but for the one day that is also shown.
    let report = try ledger.make(
      "failure-trend", ReportRequest(period: .days(from: day("2026-01-15"), to: nil), interval: "month"))
    #expect(
      report.lines("period", "rated_runs", "failed", "failure_rate_before") == [
        "2026-01-01 | 10 | 7 | 0.2", "2026-02-01 | 5 | 0 | 0.4", "2026-03-01 | 17 | 10 | 0.0",
      ])
    // A week of which no day is asked for has no row, and is compared with.
    #expect(
      try trend("week", .days(from: day("2026-03-02"), to: day("2026-03-09"))) == [
        "2026-03-02 | 8 | 6 | 0.75 | \(p(4, 13, 6, 8))"
      ])
  }

  @Test("without a period it is twelve intervals, the one of now included")
  func defaultPeriods() throws {
    func period(_ interval: String?) throws -> String {
      try ledger.make("failure-trend", ReportRequest(interval: interval)).period
    }
    #expect(try period(nil) == "2025-04-01 2026-03-11 UTC")
    #expect(try period("month") == "2025-04-01 2026-03-11 UTC")
    #expect(try period("week") == "2025-12-22 2026-03-11 UTC")
    #expect(try period("day") == "2026-02-27 2026-03-11 UTC")
  }

  @Test("each rate comes with its Wilson interval")
  func intervals() throws {
    let report = try ledger.make("failure-trend", ReportRequest(period: .month(Month(year: 2026, month: 2))))
    let wilson = try #require(WilsonInterval(0, of: 5))
    #expect(report.column("failure_rate_low") == [.real(0)])
    #expect(report.column("failure_rate_high") == [.real(wilson.high)])
    #expect(abs(wilson.high - 0.434482) < 0.000001)
  }

  @Test("every outcome has its column, and only some of them are rated")
  func outcomes() async throws {
    let made = try await HandMadeLedger()
    let report = try made.ledger.make("failure-trend", ReportRequest(period: .all, groupBy: ["source"]))
    #expect(
      report.lines(
        "period", "source", "rated_runs", "successes", "failures", "errors", "timeouts", "cancellations", "skips",
        "unknown", "failed", "failure_rate") == [
          "2026-01-01 | agents | 2 | 1 | 0 | 1 | 0 | 1 | 0 | 0 | 1 | 0.5",
          "2026-01-01 | production | 5 | 3 | 1 | 0 | 1 | 0 | 0 | 1 | 2 | 0.4",
          "2026-02-01 | production | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0.0",
        ])
    #expect(
      report.totals == [
        "rated_runs 8", "successes 5", "failures 1", "errors 1", "timeouts 1", "cancellations 1", "skips 0",
        "unknown 1", "failed 3",
      ])
  }

  @Test("a period without rated runs has no rate, and nothing is compared with it")
  func nothingRated() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    try await ledger.harvest(
      VendorAnswer(
        make(run: "r1", "evicted", started: "2026-01-15T10:00:00Z", completed: "2026-01-15T10:01:00Z"),
        make(run: "r2", started: "2026-01-16T10:00:00Z", completed: "2026-01-16T10:01:00Z")),
      at: "2026-01-17T00:00:00Z")
    let report = try ledger.make("failure-trend", ReportRequest(period: .all, interval: "day"))
    #expect(
      report.lines("period", "rated_runs", "unknown", "failure_rate", "failure_rate_low", "change_p") == [
        "2026-01-15 | 0 | 1 | – | – | –", "2026-01-16 | 1 | 0 | 0.0 | 0.0 | –",
      ])
  }

  @Test(
    "grouping has its own columns and no others",
    arguments: [
      ("none", ["7", "1"]),
      ("source", ["agents | 2", "production | 5", "production | 1"]),
      (
        "runner",
        [
          "agents | gpu-1 | gpu-1 | 2", "production | Backup | backup-1 | 3",
          "production | Search index | index-1 | 2", "production | Backup | backup-1 | 1",
        ]
      ),
      ("instance-type", ["– | 2", "gpu | 2", "small | 3", "small | 1"]),
    ])
  func grouping(by group: String, expected: [String]) async throws {
    let made = try await HandMadeLedger()
    let report = try made.ledger.make("failure-trend", ReportRequest(period: .all, groupBy: [group]))
    #expect(report.lines("source", "runner", "runner_id", "instance_type", "rated_runs") == expected)
  }

  @Test("a change is that of its own group")
  func changesWithinGroups() async throws {
    let made = try await HandMadeLedger()
    let report = try made.ledger.make("failure-trend", ReportRequest(period: .all, groupBy: ["runner"]))
    // Backup: 1 of 3 failed in January, 0 of 1 in February.
    #expect(
      report.lines("runner", "change_p") == [
        "gpu-1 | –", "Backup | –", "Search index | –", "Backup | \(p(1, 3, 0, 1))",
      ])
  }
}
