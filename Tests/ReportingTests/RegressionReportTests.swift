import Foundation
import Harvest
import Reporting
import Runs
import Store
import TestSupport
import Testing

/// What got worse or better: the report on companies made up run by run. The period is February 2026, of 28 days; the
/// reference begins on 4 January.
@Suite struct RegressionReportTests {
  /// What a runner's runs of a day are like.
  private struct Day {
    var runs = 10
    var failed = 0
    /// Seconds; each run takes one more than the one before.
    var seconds: Int64 = 100
  }

  private static let february = month("2026-02")

  /// 56 days of one run every half hour from six in the morning on, and a visit at their end.
  private func ledger(in folder: TemporaryFolder, _ runners: [String: (LocalDay) -> Day]) async throws -> Ledger {
    let ledger = try Ledger.make(in: folder)
    var runs: [String: [RunRecord]] = [:]
    for (id, shape) in runners {
      for number in 0..<56 {
        let date = day("2026-01-04").advanced(byDays: Int64(number))
        let shape = shape(date)
        for index in 0..<shape.runs {
          let start = Instant(milliseconds: date.number * 86_400_000 + Int64(12 + index) * 1_800_000)
          // The shortest fails, then the longest, and so on, so that the median of the others stays.
          let isFailed = min(2 * index, 2 * (shape.runs - index) - 1) < shape.failed
          runs[id, default: []].append(
            RunRecord(
              id: "\(id)-\(number)-\(index)", status: isFailed ? "failed" : "succeeded", exitCode: isFailed ? 1 : 0,
              createdAt: start, startedAt: start,
              completedAt: start.advanced(byMilliseconds: (shape.seconds + Int64(index)) * 1000), updatedAt: nil))
        }
      }
    }
    try await ledger.harvest(
      VendorAnswer(runners.keys.sorted().map { make(runner: $0) }, runs: runs), at: "2026-03-01T00:00:00Z")
    return ledger
  }

  /// One failure in ten runs every other day: the same in every stretch of two days.
  private static func usual(_ date: LocalDay) -> Day {
    Day(failed: date.number.isMultiple(of: 2) ? 0 : 1)
  }

  @Test("a rate that stepped up and runtimes that stepped down are two rows, each with its day")
  func steps() async throws {
    let folder = try TemporaryFolder()
    let ledger = try await ledger(
      in: folder,
      [
        "flaky": { $0 < day("2026-02-11") ? Self.usual($0) : Day(failed: 4) },
        "steady": Self.usual,
        "tuned": { date in
          var day = Self.usual(date)
          if date >= TestSupport.day("2026-02-05") { day.seconds = 60 }
          return day
        },
        // 29 runs in each half are too few for a rate.
        "rare": { Day(runs: $0.number.isMultiple(of: 28) ? 2 : 1, failed: $0 < day("2026-02-01") ? 0 : 1) },
      ])
    let report = try ledger.make("regressions", Self.february)
    // 19 of 380 failed before the 11th, 72 of 180 from then on. The median of 100 to 109 s, of which the first is
    // missing every other day, is 105 s.
    #expect(
      report.lines(
        "source", "runner", "measure", "direction", "changed_on", "runs_before", "runs_after", "failure_rate_before",
        "failure_rate_after", "duration_p50_before_seconds", "duration_p50_after_seconds", "tested")
        == [
          "production | Flaky | failure-rate | worse | 2026-02-11 | 380 | 180 | 0.05 | 0.4 | – | – | 6",
          "production | Tuned | runtime | better | 2026-02-05 | 304 | 228 | – | – | 105 | 65 | 6",
        ])
  }

  @Test("a company where nothing changed, and one with too few runs, have no rows")
  func none() async throws {
    let folder = try TemporaryFolder()
    let ledger = try await ledger(
      in: folder, ["steady": Self.usual, "rare": { _ in Day(runs: 1, failed: 1) }])
    #expect(try ledger.make("regressions", Self.february).rows == [])
    // Nothing came before the whole of history, so nothing changed in it.
    #expect(try ledger.make("regressions", .everything).rows == [])
    #expect(
      try ledger.make("regressions", ReportRequest(period: .days(from: day("0001-01-01"), to: day("9999-12-31")))).rows
        == [])
  }

  @Test("p is adjusted as by FalseDiscovery, over all that is tested, and a filter tests less")
  func adjusted() async throws {
    let folder = try TemporaryFolder()
    var runners: [String: (LocalDay) -> Day] = [:]
    for number in 0..<6 {
      runners["r\(number)"] = { date in
        date < day("2026-02-15") ? Self.usual(date) : Day(failed: 1 + number / 2)
      }
    }
    let ledger = try await ledger(in: folder, runners)
    var everything = Self.february
    everything.isUnchangedToo = true
    let tested = try ledger.make("regressions", everything)
    #expect(tested.lines("tested") == [String](repeating: "12", count: 12))
    let expected = FalseDiscovery.adjusted(reals(tested.column("p")))
    for (adjusted, expected) in zip(reals(tested.column("p_adjusted")), expected) {
      #expect(abs(adjusted - expected) <= 1e-12 * expected)
    }

    let report = try ledger.make("regressions", Self.february)
    #expect(report.rows.count == expected.count { $0 <= 0.05 })
    #expect((1...11).contains(report.rows.count))
    let alone = try ledger.make("regressions", ReportRequest(period: Self.february.period, runners: ["r5"]))
    #expect(alone.lines("runner", "measure", "tested") == ["R5 | failure-rate | 2"])
  }

  private func reals(_ values: [Value]) -> [Double] {
    values.compactMap { if case .real(let real) = $0 { real } else { nil } }
  }

  @Test("of a hundred companies where nothing ever changes at most seven have any row")
  func falseAlarms() async throws {
    var random = SeededGenerator(seed: 77)
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    for company in 0..<100 {
      var runs: [String: [RunRecord]] = [:]
      for number in 0..<2 {
        let rate = random.pick([2, 5, 10, 30])
        let spread = random.number(10...200)
        var records: [RunRecord] = []
        for date in 0..<56 {
          for index in 0..<random.number(1...2) {
            let start = Instant(
              milliseconds: (day("2026-01-04").number + Int64(date)) * 86_400_000 + Int64(index) * 7_200_000)
            let isFailed = random.number(1...100) <= rate
            records.append(
              RunRecord(
                id: "\(date)-\(index)", status: isFailed ? "failed" : "succeeded", exitCode: isFailed ? 1 : 0,
                createdAt: start, startedAt: start,
                completedAt: start.advanced(byMilliseconds: Int64(60_000 + 1000 * random.number(0...spread))),
                updatedAt: nil))
          }
        }
        runs["r\(number)"] = records
      }
      let source = SourceSettings(name: "company-\(company)", vendor: .nodion, currency: "EUR")
      try await ledger.harvest(
        VendorAnswer(runs.keys.sorted().map { make(runner: $0) }, runs: runs), at: "2026-03-01T00:00:00Z",
        source: source)
    }
    let alarmed = try (0..<100).count { company in
      try !ledger.make(
        "regressions", ReportRequest(period: Self.february.period, sources: ["company-\(company)"])
      ).rows.isEmpty
    }
    #expect(alarmed <= 7, "\(alarmed) of 100")
  }

  @Test("the runtimes and the rates come from the tally, by days")
  func plan() async throws {
    let made = try await HandMadeLedger()
    let sql = try ReportCatalog.definition(named: "regressions").sql
    let plan = try made.ledger.make(ReportDefinition(name: "plan", text: "EXPLAIN QUERY PLAN " + sql)).rows
      .compactMap { row in if case .text(let detail) = row.last { detail } else { nil } }
    #expect(plan.filter { $0.hasPrefix("SCAN run ") || $0.hasPrefix("SEARCH run ") } == [])
    #expect(
      plan.contains { $0.hasPrefix("SEARCH run_day_times USING PRIMARY KEY (runner_id=? AND day>? AND day<?)") },
      "\(plan)")
    #expect(plan.contains { $0.hasPrefix("SEARCH run_day USING PRIMARY KEY (day>? AND day<?)") }, "\(plan)")
  }
}
