import Foundation
import Runs
import Simulator

/// Requests to the AgentsMesh and Soda sides of a simulator, and to any address of it.
extension SimulatorServer {
  func mesh(
    _ path: String, _ method: String = "GET", key: String? = SimulatorDefaults.agentsMeshKey, at base: String? = nil
  ) async throws -> Answer {
    try await fetch((base ?? agentsMeshURL) + path, method, headers: key.map { [("X-API-Key", $0)] } ?? [])
  }

  func soda(
    _ path: String, _ method: String = "GET",
    user: String? = SimulatorDefaults.sodaKeyID + ":" + SimulatorDefaults.sodaKeySecret
  ) async throws -> Answer {
    try await fetch(sodaURL + path, method, headers: user.map { [("Authorization", basic($0))] } ?? [])
  }

  /// The answer when the whole of it came.
  func fetch(
    _ url: String, _ method: String = "GET", headers: [(String, String)] = [], body: String? = nil
  ) async throws -> Answer {
    let answer = try await response(url, method, headers: headers, body: body)
    guard answer.isWhole else { throw RawConnection.NoAnswer() }
    return Answer(status: answer.status, body: answer.text)
  }

  func response(
    _ url: String, _ method: String = "GET", headers: [(String, String)] = [], body: String? = nil
  ) async throws -> RawAnswer {
    var connection = try await RawConnection(port: port)
    let target = url.dropFirst("http://127.0.0.1:\(port)".count)
    return try await connection.ask(String(target), method, headers: headers, body: body)
  }

  func meshRunners(_ path: String = "/runners") async throws -> [MeshRunner] {
    struct List: Decodable { var runners: [MeshRunner] }
    return try decode(List.self, await mesh(path).body).runners
  }

  func pods(_ runner: Int, _ query: String = "?limit=-1") async throws -> MeshPods {
    try decode(MeshPods.self, await mesh("/runners/\(runner)/pods\(query)").body)
  }

  func sodaPage(_ query: String = "?size=100") async throws -> SodaAnswer {
    try decode(SodaAnswer.self, await soda("/runners\(query)").body)
  }
}

func basic(_ user: String) -> String {
  "Basic " + Data(user.utf8).base64EncodedString()
}

/// A runner in either spelling.
struct MeshRunner: Decodable, Equatable {
  var id: Int
  var name: String?
  var nodeId: String?
  var status: String
  var podCount: Int?
  var maxPods: Int?
  var lastHeartbeatAt: String?
  var lastHeartbeat: String?
}

struct MeshPods: Decodable, Equatable {
  struct Pod: Decodable, Equatable {
    var key: String?
    var podKey: String?
    var status: String
    var createdAt: String
    var startedAt: String?
    var finishedAt: String?
    var perpetual: Bool?
    var restartCount: Int?
  }
  var pods: [Pod]
  var total: Int
  var limit: Int
  var offset: Int

  var keys: [String] { pods.compactMap { $0.key ?? $0.podKey } }
}

struct SodaAnswer: Decodable, Equatable {
  struct Runner: Decodable, Equatable {
    struct Versions: Decodable, Equatable {
      var agent: String?
      var runner: String?
      var library: String?
    }
    var id: String
    var name: String
    var isOnline: Bool
    var lastSeenTimestamp: String?
    var type: String?
    var versions: Versions?
  }
  var content: [Runner]
  var first: Bool
  var last: Bool
  var number: Int
  var size: Int
  var totalElements: Int
  var totalPages: Int
}

/// A server for all three, whose clock stands at an instant and whose limits are counted on it.
func withSite<Result: Sendable>(
  at text: String = "2026-04-01T06:00:00+02:00", profile: SimulatorProfile = .documented,
  faults: [SimulatorFault] = [], agentsMesh: AgentsMeshWorld? = nil, soda: SodaWorld? = nil,
  _ body: (SimulatorServer, SimulatorClock) async throws -> Result
) async throws -> Result {
  let clock = SimulatorClock(at: try instant(text))
  return try await SimulatorServer.withRunning(
    agentsMesh: agentsMesh, soda: soda, clock: clock, token: "test-token", profile: profile, faults: faults,
    limits: .on(clock)
  ) { server async throws in try await body(server, clock) }
}
