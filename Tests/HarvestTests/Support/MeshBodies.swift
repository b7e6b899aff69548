import Foundation
import Harvest
import Runs

/// Answers of AgentsMesh in both of its shapes, and what they mean.
enum MeshBodies {
  static let path = "/api/v1/ext/orgs/acme"
  /// Half a minute after the last sign of life in the documentation's example.
  static let now = "2025-01-15T14:30:30Z"

  static let documentedRunners = """
    {
      "runners": [
        {
          "id": 1,
          "name": "dev-runner-01",
          "status": "online",
          "version": "1.2.0",
          "os": "linux",
          "arch": "amd64",
          "labels": ["gpu", "high-memory"],
          "pod_count": 3,
          "max_pods": 10,
          "last_heartbeat_at": "2025-01-15T14:30:00Z",
          "created_at": "2025-01-01T00:00:00Z"
        }
      ]
    }
    """

  static let observedRunners = """
    {"runners":[{"id":1,"organization_id":4,"node_id":"dev-runner-01","description":"do-not-keep","status":"online",
    "last_heartbeat":"2025-01-15T15:30:00.000000+01:00","current_pods":3,"max_concurrent_pods":10,
    "runner_version":"1.2.0","is_enabled":true,"available_agents":["claude-code"],
    "agent_versions":[{"slug":"claude-code","version":"2.0","path":"/do-not-keep"}],
    "host_info":{"os":"linux","arch":"amd64","hostname":"do-not-keep"},"tags":["gpu","high-memory"],
    "visibility":"organization","registered_by_user_id":9,"cert_serial_number":"do-not-keep",
    "created_at":"2025-01-01T00:00:00Z","updated_at":"2025-01-15T14:30:00Z"}],"latest_runner_version":"1.3.0"}
    """

  /// The documented example claims 8 pods and shows one.
  static let documentedPods = """
    {
      "pods": [
        {
          "key": "pod-abc123",
          "status": "running",
          "agent_type_id": "claude-code",
          "initial_prompt": "do-not-keep",
          "created_at": "2025-01-15T10:30:00Z"
        }
      ],
      "total": 1,
      "limit": 50,
      "offset": 0
    }
    """

  static let observedPod = """
    {"id":77,"organization_id":4,"pod_key":"9-standalone-0a1b2c3d","runner_id":1,"agent_type_id":7,
    "agent_slug":"claude-code","status":"completed","agent_status":"idle","started_at":"2025-01-15T10:30:05.25Z",
    "finished_at":"2025-01-15T11:00:00.123456Z","last_activity":"2025-01-15T10:59:59Z","prompt":"do-not-keep",
    "branch_name":"do-not-keep","sandbox_path":"/do-not-keep","model":"x","title":"do-not-keep","perpetual":false,
    "restart_count":0,"created_at":"2025-01-15T10:30:00Z","updated_at":"2025-01-15T11:00:00.5Z",
    "config_overrides":{"env":{"KEY":"do-not-keep"}},"runner":{"node_id":"do-not-keep"},
    "created_by":{"email":"do-not-keep@example.com","username":"do-not-keep"}}
    """

  static func runner() throws -> RunnerRecord {
    RunnerRecord(
      id: "1", name: "dev-runner-01", status: "online", createdAt: try Instant(rfc3339: "2025-01-01T00:00:00Z"),
      labels: ["gpu", "high-memory"], isOnline: true, lastSeenAt: try Instant(rfc3339: "2025-01-15T14:30:00Z"),
      active: 3, capacity: 10, version: "1.2.0")
  }

  static func documentedRun() throws -> RunRecord {
    RunRecord(id: "pod-abc123", status: "running", createdAt: try Instant(rfc3339: "2025-01-15T10:30:00Z"))
  }

  static func observedRun() throws -> RunRecord {
    RunRecord(
      id: "9-standalone-0a1b2c3d", status: "completed", createdAt: try Instant(rfc3339: "2025-01-15T10:30:00Z"),
      startedAt: try Instant(rfc3339: "2025-01-15T10:30:05.250Z"),
      completedAt: try Instant(rfc3339: "2025-01-15T11:00:00.123Z"),
      updatedAt: try Instant(rfc3339: "2025-01-15T11:00:00.500Z"))
  }

  static func makeRunner(id: String = "1", _ fields: String = "") -> String {
    #"{"id":\#(id),"name":"a","status":"online","pod_count":0,"max_pods":1,"created_at":"2025-01-01T00:00:00Z""#
      + (fields.isEmpty ? "" : ",") + fields + "}"
  }

  static func makePod(_ key: String, _ status: String = "running") -> String {
    #"{"pod_key":"\#(key)","status":"\#(status)","created_at":"2025-01-15T10:30:00Z"}"#
  }

  /// What the server makes of its pods for one request.
  ///
  /// - Parameters:
  ///   - cap: the most it sends at once, whatever was asked for.
  ///   - total: what it claims instead of the truth.
  static func page(_ pods: [String], for asked: Asked, cap: Int = .max, total: Int? = nil) -> Reply {
    let limit = asked.number("limit") ?? 50
    let offset = asked.number("offset") ?? 0
    let shown = pods.dropFirst(offset).prefix(min(limit, cap)).joined(separator: ",")
    return .json(
      #"{"pods":[\#(shown)],"total":\#(total ?? pods.count),"limit":\#(min(limit, cap)),"offset":\#(offset)}"#)
  }
}

extension Asked {
  /// A whole number after `name=` in the query.
  func number(_ name: String) -> Int? {
    query.split(separator: "&").first { $0.hasPrefix(name + "=") }.flatMap { Int($0.dropFirst(name.count + 1)) }
  }
}

/// A real server below the organisation's path, and a source that asks it.
func withMesh<Result: Sendable>(
  now: String = MeshBodies.now, pageSize: Int = 200, pageLimit: Int = 10_000,
  _ reply: @escaping @Sendable (Asked) async -> Reply, _ use: (AgentsMeshSource) async throws -> Result
) async throws -> Result {
  let instant = try Instant(rfc3339: now)
  return try await withLiveDoor(below: MeshBodies.path, now: now, reply) { door in
    try await use(
      AgentsMeshSource(
        door: door, key: Secret("test-token"), keyName: "MESH_KEY", pageSize: pageSize, pageLimit: pageLimit,
        clock: { instant }))
  }
}
