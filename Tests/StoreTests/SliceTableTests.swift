import Runs
import Store
import TestSupport
import Testing

/// `slices(…)` and the functions that price whole runs, as SQL sees them.
@Suite struct SliceTableTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder, zone: try TimeZoneDatabase.rules(named: "Europe/Berlin"))
    // From noon on the 10th the second costs 0.000002, from noon on the 12th, unsure since the 11th, 0.000003.
    for (day, price) in [(10, "0.000002"), (11, "0.000002"), (12, "0.000003")] {
      try await ledger.harvest(
        VendorAnswer([make(runner: "backup", type: try make(type: "small", price: price))]),
        at: "2026-01-\(day)T12:00:00Z")
    }
  }

  private func slices(_ from: String, _ to: String) throws -> [String] {
    try ledger.lines(
      """
      SELECT day - 20463 AS day, rfc3339(from_at), rfc3339(to_at), instance_type_id, price_id, assumed, billed
      FROM slices(1, :from, :to)
      """, ["from": Value(instant(from)), "to": Value(instant(to))])
  }

  @Test("a run is cut at local midnights and at changes of price, without a gap")
  func cutting() throws {
    #expect(
      try slices("2026-01-10T11:00:00Z", "2026-01-12T13:00:00Z") == [
        "0 | 2026-01-10T11:00:00.000Z | 2026-01-10T23:00:00.000Z | 1 | 1 | 1 | 43200000",
        "1 | 2026-01-10T23:00:00.000Z | 2026-01-11T23:00:00.000Z | 1 | 1 | 1 | 86400000",
        "2 | 2026-01-11T23:00:00.000Z | 2026-01-12T12:00:00.000Z | 1 | 1 | 1 | 46800000",
        "2 | 2026-01-12T12:00:00.000Z | 2026-01-12T13:00:00.000Z | 1 | 2 | 1 | 3600000",
      ])
    #expect(
      try slices("2026-01-10T13:00:00Z", "2026-01-10T14:00:00Z") == [
        "0 | 2026-01-10T13:00:00.000Z | 2026-01-10T14:00:00.000Z | 1 | 1 | 0 | 3600000"
      ])
  }

  @Test("a run of no length, a null and a text give no rows")
  func nothing() throws {
    #expect(try slices("2026-01-10T13:00:00Z", "2026-01-10T13:00:00Z") == [])
    #expect(try slices("2026-01-10T14:00:00Z", "2026-01-10T13:00:00Z") == [])
    for arguments in ["NULL, 0, 1", "1, NULL, 1", "1, 0, NULL", "1, 0, '1'"] {
      #expect(try ledger.lines("SELECT * FROM slices(\(arguments))") == [])
    }
  }

  @Test("a runner that nobody knows has slices without a price")
  func unknownRunner() throws {
    #expect(try ledger.lines("SELECT * FROM slices(77, 0, 1000)") == ["0 | 0 | 1000 | 0 | 0 | 0 | 1000"])
  }

  @Test("arguments come from the row beside it, also in a left join and in reverse order of tables")
  func joining() throws {
    let pairs = "WITH run(a, b) AS (VALUES (0, 1000), (NULL, 5), (86400000, 86402000))"
    #expect(
      try ledger.lines("\(pairs) SELECT a, billed FROM run JOIN slices(1, run.a, run.b)") == [
        "0 | 1000", "86400000 | 2000",
      ])
    #expect(
      try ledger.lines("\(pairs) SELECT a, billed FROM run LEFT JOIN slices(1, run.a, run.b)") == [
        "0 | 1000", "– | –", "86400000 | 2000",
      ])
    #expect(
      try ledger.lines("\(pairs) SELECT a, billed FROM slices(1, run.a, run.b) AS s, run ORDER BY 1") == [
        "0 | 1000", "86400000 | 2000",
      ])
    #expect(
      try ledger.lines("\(pairs) SELECT (SELECT sum(billed) FROM slices(1, a, b)) FROM run") == ["1000", "–", "2000"])
  }

  @Test("without its arguments it is refused, and instants of another world too")
  func missingArguments() throws {
    #expect(throws: LedgerError.self) { try ledger.lines("SELECT * FROM slices") }
    #expect(throws: LedgerError.self) { try ledger.lines("SELECT * FROM slices(1, 2)") }
    #expect(throws: LedgerError.self) { try ledger.lines("SELECT * FROM slices(1, 0, 9223372036854775807)") }
    #expect(throws: LedgerError.self) { try ledger.lines("SELECT * FROM slices(1, 0) WHERE runner = 1") }
    let day = "slices(1, 1768435200000, 1768438800000)"
    let slices = try ledger.lines("SELECT day, billed FROM \(day)")
    #expect(!slices.isEmpty)
    #expect(try ledger.lines("SELECT day, billed FROM \(day) WHERE runner = 1") == slices)
    #expect(try ledger.lines("SELECT day, billed FROM \(day) WHERE runner = 2") == [])
  }

  @Test("whole runs: billed time, cost and whether a price was assumed, over all slices")
  func wholeRuns() throws {
    func run(_ from: String, _ to: String) throws -> [String] {
      try ledger.lines(
        "SELECT run_billed(1, :a, :b), run_cost(1, :a, :b), run_assumed(1, :a, :b)",
        ["a": Value(instant(from)), "b": Value(instant(to))])
    }
    #expect(try run("2026-01-10T13:00:00Z", "2026-01-10T14:00:00Z") == ["3600000 | 0.0072 | 0"])
    // An hour at each price.
    #expect(try run("2026-01-12T11:00:00Z", "2026-01-12T13:00:00Z") == ["7200000 | 0.018 | 1"])
    #expect(try run("2026-01-10T13:00:00Z", "2026-01-10T13:00:00Z") == ["0 | 0 | 0"])
    #expect(
      try ledger.lines("SELECT run_billed(1, NULL, 5), run_cost(1, 5, NULL), run_assumed(NULL, 1, 2)") == [
        "– | – | –"
      ])
    #expect(try ledger.lines("SELECT run_billed(77, 0, 5), run_cost(77, 0, 5)") == ["5 | –"])
  }

  @Test("settings and prices at an instant")
  func settings() throws {
    #expect(
      try ledger.lines(
        """
        SELECT instance_type_at(1, :at), timeout_at(1, :at), price_at(1, :at), price_assumed_at(1, :at),
          price_at(1, :at + 86400000), price_assumed_at(1, :at + 86400000), price_at(1, NULL), timeout_at(77, :at)
        """, ["at": Value(instant("2026-01-11T13:00:00Z"))]) == ["1 | 3600 | 1 | 1 | 2 | 0 | – | –"])
  }

  @Test("every finished run's slices add up to the tally", arguments: 0..<20)
  func agreesWithTheTally(seed: Int) async throws {
    let ledger = try await Ledger.random(seed: 2000 + seed, in: folder)
    let keys = "day, runner_id, instance_type_id, price_id, assumed, outcome"
    #expect(
      try ledger.lines(
        """
        SELECT slice.day, run.runner_id, instance_type_id, price_id, assumed, outcome, sum(billed)
        FROM run JOIN slices(run.runner_id, run.started_at, run.ended_at) AS slice
        GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(billed) <> 0 ORDER BY 1, 2, 3, 4, 5, 6
        """) == ledger.lines("SELECT \(keys), billed FROM run_day WHERE billed <> 0 ORDER BY \(keys)"))
    #expect(
      try ledger.lines("SELECT sum(run_billed(runner_id, started_at, ended_at)) FROM run")
        == ledger.lines("SELECT sum(billed) FROM run_day"))
    #expect(
      try ledger.lines(
        "SELECT local_day(ended_at), runner_id, outcome, count(*) FROM run WHERE ended_at IS NOT NULL GROUP BY 1, 2, 3")
        == ledger.lines(
          "SELECT day, runner_id, outcome, sum(runs) FROM run_day GROUP BY 1, 2, 3 HAVING sum(runs) <> 0"))
  }

  @Test("another zone's snapshot is the tally of a ledger that was made in that zone", arguments: 0..<20)
  func otherZone(seed: Int) async throws {
    var world = try RandomWorld(seed: 3000 + seed)
    let other = try TimeZoneDatabase.rules(named: world.random.pick(["Asia/Tokyo", "Europe/Berlin", "Pacific/Apia"]))
    let ledger = try Ledger.make(in: folder, zone: world.zone, name: "a.sqlite")
    let twin = try Ledger.make(in: folder, zone: other, name: "b.sqlite")
    for _ in 0..<8 {
      let visit = try world.nextVisit()
      for each in [ledger, twin] {
        try await each.harvest(visit.answer, at: visit.time, source: visit.source, until: visit.kill)
      }
    }
    let tally = """
      SELECT day, runner_id, instance_type_id, price_id, assumed, outcome, runs, timed_runs, runtime, queued_runs, queue,
        billed
      FROM run_day
      """
    let expected = try twin.values(tally)
    let own = try ledger.values(tally)
    var seen: [[Value]] = []
    try ledger.read(in: other) { snapshot in
      #expect(snapshot.zone == other)
      try snapshot.rows(of: tally, named: "test") { seen.append($0) }
    }
    #expect(seen == expected)
    #expect(try ledger.values(tally) == own)
    #expect(try ledger.problems() == [])
  }
}
