import Runs

/// Invented: the runners of a simulated organisation at Soda, all of them: the documentation shows none.
///
/// There are more than fit on the smallest page. One is hosted by Soda, one is virtual, some are away for a morning,
/// for good or were never there, and five come only in February.
package struct SodaWorld: Sendable {
  package let seed: UInt64
  let runners: [SodaRunner]

  package init(seed: UInt64 = SimulatorDefaults.seed, runners count: Int = 25) {
    self.seed = seed
    runners = (0..<max(count, 0)).map { SodaWorld.runner($0, seed: seed) }
  }

  private static func runner(_ index: Int, seed: UInt64) -> SodaRunner {
    var names = SplitMix64(seed: seed, 0x50DA, UInt64(index))
    let number = String(100 + index + 1).dropFirst(index < 99 ? 1 : 0)
    let place = ["warehouse", "lake", "finance", "marketing", "staging"][index % 5]
    var runner = SodaRunner(
      id: NodionID(from: &names), name: "\(place)-\(number)", label: "\(place.capitalized) \(number)",
      registered: AgentsMeshWorld.instant(2025, 9, Int64(1 + index % 20), hour: 10), isInUse: index % 3 == 0,
      version: index % 4 == 1 ? "1.2.9" : "1.3.4", library: "4.\(index % 3).1")
    switch index {
    case 0:
      runner.name = "soda-hosted"
      runner.label = "Soda-hosted runner"
      runner.kind = .sodaHosted
    case 1:
      runner.name = "virtual"
      runner.label = "Virtual runner"
      runner.kind = .virtual
    case 20...24: runner.registered = AgentsMeshWorld.instant(2026, 2, 3, hour: 9)
    case _ where index % 11 == 7: runner.wasNeverSeen = true
    case _ where index % 7 == 4:
      runner.outages = [AgentsMeshWorld.instant(2026, 2, 27, hour: 18.5)..<Instant(milliseconds: .max)]
    case _ where index % 5 == 2:
      runner.outages = [
        AgentsMeshWorld.instant(2026, 3, 8, hour: 3)..<AgentsMeshWorld.instant(2026, 3, 8, hour: 12)
      ]
    default: break
    }
    return runner
  }
}
