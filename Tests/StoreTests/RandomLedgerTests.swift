import Runs
import TestSupport
import Testing

@testable import Store

/// What must be true of any ledger, held against many random ones.
@Suite struct RandomLedgerTests {
  @Test("the tally agrees with the runs to the millisecond after every visit", arguments: 0..<20)
  func soundness(block: Int) async throws {
    let folder = try TemporaryFolder()
    for seed in RandomSeeds.of(block: block, 5) {
      var world = try RandomWorld(seed: seed)
      let ledger = try Ledger.make(in: folder, zone: world.zone, name: "\(seed).sqlite")
      for number in 0..<10 {
        let visit = try world.nextVisit()
        try await ledger.harvest(visit.answer, at: visit.time, source: visit.source, until: visit.kill)
        let problems = try ledger.problems()
        try #require(problems == [], "seed \(seed), visit \(number)")
      }
      ledger.close()
    }
  }

  @Test("an answer given twice leaves every domain table as it was", arguments: 0..<10)
  func idempotence(block: Int) async throws {
    let folder = try TemporaryFolder()
    for seed in RandomSeeds.of(block: block, 4) {
      var world = try RandomWorld(seed: 1000 + seed)
      let ledger = try Ledger.make(in: folder, zone: world.zone, name: "\(seed).sqlite")
      for number in 0..<6 {
        var visit = try world.nextVisit()
        // Room for the repetitions before the visit that follows.
        visit.time = visit.time.advanced(byMilliseconds: Int64(number) * 2000)
        try await ledger.harvest(visit.answer, at: visit.time, source: visit.source)
        let before = try ledger.domainTables()
        let coverage = try ledger.lines("SELECT * FROM coverage")
        for delay: Int64 in [0, 1000] {
          try await ledger.harvest(
            visit.answer, at: visit.time.advanced(byMilliseconds: delay), source: visit.source)
        }
        try #require(try ledger.domainTables() == before, "seed \(seed), visit \(number)")
        try #require(try ledger.lines("SELECT * FROM coverage") == coverage, "seed \(seed), visit \(number)")
      }
      ledger.close()
    }
  }

  @Test("among random ledgers there is everything that these tests are about")
  func variety() async throws {
    let folder = try TemporaryFolder()
    var seen: Set<String> = []
    for seed in 0..<40 {
      let ledger = try await Ledger.random(seed: seed, in: folder)
      for query in [
        "SELECT 'outcome ' || outcome FROM run_day", "SELECT 'assumed ' || assumed FROM run_day",
        "SELECT 'unpriced' FROM run_day WHERE price_id = 0", "SELECT 'open' FROM run WHERE ended_at IS NULL",
        "SELECT 'missing run' FROM run WHERE missing_since IS NOT NULL",
        "SELECT 'missing runner' FROM runner WHERE missing_since IS NOT NULL",
        "SELECT 'version' FROM run_version", "SELECT 'killed' FROM harvest WHERE finished_at IS NULL",
        "SELECT 'negative' FROM run WHERE ended_at < started_at", "SELECT 'unsure' FROM price WHERE unsure_from > 0",
      ] { seen.formUnion(try ledger.lines("SELECT DISTINCT * FROM (\(query))")) }
      ledger.close()
    }
    #expect(
      seen == [
        "outcome 2", "outcome 3", "outcome 4", "outcome 5", "outcome 8", "assumed 0", "assumed 1", "unpriced", "open",
        "missing run", "missing runner", "version", "killed", "negative", "unsure",
      ])
  }
}
