import Foundation
import Simulator
import Testing

/// Who may ask what, and what does not exist.
@Suite struct AccessTests {
  static let notFound = Answer(status: 404, body: #"{"status":404,"error":"Not Found"}"#)

  @Test(
    "only the configured token as a bearer token is let in",
    arguments: [
      nil, "test-token", "Bearer other-token", "Bearer ", "bearer test-token", "Basic test-token",
    ] as [String?])
  func refusedToken(authorization: String?) async throws {
    try await withSimulator { server, _ async throws in
      let answer = try await server.ask("/runners", authorization: authorization)
      #expect(answer == Answer(status: 401, body: #"{"errors":["Invalid token"]}"#))
    }
  }

  @Test(
    "what does not exist is not found",
    arguments: [
      "GET /", "GET /runner", "GET /runners/nothing", "GET /runners/00000000-0000-4000-8000-000000000000",
      "DELETE /runners/00000000-0000-4000-8000-000000000000", "PATCH /runners/00000000-0000-4000-8000-000000000000",
      "GET /runners/00000000-0000-4000-8000-000000000000/runs",
      "POST /runners/00000000-0000-4000-8000-000000000000/runs",
      "GET /runners/\(databaseBackup)/runs/00000000-0000-4000-8000-000000000000", "GET /runners/\(databaseBackup)/logs",
      "GET /runners/\(databaseBackup)/runs/c3f85434-5470-46de-bbeb-ce668ca2c351/logs", "DELETE /runners",
      "PUT /runners/\(databaseBackup)", "DELETE /runners/\(databaseBackup)/runs",
    ])
  func missing(request: String) async throws {
    let parts = request.split(separator: " ").map(String.init)
    try await withSimulator { server, _ async throws in
      #expect(try await server.ask(parts[1], parts[0]) == Self.notFound)
    }
  }

  @Test("a runner is not there before it was created")
  func notYet() async throws {
    try await withSimulator(at: "2026-01-15T09:59:59.999+01:00") { server, clock async throws in
      #expect(try await server.ask("/runners/\(databaseBackup)") == Self.notFound)
      #expect(try await server.runners().count == 11)
      clock.advance(byMilliseconds: 1)
      #expect(try await server.ask("/runners/\(databaseBackup)").status == 200)
      #expect(try await server.runners().count == 12)
    }
  }

  @Test("a deleted runner vanishes together with its runs")
  func deletion() async throws {
    try await withSimulator { server, _ async throws in
      let run = "/runners/\(databaseBackup)/runs/c3f85434-5470-46de-bbeb-ce668ca2c351"
      #expect(try await server.ask(run).status == 200)
      let deleted = try await server.ask("/runners/\(databaseBackup)", "DELETE")
      #expect(deleted == Answer(status: 200, body: #"{"deleted":true}"#))
      for path in [run, "/runners/\(databaseBackup)", "/runners/\(databaseBackup)/runs"] {
        #expect(try await server.ask(path) == Self.notFound)
      }
      #expect(try await server.runners().map(\.id).contains(databaseBackup) == false)
      #expect(try await server.ask("/runners/\(databaseBackup)", "DELETE") == Self.notFound)
    }
  }
}
