import Reporting
import Runs
import Store
import TestSupport
import Testing

/// Reports of old data say so first.
@Suite struct StalenessTests {
  let made: HandMadeLedger

  init() async throws {
    made = try await HandMadeLedger()
  }

  /// What a report says at an instant of the clock, with a patience of a day and a half.
  private func notice(
    at now: String, _ report: String = "monthly-cost", _ request: ReportRequest = ReportRequest()
  ) throws -> String? {
    let staleness = Staleness(now: try Instant(rfc3339: now), patience: .seconds(36 * 3600))
    let made = try self.made.ledger.make(
      ReportCatalog.definition(named: report), request, given: ReportSettings(staleness: staleness))
    #expect(made.head.notice == made.summary.coverage.notice)
    #expect(made.returned == made.summary)
    return made.head.notice
  }

  /// The last complete visits to `agents` and `production`.
  private func lastComplete() throws -> [String: Instant] {
    try made.ledger.read { snapshot in
      Dictionary(
        uniqueKeysWithValues: try snapshot.sourceReads().compactMap { read in
          read.lastComplete.map { (read.source, $0) }
        })
    }
  }

  @Test("a source is stale when its newest complete visit is older than the patience, and not a millisecond before")
  func bound() throws {
    let last = try lastComplete()
    let oldest = try #require(last.values.min())
    let limit = oldest.advanced(byMilliseconds: 36 * 3_600_000)
    #expect(try notice(at: limit.rfc3339) == nil)
    #expect(try notice(at: limit.advanced(byMilliseconds: 1).rfc3339) != nil)
    // A clock that is behind tells of nothing old.
    #expect(try notice(at: "2020-01-01T00:00:00Z") == nil)
  }

  @Test("every stale source is named with its visit, the same on any later day, and only those that are asked for")
  func names() throws {
    let all = try #require(try notice(at: "2026-05-01T00:00:00Z"))
    #expect(all.hasPrefix("stale: agents was last read completely 2026-"))
    #expect(all.contains("; production was last read completely 2026-"))
    #expect(all.hasSuffix(" Europe/Berlin, more than 36 h ago"))
    #expect(try notice(at: "2027-05-01T00:00:00Z") == all)
    let one = try #require(try notice(at: "2026-05-01T00:00:00Z", "runs", ReportRequest(sources: ["agents"])))
    #expect(one.hasPrefix("stale: agents was last") && !one.contains("production"))
  }

  @Test("without a clock nothing is said")
  func nobodyAsks() throws {
    #expect(try made.ledger.make("monthly-cost").head.notice == nil)
  }

  @Test("a what-if says it too")
  func whatIf() throws {
    var writer: any RowWriter = Collector()
    let staleness = Staleness(now: try Instant(rfc3339: "2026-05-01T00:00:00Z"), patience: .seconds(60))
    let summary = try WhatIfReplay(ledger: made.ledger, generator: "runtally 0.1.0", staleness: staleness)
      .write(WhatIfRequest(period: .all, prices: [try .init("1")]), to: &writer)
    #expect(summary.coverage.notice?.hasPrefix("stale: ") == true)
    #expect((writer as? Collector)?.head?.notice == summary.coverage.notice)
  }
}
