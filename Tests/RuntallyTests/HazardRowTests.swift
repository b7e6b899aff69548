import Foundation
import Runs
import Simulator
import Testing

/// What vendors may do to their rows, up to what the ledger makes of it: each visit is compared with one to the same
/// vendors on a good day.
///
/// One after another, since each has a server and many connections of its own.
@Suite(.serialized, .timeLimit(.minutes(60))) struct HazardRowTests {
  /// Harvests a good day into `good.sqlite` and the same instant with faults into `ledger.sqlite`.
  private func compare(
    _ faults: [SimulatorFault], profile: SimulatorProfile = .observed,
    _ check: (HazardVendors, _ good: CrashTables, _ bad: CrashTables) throws -> Void
  ) async throws {
    try await HazardVendors.running(profile: profile) { vendors in
      let good = try await vendors.visit(into: "good.sqlite")
      vendors.server.faults = faults
      let bad = try await vendors.visit()
      #expect(good.areComplete && bad.areComplete)
      #expect(try vendors.problems() == [])
      try check(vendors, try vendors.place.crashTables("good.sqlite"), try vendors.place.crashTables())
    }
  }

  @Test("hazard 1: a status or a type that nobody knows is kept, and its run counted and costed as unknown")
  func unknownStatus() async throws {
    try await compare([SimulatorFault(.unknownStatus, rate: 0.5)]) { vendors, good, bad in
      #expect(bad["run"].count == good["run"].count)
      let unknown = try vendors.rows(
        """
        SELECT source.name, run.status, outcome.word, count(*) > 3, count(ended_at) > 3
        FROM run JOIN runner USING (runner_id) JOIN source USING (source_id) JOIN outcome USING (outcome)
        WHERE outcome.word = 'unknown' OR run.status NOT IN (
          'pending', 'running', 'succeeded', 'failed', 'initializing', 'paused', 'disconnected', 'completed',
          'terminated', 'error', 'orphaned')
        GROUP BY 1, 2, 3
        """)
      #expect(unknown.map { $0.replacing(/^\w+ \| \w+/, with: "") } == Array(repeating: " | unknown | 1 | 1", count: 2))
      #expect(try vendors.rows("SELECT sum(billed) > 0, sum(runs) > 3 FROM run_day WHERE outcome = 8") == ["1 | 1"])
      let runners = try vendors.rows(
        """
        SELECT source.name, coalesce(kind, status), count(*) > 2
        FROM runner_version JOIN runner_sample USING (runner_id) JOIN runner USING (runner_id)
        JOIN source USING (source_id) WHERE kind = 'EDGE_HOSTED' OR status = 'draining' GROUP BY 1, 2
        """)
      #expect(runners == ["agents | draining | 1", "production | draining | 1", "quality | EDGE_HOSTED | 1"])
    }
  }

  @Test("hazard 2: fields that nobody knows change nothing", arguments: SimulatorProfile.allCases)
  func extraFields(profile: SimulatorProfile) async throws {
    try await compare([SimulatorFault(.extraFields)], profile: profile) { _, good, bad in
      #expect(bad.differences(from: good) == [])
    }
  }

  @Test("hazard 3: documented and later names give the same runners")
  func otherNames() async throws {
    var found: [SimulatorProfile: [String]] = [:]
    for profile in SimulatorProfile.allCases {
      try await HazardVendors.running(profile: profile) { vendors in
        try await vendors.visit([.agentsMesh])
        let tables = try vendors.place.crashTables()
        found[profile] = ["runner", "runner_version", "runner_sample"].flatMap { tables[$0] }
          // The server's clock has more digits.
          .map { $0.replacing(/\d{13}/) { $0.output.prefix(10) } }
        #expect(try vendors.rows("SELECT count(*) > 100, count(DISTINCT external_id) = count(*) FROM run") == ["1 | 1"])
      }
    }
    #expect(found[.documented] == found[.observed])
    #expect((found[.documented]?.count ?? 0) > 15)
  }

  @Test("hazard 5: prices and ids as texts are those that came as numbers", arguments: SimulatorProfile.allCases)
  func numbersAsTexts(profile: SimulatorProfile) async throws {
    let faults = [SimulatorFault(.stringPrices), SimulatorFault(.stringIDs)]
    try await compare(faults, profile: profile) { _, good, bad in
      #expect(bad.differences(from: good) == [])
      #expect(bad["price"].count > 3 && bad["price"].contains { $0.contains("0.0000019") })
    }
  }

  @Test("hazard 6: sizes in another unit are kept as they came, and nothing is computed from them")
  func units() async throws {
    try await compare([SimulatorFault(.memoryInGiB)]) { vendors, good, bad in
      let memory = "SELECT memory FROM instance_type WHERE slug = 'standard-s'"
      let (inGiB, inMiB) = (try vendors.rows(memory), try vendors.rows(memory, in: "good.sqlite"))
      #expect(inGiB == ["1.0"] && inMiB == ["1024"])
      var (good, bad) = (good, bad)
      good.lines["instance_type"] = nil
      bad.lines["instance_type"] = nil
      #expect(bad.differences(from: good) == [])
    }
  }

  @Test("hazard 7: a finished run without a start has no runtime and no cost, and is counted")
  func nullStarted() async throws {
    try await compare([SimulatorFault(.nullStarted, rate: 0.3)]) { vendors, good, bad in
      #expect(bad["run"].count == good["run"].count)
      let unstarted = try vendors.rows(
        "SELECT count(*) FROM run WHERE ended_at IS NOT NULL AND started_at IS NULL")
      let untimed = try vendors.rows("SELECT sum(runs) - sum(timed_runs) FROM run_day")
      #expect(unstarted == untimed && (Int(unstarted[0]) ?? 0) > 100)
      #expect(
        try vendors.rows(
          """
          SELECT count(*) FROM run JOIN slices(run.runner_id, run.started_at, run.ended_at)
          WHERE run.started_at IS NULL
          """) == ["0"])
    }
  }

  @Test("hazard 8: a run that ended before it started keeps both instants, counts no time and is told of")
  func clockSkew() async throws {
    try await HazardVendors.running(faults: [SimulatorFault(.clockSkew, rate: 0.3)]) { vendors in
      try await vendors.visit()
      #expect(try vendors.problems() == [])
      let negative = try vendors.rows(
        "SELECT count(*) > 100, max(ended_at - started_at) < 0 FROM run WHERE ended_at < started_at")
      #expect(negative == ["1 | 1"])
      #expect(
        try vendors.rows("SELECT min(runtime) >= 0, min(queue) >= 0, min(billed) >= 0 FROM run_day") == ["1 | 1 | 1"])
      let said = try await vendors.place.run("report", "monthly-cost", "--all", "--database", "ledger.sqlite").err
      #expect(said.contains(" runs with instants that contradict each other"), "\(said)")
    }
  }

  @Test("hazard 28: rows that come twice in a list are one", arguments: SimulatorProfile.allCases)
  func duplicates(profile: SimulatorProfile) async throws {
    try await compare([SimulatorFault(.duplicateRows, rate: 0.5)], profile: profile) { _, good, bad in
      #expect(bad.differences(from: good) == [])
    }
  }

  @Test("hazard 31: a sign of life from the future is none, and makes nobody stale")
  func futureHeartbeat() async throws {
    try await compare([SimulatorFault(.futureHeartbeat)]) { vendors, _, _ in
      let ahead = try vendors.rows(
        """
        SELECT source.name, count(*) > 3 FROM runner JOIN source USING (source_id)
        WHERE last_seen_at > \(vendors.clock.now.milliseconds) GROUP BY 1
        """)
      #expect(ahead == [])
      let silent = "SELECT count(*) FROM runner_sample WHERE status = 'online' AND online = 0"
      let (bad, good) = (try vendors.rows(silent), try vendors.rows(silent, in: "good.sqlite"))
      #expect(bad == ["0"] && good != ["0"], "some are online in word only")
    }
  }

  @Test("hazard 17: a date that cannot be is told of, and its row is kept without it")
  func impossibleDate() async throws {
    try await HazardVendors.running { vendors in
      try await vendors.visit([.nodion, .agentsMesh], into: "good.sqlite")
      vendors.server.faults = [
        SimulatorFault(.impossibleDate, rate: 0.2, on: "/runs"),
        SimulatorFault(.impossibleDate, rate: 0.2, on: "/pods"),
      ]
      let visits = try await vendors.visit([.nodion, .agentsMesh])
      let (good, bad) = (try vendors.place.crashTables("good.sqlite")["run"], try vendors.place.crashTables()["run"])
      #expect(bad.count == good.count && bad != good)
      let told = visits.values.flatMap(\.readings).compactMap(\.note)
      #expect(!told.isEmpty && told.allSatisfy { $0.contains("2026-02-30") })
    }
  }
}
