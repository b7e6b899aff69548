/// The simulated APIs on one port of 127.0.0.1, over real HTTP.
///
///     try await SimulatorServer.withRunning(clock: SimulatorClock(at: SimulatorDefaults.now)) { server in
///       // GET server.nodionURL + "/runners" with "Authorization: Bearer simulated-token"
///       server.faults = [SimulatorFault(.serverError, rate: 0.5)]
///     }
package struct SimulatorServer: Sendable {
  /// What a Nodion source is configured with, such as `http://127.0.0.1:40123/v1`.
  package let nodionURL: String
  /// What an AgentsMesh source is configured with, such as `http://127.0.0.1:40123/api/v1/ext/orgs/acme`.
  package let agentsMeshURL: String
  /// What a Soda source is configured with, such as `http://127.0.0.1:40123/soda/api/v1`.
  package let sodaURL: String

  private let log: RequestLog
  private let door: FaultDoor
  private let server: LoopbackServer

  /// The port that it listens on, also when any free one was asked for.
  package var port: Int { server.port }
  /// The same as ``nodionURL``.
  package var url: String { nodionURL }

  /// What was asked so far, in order, as `GET /v1/runners`.
  package var requests: [String] { log.all.map { "\($0.method) \($0.path)" } }
  package var requestCount: Int { log.count }
  /// The same with queries, instants and statuses.
  package var requestLog: [NotedRequest] { log.all }

  /// How the APIs misbehave from now on; settable while they answer.
  package var faults: [SimulatorFault] {
    get { door.faults }
    nonmutating set { door.faults = newValue }
  }

  /// Starts listening and returns when requests are answered; ``stop()`` ends it.
  ///
  /// - Parameters:
  ///   - world: what Nodion shows; its seed decides the faults too, and the other worlds where none is given.
  ///   - token: Nodion's.
  ///   - port: 0 takes any free one.
  ///   - basePath: what comes before Nodion's `/runners`.
  /// - Throws: ``SimulatorError``, such as a port that is in use.
  package static func start(
    world: NodionWorld = NodionWorld(), agentsMesh: AgentsMeshWorld? = nil, soda: SodaWorld? = nil,
    clock: SimulatorClock, token: String = SimulatorDefaults.token, port: Int = 0, basePath: String = "/v1",
    profile: SimulatorProfile = .documented, faults: [SimulatorFault] = [], limits: SimulatorLimits = .inRealTime
  ) async throws -> SimulatorServer {
    let path = "/" + basePath.split(separator: "/").joined(separator: "/")
    let base = path == "/" ? "" : path
    let log = RequestLog()
    let door = FaultDoor(seed: world.seed, faults: faults)
    let site = SimulatorSite(
      apis: [
        AgentsMeshAPI(world: agentsMesh ?? AgentsMeshWorld(seed: world.seed), clock: clock, profile: profile),
        SodaAPI(world: soda ?? SodaWorld(seed: world.seed), clock: clock, profile: profile, limits: limits),
        NodionAPI(world: world, clock: clock, token: token, basePath: base, profile: profile),
      ], faults: door, log: log, clock: clock)
    let server = try await LoopbackServer.start(port: port) { await site.answer(to: $0) }
    let origin = "http://127.0.0.1:\(server.port)"
    return SimulatorServer(
      nodionURL: origin + base, agentsMeshURL: origin + AgentsMeshAPI.basePath, sodaURL: origin + SodaAPI.basePath,
      log: log, door: door, server: server)
  }

  /// What a source of this vendor is configured with; nil where the simulator answers for none of the name.
  package func url(of vendor: String) -> String? {
    switch vendor {
    case SimulatedVendor.nodion.id: nodionURL
    case SimulatedVendor.agentsMesh.id: agentsMeshURL
    case SimulatedVendor.soda.id: sodaURL
    default: nil
    }
  }

  /// Runs `body` while the server answers, and stops it afterwards whatever happened.
  package static func withRunning<Result: Sendable>(
    world: NodionWorld = NodionWorld(), agentsMesh: AgentsMeshWorld? = nil, soda: SodaWorld? = nil,
    clock: SimulatorClock, token: String = SimulatorDefaults.token, port: Int = 0, basePath: String = "/v1",
    profile: SimulatorProfile = .documented, faults: [SimulatorFault] = [], limits: SimulatorLimits = .inRealTime,
    _ body: (SimulatorServer) async throws -> Result
  ) async throws -> Result {
    let server = try await start(
      world: world, agentsMesh: agentsMesh, soda: soda, clock: clock, token: token, port: port, basePath: basePath,
      profile: profile, faults: faults, limits: limits)
    return try await server.server.stopping { try await body(server) }
  }

  /// Returns when somebody stopped the server, or when it broke.
  package func waitUntilStopped() async {
    await server.waitUntilStopped()
  }

  /// Closes the port; returns when it is closed.
  package func stop() async {
    await server.stop()
  }
}
