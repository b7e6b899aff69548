import Foundation
import Simulator
import Testing

/// The routes of the AgentsMesh API: shapes, paging, refusals.
@Suite struct AgentsMeshAnswerTests {
  static let runner = """
    {"id":1,"name":"dev-runner-01","status":"online","version":"1.2.0","os":"linux","arch":"amd64",\
    "labels":["gpu","high-memory"],"pod_count":1,"max_pods":10,"last_heartbeat_at":"2025-01-15T14:29:33.7Z",\
    "created_at":"2025-01-01T00:00:00Z"}
    """

  @Test("on the day of the documentation its runner and its pod are there as documented, and alone")
  func documented() async throws {
    try await withSite(at: "2025-01-15T14:30:00Z") { server, _ async throws in
      let list = Answer(status: 200, body: #"{"runners":["# + Self.runner + "]}")
      #expect(try await server.mesh("/runners") == list)
      #expect(try await server.mesh("/runners/available") == list)
      #expect(try await server.mesh("/runners/1") == Answer(status: 200, body: #"{"runner":"# + Self.runner + "}"))
      let pods = """
        {"pods":[{"key":"pod-abc123","status":"running","agent_type_id":"claude-code",\
        "initial_prompt":"Fix the login bug","created_at":"2025-01-15T10:30:00Z"}],"total":1,"limit":50,"offset":0}
        """
      #expect(try await server.mesh("/runners/1/pods") == Answer(status: 200, body: pods))
    }
  }

  @Test("as observed the names are the server's, and what is empty is left out")
  func observed() async throws {
    try await withSite(at: "2025-01-15T14:30:00Z", profile: .observed) { server, _ async throws in
      let runner = """
        {"id":1,"organization_id":42,"node_id":"dev-runner-01","status":"online",\
        "last_heartbeat":"2025-01-15T14:29:33.700512Z","current_pods":1,"max_concurrent_pods":10,\
        "runner_version":"1.2.0","is_enabled":true,"available_agents":["claude-code","codex-cli","aider"],\
        "host_info":{"arch":"amd64","hostname":"dev-runner-01.example.com","os":"linux"},"tags":["gpu","high-memory"],\
        "visibility":"organization","registered_by_user_id":1,"created_at":"2025-01-01T00:00:00.000137Z",\
        "updated_at":"2025-01-15T14:29:33.700733Z"}
        """
      #expect(
        try await server.mesh("/runners")
          == Answer(status: 200, body: #"{"runners":["# + runner + #"],"latest_runner_version":"1.3.1"}"#))
      let pods = """
        {"pods":[{"id":1,"organization_id":42,"pod_key":"1-standalone-00abc123","runner_id":1,\
        "agent_slug":"claude-code","created_by_id":1,"status":"running","agent_status":"executing",\
        "started_at":"2025-01-15T10:30:18.000648Z","last_activity":"2025-01-15T14:30:00Z",\
        "prompt":"Fix the login bug","branch_name":"agents/00abc123","sandbox_path":"/home/agent/sandboxes/00abc123",\
        "model":"simulated-model","interaction_mode":"pty","perpetual":false,"restart_count":0,\
        "created_at":"2025-01-15T10:30:00.000106Z","updated_at":"2025-01-15T10:30:18.000106Z",\
        "created_by":{"id":1,"email":"ada@example.com","name":"Ada Example"}}],"total":1,"limit":50,"offset":0}
        """
      #expect(try await server.mesh("/runners/1/pods") == Answer(status: 200, body: pods))
    }
    try await withSite(profile: .observed) { server, _ async throws in
      let spare = try await server.mesh("/runners/6").body
      #expect(!spare.contains("tags") && !spare.contains("null"))
      #expect(!(try await server.mesh("/runners/4/pods?limit=-1").body).contains("null"))
    }
  }

  @Test("pages follow limit and offset as the server reads them")
  func paging() async throws {
    try await withSite { server, _ async throws in
      let all = try await server.pods(4)
      #expect(all.total == all.pods.count && all.limit == -1 && all.offset == 0 && all.total > 300)
      #expect(all.pods.map(\.createdAt) == all.pods.map(\.createdAt).sorted(by: >))
      #expect(Set(all.keys).count == all.total)
      for query in ["", "?limit=0", "?limit=&offset=", "?limit=50&limit=3"] {
        let page = try await server.pods(4, query)
        #expect(
          page.keys == Array(all.keys.prefix(50)) && page.limit == 50 && page.offset == 0 && page.total == all.total)
      }
      var collected: [String] = []
      while collected.count < all.total {
        collected += try await server.pods(4, "?limit=100&offset=\(collected.count)").keys
      }
      #expect(collected == all.keys)
      let negative = try await server.pods(4, "?limit=2&offset=-3")
      #expect(negative.keys == Array(all.keys.prefix(2)) && negative.offset == -3)
      let past = try await server.pods(4, "?offset=100000")
      #expect(past == MeshPods(pods: [], total: all.total, limit: 50, offset: 100_000))
      #expect(try await server.pods(4, "?limit=100000").pods == all.pods)
    }
  }

  @Test("a status is one exact word")
  func status() async throws {
    try await withSite { server, _ async throws in
      let all = try await server.pods(4)
      let errors = try await server.pods(4, "?limit=-1&status=error")
      #expect(errors.pods == all.pods.filter { $0.status == "error" } && errors.total == errors.pods.count)
      #expect(errors.total > 0)
      #expect(try await server.pods(4, "?status=error,completed").total == 0)
      #expect(try await server.pods(4, "?status=").total == all.total)
    }
  }

  @Test(
    "a number that is none is refused in Go's words",
    arguments: [
      ("limit=ten", "ten", "invalid syntax"), ("offset=1.5", "1.5", "invalid syntax"),
      ("limit=99999999999999999999", "99999999999999999999", "value out of range"),
    ])
  func notANumber(query: String, text: String, reason: String) async throws {
    let error = #""error":"strconv.ParseInt: parsing \"\#(text)\": \#(reason)""#
    for (profile, body) in [
      (SimulatorProfile.documented, "{" + error + "}"), (.observed, "{" + error + #","code":"VALIDATION_FAILED"}"#),
    ] {
      try await withSite(profile: profile) { server, _ async throws in
        #expect(try await server.mesh("/runners/1/pods?" + query) == Answer(status: 400, body: body))
      }
    }
  }

  @Test(
    "refusals have the server's words",
    arguments: [
      (nil, 401, #"{"error":"API key is required","code":"AUTH_REQUIRED"}"#),
      ("simulated", 401, #"{"error":"API key is required","code":"AUTH_REQUIRED"}"#),
      ("amk_other", 401, #"{"error":"Invalid API key","code":"INVALID_TOKEN"}"#),
      (SimulatorDefaults.agentsMeshDisabledKey, 403, #"{"error":"API key is disabled","code":"API_KEY_DISABLED"}"#),
      (SimulatorDefaults.agentsMeshExpiredKey, 401, #"{"error":"API key has expired","code":"API_KEY_EXPIRED"}"#),
      (
        SimulatorDefaults.agentsMeshForeignKey, 403,
        #"{"error":"API key does not belong to this organization","code":"API_KEY_ORG_MISMATCH"}"#
      ),
      (
        SimulatorDefaults.agentsMeshUnscopedKey, 403,
        #"{"error":"Insufficient scope","code":"INSUFFICIENT_SCOPE","required_scopes":["runners:read"]}"#
      ),
    ] as [(String?, Int, String)])
  func refused(key: String?, status: Int, body: String) async throws {
    try await withSite { server, _ async throws in
      #expect(try await server.mesh("/runners", key: key) == Answer(status: status, body: body))
    }
  }

  @Test("the key is also taken as a bearer token, spelled exactly so")
  func bearer() async throws {
    try await withSite { server, _ async throws in
      let url = server.agentsMeshURL + "/runners"
      let key = SimulatorDefaults.agentsMeshKey
      #expect(try await server.fetch(url, headers: [("Authorization", "Bearer \(key)")]).status == 200)
      #expect(try await server.fetch(url, headers: [("Authorization", "bearer \(key)")]).status == 401)
    }
  }

  @Test("what does not exist is told apart as the server does")
  func missing() async throws {
    try await withSite(profile: .observed) { server, _ async throws in
      func error(_ status: Int, _ text: String, _ code: String) -> Answer {
        Answer(status: status, body: #"{"error":"\#(text)","code":"\#(code)"}"#)
      }
      let missing = error(404, "Runner not found", "RESOURCE_NOT_FOUND")
      #expect(try await server.mesh("/runners/99") == missing)
      #expect(try await server.mesh("/runners/99/pods") == missing)
      #expect(try await server.mesh("/runners/one") == error(400, "Invalid runner ID", "INVALID_INPUT"))
      #expect(try await server.mesh("/runners/9001") == error(403, "Access denied", "ACCESS_DENIED"))
      let elsewhere = server.agentsMeshURL.replacing("/acme", with: "/other")
      let organization = error(404, "Organization not found", "RESOURCE_NOT_FOUND")
      #expect(try await server.mesh("/runners", at: elsewhere) == organization)
      #expect(try await server.mesh("/runners", key: "amk_other", at: elsewhere).status == 401)
      let page = Answer(status: 404, body: "404 page not found")
      #expect(try await server.mesh("/pods/1/log", key: nil) == page)
      #expect(try await server.mesh("/runners", "POST") == page)
      #expect(try await server.mesh("/runners/1", "DELETE") == page)
    }
  }

  @Test("a slash at the end is redirected away before the key is looked at")
  func trailingSlash() async throws {
    try await withSite { server, _ async throws in
      let response = try await server.response(server.agentsMeshURL + "/runners/1/pods/?limit=2")
      #expect(response.status == 301)
      #expect(response.headers["location"] == "/api/v1/ext/orgs/acme/runners/1/pods?limit=2")
    }
  }

  @Test("files hold the bytes that the API answers", arguments: SimulatorProfile.allCases)
  func bodies(profile: SimulatorProfile) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "mesh-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let world = AgentsMeshWorld(seed: 3, pods: 500)
    let bodies = AgentsMeshBodies(of: world, at: SimulatorDefaults.now, profile: profile)
    let count = try bodies.write(to: directory)
    func file(_ name: String) throws -> String {
      try String(contentsOf: directory.appending(path: name), encoding: .utf8)
    }
    try await withSite(profile: profile, agentsMesh: world) { server, _ async throws in
      #expect(try await server.mesh("/runners").body == file("runners.json"))
      var pods = 0
      for runner in try await server.meshRunners() {
        #expect(try await server.mesh("/runners/\(runner.id)/pods?limit=-1").body == file("pods/\(runner.id).json"))
        pods += try await server.pods(runner.id).total
      }
      #expect(pods == count)
    }
  }
}
