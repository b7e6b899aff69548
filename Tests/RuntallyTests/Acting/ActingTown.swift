import Foundation
import Runs
import Simulator
import Testing

/// The simulated vendors, and a folder with a ledger and a configuration that allows everything there.
struct ActingTown: Sendable {
  var place: Workplace
  var server: SimulatorServer
  var clock: SimulatorClock

  static let keys = [
    "NODION_TOKEN": SimulatorDefaults.token, "AGENTS_KEY": SimulatorDefaults.agentsMeshKey,
    "SODA_ID": SimulatorDefaults.sodaKeyID, "SODA_SECRET": SimulatorDefaults.sodaKeySecret,
  ]

  /// - Parameter allowed: what the configuration says of each source.
  static func with(
    allowed: String = "[trigger, create, update, delete]", profile: SimulatorProfile = .observed,
    harvesting: Bool = true, _ body: (ActingTown) async throws -> Void
  ) async throws {
    let clock = SimulatorClock(at: SimulatorDefaults.now)
    try await SimulatorServer.withRunning(
      world: NodionWorld(runs: 400), clock: clock, profile: profile, limits: .none
    ) { server in
      let place = try Workplace()
      try place.write(
        """
        database: ledger.sqlite
        timezone: Europe/Berlin
        currency: EUR
        client: {attempts: 2, backoff: 1ms}
        sources:
          production:
            vendor: nodion
            url: "\(server.nodionURL)"
            token: "${NODION_TOKEN}"
            allow: \(allowed)
          agents:
            vendor: agentsmesh
            url: "\(server.agentsMeshURL)"
            token: "${AGENTS_KEY}"
            allow: \(allowed)
          quality:
            vendor: soda
            url: "\(server.sodaURL)"
            key_id: "${SODA_ID}"
            key_secret: "${SODA_SECRET}"
            allow: \(allowed)

        """, to: "runtally.yaml")
      let town = ActingTown(place: place, server: server, clock: clock)
      if harvesting { #expect(try await town.run("harvest", "--quiet").exitCode == 0) }
      try await body(town)
      if harvesting {
        let verified = try await place.run("verify")
        #expect(verified.exitCode == 0, "\(verified.err)")
      }
    }
  }

  func run(_ arguments: String..., more: [String: String] = [:]) async throws -> Finished {
    try await place.start(arguments, environment: ActingTown.keys.merging(more) { $1 }).finished()
  }

  func start(_ arguments: String...) throws -> Started {
    try place.start(arguments, environment: ActingTown.keys)
  }

  /// Requests that changed something, or tried to.
  var acts: [String] { server.requests.filter { !$0.hasPrefix("GET ") } }

  /// The rows of a table as lines of CSV.
  func rows(_ sql: String) async throws -> [String] {
    try await place.query(sql).split(separator: "\r\n").dropFirst().map(String.init)
  }

  /// The vendor's id of a runner.
  func id(of runner: String) async throws -> String {
    try #require(
      try await rows("SELECT runner_external_id FROM runner_detail WHERE runner = '\(runner)'").first)
  }

  /// Waits until the server was asked to change something.
  ///
  /// - Parameter isDone: until it has also done so.
  func untilAsked(_ count: Int = 1, isDone: Bool = false) async throws {
    while server.requestLog.filter({ $0.method != "GET" && (!isDone || $0.status != nil) }).count < count {
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
