import Foundation
import Runs
import Simulator

/// The sources that the crash tests harvest with the built binary. One more vendor is one more line.
enum CrashSite {
  static func sources(of server: SimulatorServer) -> [String] {
    [
      #"production: {vendor: nodion, url: "\#(server.nodionURL)", token: "${NODION_TOKEN}"}"#
    ]
  }

  /// Every key that a source may ask for.
  static let environment = [
    "NODION_TOKEN": SimulatorDefaults.token, "AGENTSMESH_KEY": SimulatorDefaults.agentsMeshKey,
    "SODA_KEY_ID": SimulatorDefaults.sodaKeyID, "SODA_KEY_SECRET": SimulatorDefaults.sodaKeySecret,
  ]

  /// Two instants of the simulated company with runs under way at both. Between them a price is raised, a runner moves
  /// to another instance type, runs end and others begin.
  static let early = SimulatorDefaults.demoVisits[2].advanced(byMilliseconds: 363 * 60_000)
  static let late = SimulatorDefaults.demoVisits[3]

  /// Runs the simulator; a vendor's own instants are in every answer, so that none is made up when it is first seen.
  static func withServer<Result: Sendable>(
    runs: Int = 3000, runners: Int? = 30, faults: [SimulatorFault] = [],
    _ body: (SimulatorServer, SimulatorClock) async throws -> Result
  ) async throws -> Result {
    let clock = SimulatorClock(at: early)
    return try await SimulatorServer.withRunning(
      world: NodionWorld(runs: runs, runners: runners), clock: clock, profile: .observed, faults: faults
    ) { server in
      try await body(server, clock)
    }
  }
}

extension Workplace {
  /// A folder with a configuration of the simulated sources, and with a copy of a ledger where one is given.
  convenience init(for server: SimulatorServer, ledger: URL? = nil, database: String = "ledger.sqlite") throws {
    try self.init()
    try write(
      """
      database: \(database)
      timezone: Europe/Berlin
      currency: EUR
      sources:
        \(CrashSite.sources(of: server).joined(separator: "\n  "))

      """, to: "runtally.yaml")
    if let ledger { try FileManager.default.copyItem(at: ledger, to: url("ledger.sqlite")) }
  }

  func harvestSite(_ arguments: String...) async throws -> Finished {
    try await startSite(arguments).finished()
  }

  func startSite(_ arguments: [String] = []) throws -> Started {
    try start(["harvest"] + arguments, environment: CrashSite.environment)
  }

  /// A line of shell with every key in its environment.
  func siteShell(_ script: String) async throws -> Finished {
    try await shell(script, environment: CrashSite.environment)
  }
}
