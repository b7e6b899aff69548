import Reporting
import Runs
import Store
import TestSupport
import Testing

/// What must be true of the fleet's shares, whenever it was visited and whatever went wrong.
@Suite struct FleetPropertyTests {
  private func shares(_ ledger: Ledger, _ from: LocalDay, _ to: LocalDay) throws -> [String: [Value]] {
    let report = try ledger.make("fleet", ReportRequest(period: .days(from: from, to: to)))
    let (availability, utilisation) = (report.column("availability"), report.column("utilisation"))
    return Dictionary(
      uniqueKeysWithValues: zip(report.lines("runner_id"), zip(availability, utilisation).map { [$0, $1] }))
  }

  @Test(
    "shares are those of the known time, between 0 and 1, and two parts of a period make the whole", arguments: 0..<30)
  func shares(seed: Int) async throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: 13_000 + seed)
    let zone = try TimeZoneDatabase.rules(named: random.pick(["UTC", "Europe/Berlin", "Asia/Kathmandu"]))
    let ledger = try Ledger.make(in: folder, zone: zone)
    let fleet = try await RandomFleet(&random, into: ledger)
    // Days around everything, so that there are also parts of which nothing is known.
    let first = day("2026-03-26")
    for _ in 0..<6 {
      let from = first.advanced(byDays: Int64(random.number(0...6)))
      let cut = from.advanced(byDays: Int64(random.number(1...5)))
      let to = cut.advanced(byDays: Int64(random.number(1...8)))
      let (whole, left, right) = (
        try shares(ledger, from, to), try shares(ledger, from, cut), try shares(ledger, cut, to)
      )
      #expect(Set(whole.keys) == fleet.runners)
      for id in fleet.runners {
        func known(_ from: LocalDay, _ to: LocalDay) -> RandomFleet.Known {
          fleet.known(id, from: zone.start(of: from), to: zone.start(of: to))
        }
        let parts = (known(from, cut), known(cut, to))
        let all = known(from, to)
        #expect(parts.0 + parts.1 == all)
        for (shown, known) in [(left, parts.0), (right, parts.1), (whole, all)] {
          #expect(
            shown[id] == [Value(known.availability), Value(known.utilisation)], "seed \(seed), \(id), \(from) \(to)")
        }
        if case .real(let availability) = whole[id]?[0] { #expect((0...1).contains(availability)) }
      }
    }
  }

  @Test("among random fleets there is everything that this is about")
  func variety() async throws {
    var seen: Set<String> = []
    for seed in 0..<10 {
      let folder = try TemporaryFolder()
      var random = SeededGenerator(seed: 13_000 + seed)
      let ledger = try Ledger.make(in: folder)
      let fleet = try await RandomFleet(&random, into: ledger)
      if fleet.visits.contains(where: \.isKilled) { seen.insert("killed") }
      if fleet.visits.contains(where: { !$0.isRead }) { seen.insert("broken") }
      if !fleet.missing.isEmpty { seen.insert("missing") }
      for shares in try shares(ledger, day("2026-03-26"), day("2026-05-01")).values {
        for share in shares {
          if case .real(let share) = share { seen.insert(share == 0 || share == 1 ? "\(Int(share))" : "between") }
          if share == .null { seen.insert("unknown") }
        }
      }
    }
    #expect(seen == ["killed", "broken", "missing", "0", "1", "between", "unknown"])
  }
}
