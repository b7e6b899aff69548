import Harvest
import Reporting
import Runs
import Store
import TestSupport
import Testing

/// What every report says of how far its numbers can be trusted, note by note.
@Suite struct CoverageNoteTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  private func notes(_ request: ReportRequest = .everything) throws -> [String] {
    try ledger.make("runs", request).summary.coverage.notes
  }

  /// One visit whose lists were read as told.
  private func visit(
    _ time: String, runners: [RunnerRecord] = [make(runner: "backup")], source: SourceSettings = .production,
    _ readings: ResourceReading...
  ) async throws {
    let now = try instant(time)
    let saver = try HarvestSaver(ledger: ledger, source: source, clock: { now })
    if !runners.isEmpty { try await saver.save(runners: runners, isComplete: true) }
    for reading in readings { try await saver.close(reading) }
    _ = try await saver.finish()
  }

  private func list(
    _ runner: String? = nil, rows: Int, refused: Int = 0, claimed: Int? = nil, isComplete: Bool = true,
    note: String? = nil
  ) -> ResourceReading {
    ResourceReading(
      resource: runner.map { .runs(runner: $0) } ?? .runners, requests: 1, rows: rows, refused: refused,
      claimed: claimed, isComplete: isComplete, note: note)
  }

  @Test("runs that ran without a start have no time, which is told; what was cancelled may never have started")
  func untimed() async throws {
    try await ledger.harvest(
      VendorAnswer(
        of: make(runner: "backup"), try make(run: "done", started: nil), try make(run: "timed"),
        try make(run: "broken", "failed", started: nil, exit: 1), try make(run: "cancelled", "cancelled", started: nil)),
      at: "2026-01-16T00:00:00Z")
    #expect(
      try notes() == [
        "1 of 1 source, last read 2026-01-16 00:00 UTC", "2 of 2 lists read completely",
        "2 runs without a start, so without time and cost", "price assumed for 1 run, 270.000 s billed",
        "2026-01 is provisional",
      ])
  }

  @Test("a list of a round length without a named total may be cut off, the longest first")
  func roundLists() async throws {
    let runners = ["a", "b", "c", "d", "e", "f"].map { make(runner: $0) }
    try await visit(
      "2026-01-16T00:00:00Z", runners: runners, list(rows: 6), list("a", rows: 100), list("b", rows: 1000),
      list("c", rows: 101), list("d", rows: 500, claimed: 500), list("e", rows: 20), list("f", rows: 25))
    let round = "lists of a suspiciously round length, which the vendor may have cut off: "
    #expect(
      try notes() == [
        "1 of 1 source, last read 2026-01-16 00:00 UTC", "7 of 7 lists read completely",
        round + "1000 rows of production, the runs of B; 100 rows of production, the runs of A; "
          + "25 rows of production, the runs of F; and 1 more",
        "2026-01 is provisional",
      ])
    #expect(
      try notes(ReportRequest(period: .all, runners: ["e"]))[2] == round + "20 rows of production, the runs of E")
    #expect(try notes(ReportRequest(period: .all, runners: ["c"])).count == 3)
    // It grew: what was suspicious no longer is.
    try await visit("2026-01-17T00:00:00Z", runners: [make(runner: "a")], list(rows: 1), list("a", rows: 107))
    #expect(try notes(ReportRequest(period: .all, runners: ["a"])).count == 3)
  }

  @Test("rows that could not be understood are counted over all lists")
  func refusals() async throws {
    try await visit(
      "2026-01-16T00:00:00Z", runners: [make(runner: "a"), make(runner: "b")], list(rows: 2),
      list("a", rows: 7, refused: 3, isComplete: false, note: "3 of 10 runs could not be understood: run 4: no id"),
      list(
        "b", rows: 9, refused: 1, isComplete: false,
        note: "broke off; 1 of 10 runs could not be understood: run 1: no id"))
    #expect(
      try notes()[1...] == [
        "1 of 3 lists read completely",
        "production: the runs of A could not be read completely (3 of 10 runs could not be understood: run 4: no id)",
        "production: the runs of B could not be read completely "
          + "(broke off; 1 of 10 runs could not be understood: run 1: no id)",
        "4 rows of 2 lists could not be understood", "2026-01 is provisional",
      ])
  }

  @Test("what was odd in lists that came whole is told")
  func oddLists() async throws {
    let odd = "run z: completed_at 2030-01-01T00:00:00.000Z lies ahead of the answer"
    try await visit(
      "2026-01-16T00:00:00Z", runners: [make(runner: "a"), make(runner: "b")], list(rows: 2),
      list("a", rows: 7, note: odd), list("b", rows: 7, note: odd))
    #expect(
      try notes()[1...] == [
        "3 of 3 lists read completely", "production, the runs of A: " + odd, "production, the runs of B: " + odd,
        "2026-01 is provisional",
      ])
    try await visit(
      "2026-01-17T00:00:00Z", runners: [make(runner: "a"), make(runner: "b")], list(rows: 2, note: "odd"),
      list("a", rows: 7, note: odd), list("b", rows: 7, note: odd))
    #expect(
      try notes()[2...3] == ["production, the runners: odd", "2 more lists with something odd, see the coverage"])
  }

  @Test("a source that refused every visit was never read; one that once let in has lists that were not read")
  func neverRead() async throws {
    let refused = list(rows: 0, isComplete: false, note: "the vendor refused the key")
    try await visit("2026-01-16T00:00:00Z", list(rows: 1), list("backup", rows: 3))
    for name in ["staging", "test"] {
      try await visit(
        "2026-01-16T00:00:00Z", runners: [], source: SourceSettings(name: name, vendor: .nodion), refused)
    }
    #expect(
      try notes() == [
        "1 of 3 sources, last read 2026-01-16 00:00 UTC", "2 of 4 lists read completely",
        "staging: the runners could not be read completely (the vendor refused the key)",
        "test: the runners could not be read completely (the vendor refused the key)",
        "never read: staging, test", "2026-01 is provisional",
      ])
    try await visit("2026-01-17T00:00:00Z", runners: [], refused)
    // The runs of its runner were not even asked for.
    #expect(try notes()[1] == "0 of 4 lists read completely")
    #expect(try ledger.make("runs").summary.coverage.isComplete == false)
  }

  @Test("a source without runs has one list")
  func withoutRuns() async throws {
    try await visit(
      "2026-01-16T00:00:00Z", runners: [make(runner: "a"), make(runner: "b")],
      source: SourceSettings(name: "quality", vendor: .soda), list(rows: 2))
    #expect(try notes()[1] == "1 of 1 list read completely")
  }

  @Test("months are provisional from the last complete visit on, or from the start of the oldest open run")
  func provisional() async throws {
    func last(_ from: String, _ to: String) throws -> String? {
      try notes(ReportRequest(period: .days(from: day(from), to: day(to)))).last { $0.contains("provisional") }
    }
    try await ledger.harvest(VendorAnswer(make(run: "r1")), at: "2026-03-31T23:59:59Z")
    #expect(try last("2026-01-01", "2026-03-01") == nil)
    #expect(try last("2026-01-01", "2026-04-01") == "2026-03 is provisional")
    try await ledger.harvest(VendorAnswer(make(run: "r1")), at: "2026-04-01T00:00:00Z")
    #expect(try last("2026-01-01", "2026-04-01") == nil)
    // What lies in the future is not called anything.
    #expect(try last("2026-04-01", "2026-07-01") == "2026-04 is provisional")
    #expect(try last("2026-05-01", "2026-07-01") == nil)
    try await ledger.harvest(
      VendorAnswer(make(run: "r1"), make(openRun: "r2", started: "2026-02-28T23:59:59Z")), at: "2026-04-02T00:00:00Z")
    #expect(try last("2026-01-01", "2026-05-01") == "2026-02 to 2026-04 are provisional")
    // What monthly-cost says of each month that has anything is the same: r2 has a timeout of an hour.
    let months = try ledger.make("monthly-cost", .everything).lines("month", "state")
    #expect(months == ["2026-01 | final", "2026-02 | provisional", "2026-03 | provisional"])
  }

  @Test("a price that matches nothing any more, because its runner was renamed, is told in every report")
  func idlePrices() async throws {
    let prices = [try make(price: "2", for: "gpu-*"), try make(price: "3", for: "nobody")].numbered
    func visit(_ name: String, _ time: String) async throws {
      try await ledger.harvest(
        VendorAnswer([make(runner: "a", name: name, type: nil)], runs: ["a": [try make(run: "r1")]]), at: time,
        prices: prices)
    }
    try await visit("gpu-1", "2026-01-16T00:00:00Z")
    func told() throws -> [String] { try notes().filter { $0.hasPrefix("prices that") } }
    #expect(try told() == [])
    try await visit("cpu-1", "2026-01-17T00:00:00Z")
    #expect(
      try told() == [
        "prices that match nothing any more: runner gpu-* of production since 2026-01-17 (configuration, entry 1)"
      ])
    #expect(try ledger.make("runs", .everything).lines("cost") == ["540"])
    try await visit("gpu-2", "2026-01-18T00:00:00Z")
    #expect(try told() == [])
  }

  @Test("a machine size that one list shows at two prices has the first, and the list says so")
  func twoPrices() async throws {
    let runners = [
      make(runner: "a", type: try make(type: "small", price: "0.1")),
      make(runner: "b", type: try make(type: "small", price: "0.2")),
    ]
    try await visit("2026-01-16T00:00:00Z", runners: runners, list(rows: 2, note: "odd"))
    #expect(
      try ledger.make("coverage", .everything).lines("note") == [
        "odd; small is shown at 0.1 and at 0.2 a second; 0.1 counts"
      ])
    try await visit("2026-01-17T00:00:00Z", runners: [runners[0]], list(rows: 1))
    #expect(try ledger.make("coverage", .everything).lines("note").last == "–")
  }

  @Test("the month that a correction counts in names it, and a closed month forecasts what it was closed with")
  func corrections() async throws {
    let run = try make(run: "r1")
    try await ledger.harvest(VendorAnswer(run), at: "2026-02-03T00:00:00Z")
    _ = try ledger.closeMonth(Month(year: 2026, month: 1), now: instant("2026-02-03T01:00:00Z"))
    func notes(_ report: String, _ month: Int) throws -> [String] {
      let request = ReportRequest(period: .month(Month(year: 2026, month: month)))
      return try ledger.make(report, request).summary.coverage.notes.filter { $0.hasPrefix("corrections") }
    }
    #expect(try notes("monthly-cost", 2) == [])
    // 10 s more of January: 0.000019.
    let late = try make(run: "r0", started: "2026-01-20T10:00:00Z", completed: "2026-01-20T10:00:10Z")
    try await ledger.harvest(VendorAnswer(run, late), at: "2026-02-04T00:00:00Z")
    let told = ["corrections of 2026-01 count in 2026-02: 0.000019 EUR; they are in the report corrections"]
    for report in ["monthly-cost", "summary"] {
      #expect(try notes(report, 2) == told)
      #expect(try notes(report, 1) == [])
    }
    let january = ReportRequest(period: .month(Month(year: 2026, month: 1)))
    #expect(try ledger.make("monthly-cost", january).lines("cost") == ["0.000513"])
    #expect(
      try ledger.make("forecast", january).lines("cost_so_far", "forecast_cost", "days_left") == [
        "0.000513 | 0.000513 | 0"
      ])
  }

  @Test("runners that vanished in the period or after it are named, those that were gone before it are not")
  func missing() async throws {
    let all = ["a", "b", "c", "d", "e"].map { make(runner: $0) }
    try await ledger.harvest(VendorAnswer(all), at: "2026-01-10T00:00:00Z")
    try await ledger.harvest(VendorAnswer([make(runner: "e")]), at: "2026-01-20T00:00:00Z")
    let gone = "4 runners no longer listed: A, B, C, and 1 more"
    #expect(try notes().last == gone)
    #expect(try notes(ReportRequest(period: .days(from: day("2026-01-15"), to: day("2026-01-16")))).last == gone)
    #expect(try notes(ReportRequest(period: .days(from: day("2026-01-20"), to: nil))).last == "2026-01 is provisional")
    #expect(
      try notes(ReportRequest(period: .all, runners: ["b"])).last == "1 runner no longer listed: B")
  }

  @Test("of many lists with trouble some are named, so that the notes stay few")
  func few() async throws {
    let runners = (10..<40).map { make(runner: "r\($0)") }
    var answer = VendorAnswer(runners)
    answer.brokenLists = Set(runners.map(\.id))
    answer.runs["r10"] = [try make(openRun: "o1", started: "2026-01-15T10:00:00Z"), try make(run: "f1")]
    try await ledger.harvest(answer, at: "2026-01-16T00:00:00Z")
    #expect(
      try notes() == [
        "0 of 1 source, last read 2026-01-16 00:00 UTC", "1 of 31 lists read completely",
        "production: the runs of R10 could not be read completely (the list broke off)",
        "production: the runs of R11 could not be read completely (the list broke off)",
        "28 more lists could not be read completely",
        "price assumed for 1 run, 270.000 s billed",
        "1 run still open in the period: production o1 of R10 (report open-runs)", "2026-01 is provisional",
      ])
  }
}
