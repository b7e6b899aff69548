import Foundation
import Harvest
import Runs
import Simulator
import Store
import Testing

/// Vendors in trouble of every kind at once: what can be had is had, and what is missing is known to be missing.
@Suite(.serialized, .timeLimit(.minutes(60))) struct CrashFaultTests {
  private static func mixed(_ rate: Double) -> SimulatorFault {
    SimulatorFault(.mixed, rate: rate, delay: .milliseconds(5))
  }

  /// Each seed draws other troubles for each request.
  private func harvest(
    seed: UInt64, rate: Double, _ check: (HazardVendors, [Vendor: Visit]) throws -> Void
  ) async throws {
    try await HazardVendors.running(nodion: NodionWorld(seed: seed, runs: 400, runners: 40)) { vendors in
      // A visit before, so that the troubled one finds changes, and rows that could be taken for missing.
      vendors.clock.set(to: CrashSite.early)
      for ledger in ["whole.sqlite", "ledger.sqlite"] { try await vendors.visit(into: ledger, pageSize: 10) }
      vendors.clock.set(to: CrashSite.late)
      try await vendors.visit(into: "whole.sqlite", pageSize: 10)
      vendors.server.faults = [CrashFaultTests.mixed(rate)]
      let visits = try await vendors.visit(pageSize: 10)
      #expect(try vendors.problems() == [])
      try check(vendors, visits)

      vendors.server.faults = []
      try await vendors.visit(pageSize: 10)
      #expect(
        try vendors.place.crashTables().differences(from: vendors.place.crashTables("whole.sqlite")) == [],
        "one visit without trouble completes all")
    }
  }

  @Test(
    "with every fifth answer bad, everything is had in the end, as from vendors in the best of health",
    arguments: [11, 13, 14] as [UInt64])
  func fifth(seed: UInt64) async throws {
    try await harvest(seed: seed, rate: 0.2) { vendors, visits in
      #expect(vendors.server.requestLog.count { $0.status != 200 } > 5, "there was trouble indeed")
      try expectToldWhatIsMissing(vendors, visits)
      let differences = try vendors.place.crashTables().differences(from: vendors.place.crashTables("whole.sqlite"))
      #expect(differences == [])
      let notes = visits.values.flatMap(\.readings).filter { !$0.isComplete }.map { $0.note ?? "" }
      #expect(notes == [])
    }
  }

  @Test(
    "where every attempt was bad a visit is incomplete, there and nowhere else",
    arguments: [(21, 0.6), (22, 0.6), (23, 0.6)] as [(UInt64, Double)])
  func most(seed: UInt64, rate: Double) async throws {
    try await harvest(seed: seed, rate: rate) { vendors, visits in
      #expect(visits.values.contains { !$0.isComplete })
      try expectToldWhatIsMissing(vendors, visits)
    }
  }

  /// Every row that is there is one of the whole ledger's; every list that claims to be complete is.
  private func expectToldWhatIsMissing(_ vendors: HazardVendors, _ visits: [Vendor: Visit]) throws {
    let own = try vendors.place.crashTables()
    let whole = try vendors.place.crashTables("whole.sqlite")
    for (vendor, visit) in visits {
      let name = try #require(HazardVendors.names[vendor])
      func lines(_ table: String, _ tables: CrashTables) -> [String] {
        tables[table].filter { $0.hasPrefix(name + " | ") }
      }
      let runners = lines("runner", own)
      if visit.readings.first?.isComplete == true {
        #expect(runners == lines("runner", whole))
      } else {
        // What was not heard of is not taken for gone.
        #expect(runners.allSatisfy { !$0.hasSuffix(" | 1") || whole["runner"].contains($0) })
      }
      let runs = Dictionary(grouping: lines("run", own)) { $0.split(separator: " | ")[1] }
      let wholeRuns = Dictionary(grouping: lines("run", whole)) { $0.split(separator: " | ")[1] }
      for reading in visit.readings {
        guard case .runs(let runner) = reading.resource else { continue }
        let saved = runs[runner[...]] ?? []
        if reading.isComplete {
          #expect(saved == wholeRuns[runner[...]] ?? [], "the list of \(runner) is complete")
        } else {
          #expect(saved.allSatisfy { $0.hasSuffix(" | 0") }, "no run of \(runner) is taken for gone")
          #expect(reading.note != nil)
        }
      }
      // Only the program's exit code depends on it: 0 when everything was had, 3 when something is missing.
      let incomplete = try vendors.rows(
        """
        SELECT count(*) FROM coverage JOIN source USING (source_id)
        WHERE source.name = '\(name)' AND until_harvest_id IS NULL AND complete = 0
        """)
      #expect((incomplete == ["0"]) == visit.isComplete)
    }
  }

  @Test("the program ends with 3 exactly when something is missing, and then names it", arguments: 31...36)
  func exitCode(seed: Int) async throws {
    try await CrashSite.withServer(runs: 300, runners: 4) { server, _ in
      let place = try Workplace(for: server)
      #expect(try await place.harvestSite().exitCode == 0)
      let whole = try place.crashTables()
      server.faults = [SimulatorFault(.cutBody, rate: 0.15 * Double(seed - 30), on: "/runs", times: 1)]
      let troubled = try Workplace(for: server)
      let finished = try await troubled.harvestSite()
      let isWhole = try troubled.crashTables() == whole
      let missing = try await troubled.query("SELECT count(*) AS lists FROM coverage WHERE complete = 0")
      #expect(finished.exitCode == (isWhole ? 0 : 3), "\(finished.err)")
      #expect((missing == "lists\r\n0\r\n") == isWhole)
      #expect(finished.err.contains("could not be read completely: ") != isWhole)
    }
  }
}
