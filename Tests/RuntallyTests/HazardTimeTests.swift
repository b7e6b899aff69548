import Foundation
import Runs
import Simulator
import Testing

/// What changes at the vendors between visits: the ledger keeps what was, and counts it once.
///
/// One after another, since each has a server and many connections of its own.
@Suite(.serialized, .timeLimit(.minutes(60))) struct HazardTimeTests {
  private let day: Int64 = 86_400_000

  @Test("hazard 9: a finished run that runs again and ends anew is one run with its history, counted once")
  func unfinished() async throws {
    try await HazardVendors.running(at: AgentsMeshWorld.orphaned) { vendors in
      let state = """
        SELECT run.status, outcome.word, ended_at IS NULL,
          (SELECT count(*) FROM run_version WHERE run_version.run_id = run.run_id)
        FROM run JOIN outcome USING (outcome) WHERE external_id = '\(AgentsMeshWorld.returningPodKeys[1])'
        """
      var states: [String] = []
      var tallied: [String] = []
      for instant in [AgentsMeshWorld.orphaned, AgentsMeshWorld.recovered, AgentsMeshWorld.completed] {
        vendors.clock.set(to: instant)
        try await vendors.visit([.agentsMesh])
        #expect(try vendors.problems() == [])
        states += try vendors.rows(state)
        tallied += try vendors.rows(
          "SELECT (SELECT sum(runs) FROM run_day) = (SELECT count(*) FROM run WHERE ended_at IS NOT NULL)")
      }
      #expect(states == ["orphaned | error | 0 | 0", "running | running | 1 | 1", "completed | success | 0 | 2"])
      #expect(tallied == ["1", "1", "1"])
    }
  }

  @Test("hazard 10: a run that stays open costs up to the last list that had it, and no longer than it was seen")
  func openForEver() async throws {
    try await HazardVendors.running(at: CrashSite.early, nodion: NodionWorld(runs: 3000)) { vendors in
      try await vendors.visit([.nodion])
      let open = try vendors.rows("SELECT count(*) > 0 FROM run WHERE ended_at IS NULL")
      #expect(open == ["1"])
      /// The columns open_runs and accrued_cost.
      func accrued() async throws -> [String] {
        let report = try await vendors.place.run(
          "report", "monthly-cost", "--month", "2026-03", "--database", "ledger.sqlite", "--format", "csv", "--quiet")
        return report.out.split(separator: "\r\n").dropFirst().map { row in
          row.split(separator: ",", omittingEmptySubsequences: false)[14...15].joined(separator: " | ")
        }
      }
      let before = try await accrued()
      #expect(before.contains { !$0.hasPrefix("0") && !$0.hasSuffix(" | 0") }, "\(before)")
      // Weeks later all run lists are refused: nothing more is known of the open runs.
      vendors.clock.advance(byMilliseconds: 20 * day)
      vendors.server.faults = [SimulatorFault(.notFound, on: "/runs")]
      let visits = try await vendors.visit([.nodion])
      #expect(visits[.nodion]?.isComplete == false)
      #expect(try await accrued() == before)
    }
  }

  @Test("hazard 11: a deleted runner keeps its rows, runs and cost, and is known to be missing until it comes back")
  func deletedRunner() async throws {
    try await HazardVendors.running { vendors in
      try await vendors.visit()
      let before = try vendors.place.crashTables()
      vendors.clock.advance(byMilliseconds: 1000)
      vendors.server.faults = [SimulatorFault(.vanishedRunner, rate: 0.3)]
      let visits = try await vendors.visit()
      #expect(visits.areComplete)
      let gone = try vendors.place.crashTables()
      for table in ["run_day", "price", "runner_version"] { #expect(gone[table] == before[table]) }
      #expect(gone["run"].count == before["run"].count)
      let missing = try vendors.rows(
        """
        SELECT source.name, count(*) > 1 FROM runner JOIN source USING (source_id)
        WHERE missing_since = \(vendors.clock.now.milliseconds) GROUP BY 1
        """)
      #expect(missing == ["agents | 1", "production | 1", "quality | 1"])
      vendors.server.faults = []
      try await vendors.visit()
      let back = try vendors.place.crashTables()
      #expect(back["runner"].allSatisfy { $0.hasSuffix(" | 0") })
      #expect(back["run_day"] == before["run_day"])
    }
  }

  @Test("hazard 12: 404 for everything deletes nothing and makes nothing missing", arguments: [nil, "/runs", "/pods"])
  func notFound(path: String?) async throws {
    try await HazardVendors.running { vendors in
      try await vendors.visit()
      let before = try vendors.place.crashTables()
      vendors.server.faults = [SimulatorFault(.notFound, on: path)]
      let visits = try await vendors.visit()
      #expect(visits.values.contains { !$0.isComplete })
      #expect(try vendors.place.crashTables().differences(from: before) == [])
    }
  }

  @Test("hazard 13: where one list fails the others are judged, and only the failed one is left as it was")
  func partialHarvest() async throws {
    try await HazardVendors.running(at: CrashSite.early, nodion: NodionWorld(runs: 300)) { vendors in
      for name in ["good.sqlite", "ledger.sqlite"] { try await vendors.visit([.nodion], into: name) }
      let before = try vendors.place.crashTables()["run"]
      vendors.clock.set(to: CrashSite.late)
      try await vendors.visit([.nodion], into: "good.sqlite")
      vendors.server.faults = [SimulatorFault(.serverError, on: "/runners/\(Bodies.runnerID)/runs")]
      let visit = try await vendors.visit([.nodion])[.nodion]
      #expect(visit?.readings.filter { !$0.isComplete }.map(\.resource) == [.runs(runner: Bodies.runnerID)])
      let (after, good) = (
        try vendors.place.crashTables()["run"], try vendors.place.crashTables("good.sqlite")["run"]
      )
      func ofFailed(_ lines: [String]) -> [String] { lines.filter { $0.contains(" | \(Bodies.runnerID) | ") } }
      #expect(ofFailed(after) == ofFailed(before) && ofFailed(after) != ofFailed(good))
      #expect(Set(after).subtracting(ofFailed(after)) == Set(good).subtracting(ofFailed(good)))
    }
  }

  @Test(
    "hazard 14 and 15: what ran before a runner moved or a price rose keeps its price, and it is told which is a guess")
  func movesAndPrices() async throws {
    try await HazardVendors.running(at: CrashSite.early, nodion: NodionWorld(runs: 1500)) { vendors in
      try await vendors.visit([.nodion])
      let tally = """
        SELECT day, runner_id, instance_type_id, price_id, outcome, runs, billed FROM run_day
        WHERE day < \(SimulatorDefaults.demoVisits[2].milliseconds / day) ORDER BY 1, 2, 3, 4, 5
        """
      let before = try vendors.rows(tally)
      vendors.clock.set(to: CrashSite.late)
      try await vendors.visit([.nodion])
      #expect(try vendors.problems() == [])
      #expect(try vendors.rows(tally) == before)
      let prices = try vendors.rows(
        """
        SELECT runner_version.name, price_second, max(assumed), min(assumed), sum(runs) > 0
        FROM run_day JOIN price USING (price_id)
        JOIN runner_version ON runner_version.runner_id = run_day.runner_id AND runner_version.unsure_from IS NULL
        WHERE runner_version.name IN ('Nightly ETL', 'Search Index')
          AND day >= \(CrashSite.early.milliseconds / day)
        GROUP BY 1, 2 ORDER BY 1, 2
        """)
      // Both were seen only at the two visits: in between the old price is a guess; the new one holds from the second.
      #expect(prices == ["Nightly ETL | 0.0000038 | 1 | 1 | 1", "Search Index | 0.0000038 | 1 | 1 | 1"])
      vendors.clock.advance(byMilliseconds: 3 * day)
      try await vendors.visit([.nodion])
      let later = try vendors.rows(
        """
        SELECT DISTINCT runner_version.name, price_second, assumed
        FROM run_day JOIN price USING (price_id)
        JOIN runner_version ON runner_version.runner_id = run_day.runner_id AND runner_version.unsure_from IS NULL
        WHERE runner_version.name IN ('Nightly ETL', 'Search Index')
          AND day > \(CrashSite.late.milliseconds / day) AND billed > 0
        ORDER BY 1, 2
        """)
      #expect(later == ["Nightly ETL | 0.0000076 | 0", "Search Index | 0.0000044 | 0"])
      #expect(
        try vendors.rows("SELECT count(*) > 2, min(price_month) FROM instance_type WHERE price_month IS NOT NULL").count
          == 1)
    }
  }

  @Test(
    "hazard 16: without a currency costs are told without one; named later it is that of all prices, another is refused"
  )
  func currency() async throws {
    try await HazardVendors.running { vendors in
      func currencies() async throws -> Set<Substring> {
        let report = try await vendors.place.run(
          "report", "monthly-cost", "--all", "--database", "ledger.sqlite", "--format", "csv", "--quiet")
        return Set(
          report.out.split(separator: "\r\n").dropFirst().compactMap {
            $0.split(separator: ",", omittingEmptySubsequences: false).last
          })
      }
      try await vendors.visit([.nodion], currency: nil)
      #expect(try await currencies() == [""])
      #expect(try vendors.rows("SELECT DISTINCT currency FROM price") == ["–"])
      try await vendors.visit([.nodion], currency: "CHF")
      #expect(try await currencies() == ["CHF"])
      await #expect(throws: (any Error).self) { try await vendors.visit([.nodion], currency: "EUR") }
      #expect(try await currencies() == ["CHF"])
    }
  }
}
