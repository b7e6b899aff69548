import Foundation
import Testing

/// What the vendor's documentation shows comes out as documented.
@Suite struct DocumentedAnswerTests {
  static let runner = """
    {"id":"a1b2c3d4-e5f6-7890-abcd-ef1234567890","status":"available","name":"Database Backup",\
    "image_name":"mycompany/backup-tool","image_tag":"latest","run_command":"python backup.py","entrypoint":null,\
    "timeout_seconds":3600,"created_at":"2026-01-15T10:00:00.000+01:00","updated_at":"2026-01-15T10:00:00.000+01:00",\
    "region":{"id":"428d037e-9ba6-4dab-92bd-8d816c523126","status":"available","name":"Frankfurt, DE","slug":"fra"},\
    "instance_type":{"id":"f47ac10b-58cc-4372-a567-0e02b2c3d479","name":"Standard S","slug":"standard-s","cpu":1,\
    "mem":1024,"price_month":5.0,"price_second":0.0000019},"container_registry":null}
    """

  static let succeeded = """
    {"id":"c3f85434-5470-46de-bbeb-ce668ca2c351","status":"succeeded","exit_code":0,\
    "started_at":"2026-01-15T10:01:00.000+01:00","completed_at":"2026-01-15T10:05:30.000+01:00",\
    "created_at":"2026-01-15T10:00:55.000+01:00","updated_at":"2026-01-15T10:05:30.000+01:00"}
    """

  static let failed = """
    {"id":"d4e5f6a7-b8c9-0123-defa-234567890123","status":"failed","exit_code":1,\
    "started_at":"2026-01-14T08:00:00.000+01:00","completed_at":"2026-01-14T08:02:15.000+01:00",\
    "created_at":"2026-01-14T07:59:50.000+01:00","updated_at":"2026-01-14T08:02:15.000+01:00"}
    """

  @Test("the first runner of the list is the documented one")
  func listedRunner() async throws {
    try await withSimulator { server, _ async throws in
      let answer = try await server.ask("/runners")
      #expect(answer.status == 200)
      #expect(answer.body.hasPrefix(#"{"runners":["# + Self.runner + ","))
    }
  }

  @Test("a runner is shown alone under the key runner")
  func singleRunner() async throws {
    try await withSimulator { server, _ async throws in
      let answer = try await server.ask("/runners/\(databaseBackup)")
      #expect(answer == Answer(status: 200, body: #"{"runner":"# + Self.runner + "}"))
    }
  }

  @Test("on the day of the documentation the list of runs is the documented one, newest first")
  func runs() async throws {
    try await withSimulator(at: "2026-01-15T12:00:00+01:00") { server, _ async throws in
      let answer = try await server.ask("/runners/\(databaseBackup)/runs")
      #expect(answer == Answer(status: 200, body: #"{"runs":["# + Self.succeeded + "," + Self.failed + "]}"))
    }
  }

  @Test("a run is shown alone under the key run")
  func singleRun() async throws {
    try await withSimulator { server, _ async throws in
      let answer = try await server.ask("/runners/\(databaseBackup)/runs/c3f85434-5470-46de-bbeb-ce668ca2c351")
      #expect(answer == Answer(status: 200, body: #"{"run":"# + Self.succeeded + "}"))
    }
  }

  @Test("the documented run waits, runs and ends as the clock goes on")
  func lifeOfTheDocumentedRun() async throws {
    try await withSimulator(at: "2026-01-15T10:00:54.999+01:00") { server, clock async throws in
      func states() async throws -> [String] {
        try await server.runs(of: databaseBackup).map { "\($0.status) \($0.updatedAt)" }
      }
      let older = "failed 2026-01-14T08:02:15.000+01:00"
      #expect(try await states() == [older])
      clock.advance(byMilliseconds: 1)
      #expect(try await states() == ["pending 2026-01-15T10:00:55.000+01:00", older])
      clock.advance(byMilliseconds: 5000)
      #expect(try await states() == ["running 2026-01-15T10:01:00.000+01:00", older])
      clock.advance(byMilliseconds: 269_999)
      #expect(try await states() == ["running 2026-01-15T10:01:00.000+01:00", older])
      clock.advance(byMilliseconds: 1)
      #expect(try await states() == ["succeeded 2026-01-15T10:05:30.000+01:00", older])
    }
  }

  @Test("a list of runs is sent in chunks while it is made")
  func streaming() async throws {
    try await withSimulator { server, _ async throws in
      let index = try #require(try await server.runner(named: "Search Index"))
      let response = try await server.response(
        server.url + "/runners/\(index.id)/runs", headers: [("Authorization", "Bearer test-token")])
      #expect(response.headers["transfer-encoding"] == "chunked")
      #expect(response.headers["content-length"] == nil)
      #expect(response.isWhole && response.pieces.count > 1)
    }
  }

  @Test("answers are JSON in UTF-8")
  func contentType() async throws {
    try await withSimulator { server, _ async throws in
      for path in ["/runners", "/runners/\(databaseBackup)/runs", "/nothing"] {
        let response = try await server.response(
          server.url + path, headers: [("Authorization", "Bearer test-token")])
        #expect(response.headers["content-type"] == "application/json; charset=utf-8")
      }
    }
  }
}
