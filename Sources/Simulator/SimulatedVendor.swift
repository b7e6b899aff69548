import Foundation
import Runs

/// A vendor that the simulator answers for, as its users are told of it. ``all`` is the one list of them.
package struct SimulatedVendor: Sendable {
  package static let all = [nodion, agentsMesh, soda]

  /// In the configuration: `nodion`.
  package var id: String
  /// For people: `Nodion`.
  package var name: String
  /// What lets one in: `the token simulated-token`.
  package var access: String
  /// What is counted in the files: `run`.
  package var noun: String
  /// Writes the answers as files, in the layout of an import, and returns how many there are.
  package var writeBodies: @Sendable (SimulatedHistory, URL) throws -> Int
}

/// Which answers are written.
package struct SimulatedHistory: Sendable {
  package var seed: UInt64
  package var runs: Int
  package var now: Instant
  package var profile: SimulatorProfile

  package init(seed: UInt64, runs: Int, now: Instant, profile: SimulatorProfile) {
    self.seed = seed
    self.runs = runs
    self.now = now
    self.profile = profile
  }
}
