import Foundation
import Runs

/// The answers of the simulated AgentsMesh API as files, for importing without a network.
///
/// `runners.json` holds the very bytes of the list of runners, `pods/RUNNER_ID.json` those of all pods of a runner,
/// asked for with `limit=-1`.
package struct AgentsMeshBodies: Sendable {
  private let world: AgentsMeshWorld
  private let now: Instant
  private let profile: SimulatorProfile

  package init(of world: AgentsMeshWorld, at now: Instant, profile: SimulatorProfile = .documented) {
    self.world = world
    self.now = now
    self.profile = profile
  }

  /// Writes the files, making the directory where it is missing, and replacing files of the same names.
  ///
  /// - Returns: how many pods were written.
  /// - Throws: ``SimulatorError/cannotWrite(path:reason:)``.
  @discardableResult
  package func write(to directory: URL) throws -> Int {
    let faults = FaultsInForce(rows: .none)
    let runners = world.runners(at: now)
    let json = AgentsMeshJSON(world: world, profile: profile, now: now, rows: .none)
    try BodyFile.write(json.list(runners, faults), to: directory.appending(path: "runners.json"))
    var count = 0
    for runner in runners {
      let page = try AgentsMeshPage(AgentsMeshQuery("limit=-1"), faults)
      let file = directory.appending(path: "pods/\(runner.id).json")
      try BodyFile.write(json.list(page, of: runner, faults), to: file)
      count += world.pods(of: runner, at: now).count
    }
    return count
  }
}
