import Runs
import TestSupport
import Testing

@testable import Store

/// The packed times of each day, and what is said of them.
@Suite struct TimesTests {
  /// Times of any magnitude, some of them many times.
  private func times(_ count: Int, _ random: inout SeededGenerator) -> [Int64] {
    (0..<count).map { _ in
      switch random.number(0...9) {
      case 0: 0
      case 1: Int64.max >> Int64(random.number(0...62))
      case 2...4: Int64(random.number(0...300))
      default: Int64(random.number(0...7_200_000))
      }
    }
  }

  private func summary(_ lists: [[Int64]]) -> TimesSummary {
    var summary = TimesSummary()
    for list in lists { PackedTimes.pack(list.sorted()).withUnsafeBytes { summary.add($0) } }
    return summary
  }

  @Test("times come out of their bytes as they went in")
  func packing() {
    var random = SeededGenerator(seed: 3)
    for count in [0, 1, 2, 127, 128, 1000] {
      let sorted = times(count, &random).sorted()
      #expect(PackedTimes.pack(sorted).withUnsafeBytes { PackedTimes.unpacked($0) } == sorted)
    }
    #expect(PackedTimes.pack([0, 127, 255, 255, 16_639]) == [0, 127, 0x80, 1, 0, 0x80, 0x80, 1])
  }

  @Test(
    "bytes that are no packed times are told apart",
    arguments: [
      [0x80], [1, 0xFF], [UInt8](repeating: 0xFF, count: 12),
      [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1],
    ])
  func broken(bytes: [UInt8]) {
    #expect(bytes.withUnsafeBytes { PackedTimes.unpacked($0) } == nil)
    var summary = TimesSummary()
    bytes.withUnsafeBytes { summary.add($0) }
    #expect(summary.percentiles([50]) == nil)
  }

  @Test("percentiles of packed lists are those of all their times sorted together", arguments: 0..<50)
  func percentiles(seed: Int) {
    var random = SeededGenerator(seed: seed)
    let lists = (0..<random.number(1...8)).map { _ in times(random.number(0...400), &random).map { $0 >> 8 } }
    let all = lists.flatMap(\.self).sorted()
    let percents: [Int64] = [0, 1, 50, 90, 95, 99, 100]
    var summary = summary(lists)
    #expect(summary.percentiles(percents) == percents.compactMap { NearestRank.percentile($0, ofSorted: all) })
    #expect(summary.count == Int64(all.count))
    #expect(summary.sum == all.reduce(0, &+))
    #expect([summary.least, summary.most] == [all.first ?? 0, all.last ?? 0])
  }

  @Test("nothing at all has no percentiles")
  func nothing() {
    var empty = TimesSummary()
    #expect(empty.percentiles([50]) == [])
    var blank = summary([[], []])
    #expect(blank.percentiles([50]) == [])
  }

  @Test("times_summary says all of a day's runs in one object, and refuses what is no packed times")
  func function() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    let days = "(SELECT x'0102' AS times UNION ALL SELECT x'0A' UNION ALL SELECT NULL UNION ALL SELECT x'')"
    #expect(
      try ledger.lines("SELECT times_summary(times, 50, 90) FROM \(days)") == [
        #"{"count":3,"sum":14,"min":1,"max":10,"p50":3,"p90":10}"#
      ])
    #expect(try ledger.lines("SELECT times_summary(times, 50) FROM \(days) WHERE times IS NULL") == ["–"])
    for (argument, reason) in [
      (
        "x'80'",
        "times_summary(): an argument holds no packed times; those of run_day_times do unless the ledger is damaged"
      ),
      ("7", "times_summary(): argument 1 is 7; expected packed times, as run_day_times has them"),
    ] {
      let error = #expect(throws: LedgerError.self) { try ledger.lines("SELECT times_summary(\(argument), 50)") }
      #expect("\(try #require(error))".contains(reason))
    }
  }

  @Test("a day keeps the times of its runs, by outcome, also when a run changes its mind")
  func keeping() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    let other = try make(run: "r2", started: "2026-01-15T12:00:00Z", completed: "2026-01-15T12:00:01Z")
    let unstarted = try make(run: "r3", "failed", started: nil, completed: "2026-01-15T12:00:00Z", exit: nil)
    try await ledger.harvest(VendorAnswer(make(run: "r1"), other, unstarted), at: "2026-01-16T00:00:00Z")
    let rows = "SELECT runner_id, day, instance_type_id, outcome, hex(runtimes), hex(queues) FROM run_day_times"
    // 1000 and 270000 ms of runtime, 10000 ms of waiting twice.
    #expect(try ledger.lines(rows) == ["1 | 20468 | 1 | 2 | E807C8B510 | 904E00"])
    let failed = try make(run: "r1", "failed", exit: 1)
    try await ledger.harvest(VendorAnswer(failed, other, unstarted), at: "2026-01-17T00:00:00Z")
    #expect(
      try ledger.lines(rows) == ["1 | 20468 | 1 | 2 | E807 | 904E", "1 | 20468 | 1 | 3 | B0BD10 | 904E"])
    #expect(try ledger.problems() == [])
  }

  @Test("another zone has the times of its own days, and the ledger keeps its own")
  func otherZone() async throws {
    let folder = try TemporaryFolder()
    let ledger = try await Ledger.random(seed: 5, in: folder)
    let zone = try TimeZoneDatabase.rules(named: "Pacific/Auckland")
    let rows = "SELECT runner_id, day, instance_type_id, outcome, hex(runtimes), hex(queues) FROM run_day_times"
    func rowsInZone() throws -> [[Value]] {
      var found: [[Value]] = []
      try ledger.read(in: zone) { try $0.rows(of: rows, named: "test") { found.append($0) } }
      return found
    }
    let own = try ledger.values(rows)
    let seen = try rowsInZone()
    #expect(seen != own)
    #expect(try ledger.values(rows) == own)
    _ = try ledger.rezone(to: zone, apply: true, now: instant("2027-01-01T00:00:00Z"))
    #expect(try ledger.values(rows) == seen)
    #expect(try ledger.problems() == [])
  }
}
