import Foundation
import Runs
import Simulator

/// A real request to a simulator, and its answer as text.
struct Answer: Equatable {
  var status: Int
  var body: String
}

extension SimulatorServer {
  func ask(
    _ path: String, _ method: String = "GET", body: String? = nil, authorization: String? = "Bearer test-token"
  ) async throws -> Answer {
    let headers = authorization.map { [("Authorization", $0)] } ?? []
    return try await fetch(url + path, method, headers: headers, body: body)
  }

  /// The runs of a runner, as a harvester would read them.
  func runs(of runner: String) async throws -> [RunAnswer] {
    struct List: Decodable { var runs: [RunAnswer] }
    return try decode(List.self, await ask("/runners/\(runner)/runs").body).runs
  }

  func runners() async throws -> [RunnerAnswer] {
    struct List: Decodable { var runners: [RunnerAnswer] }
    return try decode(List.self, await ask("/runners").body).runners
  }

  func runner(named name: String) async throws -> RunnerAnswer? {
    try await runners().first { $0.name == name }
  }
}

struct RunnerAnswer: Decodable {
  struct InstanceType: Decodable { var slug: String }
  var id: String
  var name: String
  var timeoutSeconds: Int
  var createdAt: String
  var updatedAt: String
  var instanceType: InstanceType
}

struct RunAnswer: Decodable, Equatable {
  var id: String
  var status: String
  var exitCode: Int?
  var startedAt: String?
  var completedAt: String?
  var createdAt: String
  var updatedAt: String

  var created: Instant { get throws { try Instant(rfc3339: createdAt) } }
  var started: Instant? { get throws { try startedAt.map { try Instant(rfc3339: $0) } } }
  var completed: Instant? { get throws { try completedAt.map { try Instant(rfc3339: $0) } } }
}

func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  return try decoder.decode(type, from: Data(text.utf8))
}

func instant(_ text: String) throws -> Instant {
  try Instant(rfc3339: text)
}

/// A server with a test token, whose clock stands at an instant.
func withSimulator<Result: Sendable>(
  at text: String = "2026-04-01T06:00:00+02:00", world: NodionWorld = NodionWorld(),
  _ body: (SimulatorServer, SimulatorClock) async throws -> Result
) async throws -> Result {
  let clock = SimulatorClock(at: try instant(text))
  return try await SimulatorServer.withRunning(world: world, clock: clock, token: "test-token") { server async throws in
    try await body(server, clock)
  }
}

let databaseBackup = "a1b2c3d4-e5f6-7890-abcd-ef1234567890"
