import Foundation
import Testing

/// Creating and changing runners, with the documented limits.
@Suite struct RunnerWritingTests {
  static let right: [String: any Sendable] = [
    "name": "Report Printer", "image_name": "mycompany/printer", "image_tag": "v1.0.0", "run_command": "print --all",
    "region_id": "428d037e-9ba6-4dab-92bd-8d816c523126", "instance_type_id": "f47ac10b-58cc-4372-a567-0e02b2c3d479",
  ]

  /// The right body with some keys replaced, or taken away where the value is nil.
  static func body(_ changes: [String: (any Sendable)?] = [:]) throws -> String {
    var body = right
    for (key, value) in changes { body[key] = value }
    return String(decoding: try JSONSerialization.data(withJSONObject: body), as: UTF8.self)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var key: String
    var value: (any Sendable)?
    var error: String
    /// Whether a change is refused for the same reason.
    var alsoInChange = true

    var testDescription: String { value == nil ? "no \(key)" : error }
  }

  static let mistakes = [
    Mistake(key: "name", value: nil, error: "Name can't be blank", alsoInChange: false),
    Mistake(key: "name", value: "", error: "Name can't be blank"),
    Mistake(key: "name", value: NSNull(), error: "Name can't be blank"),
    Mistake(key: "name", value: 12, error: "Name must be a string"),
    Mistake(key: "name", value: "ab", error: "Name is too short (minimum is 3 characters)"),
    Mistake(
      key: "name", value: String(repeating: "x", count: 51), error: "Name is too long (maximum is 50 characters)"),
    Mistake(key: "image_name", value: nil, error: "Image name can't be blank", alsoInChange: false),
    Mistake(key: "image_tag", value: nil, error: "Image tag can't be blank", alsoInChange: false),
    Mistake(key: "run_command", value: nil, error: "Run command can't be blank", alsoInChange: false),
    Mistake(
      key: "run_command", value: String(repeating: "x", count: 1001),
      error: "Run command is too long (maximum is 1000 characters)"),
    Mistake(
      key: "entrypoint", value: String(repeating: "x", count: 501),
      error: "Entrypoint is too long (maximum is 500 characters)"),
    Mistake(key: "timeout_seconds", value: 0, error: "Timeout seconds must be greater than or equal to 1"),
    Mistake(key: "timeout_seconds", value: 86_401, error: "Timeout seconds must be less than or equal to 86400"),
    Mistake(key: "timeout_seconds", value: 1.5, error: "Timeout seconds must be a whole number"),
    Mistake(key: "timeout_seconds", value: "60", error: "Timeout seconds must be a whole number"),
    Mistake(key: "region_id", value: nil, error: "Region must exist", alsoInChange: false),
    Mistake(key: "region_id", value: databaseBackup, error: "Region must exist"),
    Mistake(key: "instance_type_id", value: nil, error: "Instance type must exist", alsoInChange: false),
    Mistake(key: "instance_type_id", value: "standard-s", error: "Instance type must exist"),
    Mistake(key: "container_registry_id", value: databaseBackup, error: "Container registry must exist"),
  ]

  @Test("each documented limit is held, with the reason in the answer", arguments: mistakes)
  func validation(mistake: Mistake) async throws {
    let expected = Answer(status: 400, body: #"{"errors":[""# + mistake.error + #""]}"#)
    try await withSimulator { server, _ async throws in
      #expect(try await server.ask("/runners", "POST", body: Self.body([mistake.key: mistake.value])) == expected)
      if mistake.alsoInChange {
        let change = try Self.body([mistake.key: mistake.value])
        #expect(try await server.ask("/runners/\(databaseBackup)", "PATCH", body: change) == expected)
      }
      #expect(try await server.ask("/runners/\(databaseBackup)").body.contains(DocumentedAnswerTests.runner))
      #expect(try await server.runners().count == 12)
    }
  }

  @Test(
    "values at the limits are taken",
    arguments: [
      ["name": "abc"], ["name": String(repeating: "ü", count: 50)],
      ["run_command": String(repeating: "x", count: 1000)], ["entrypoint": String(repeating: "x", count: 500)],
      ["entrypoint": NSNull()], ["timeout_seconds": 1], ["timeout_seconds": 86_400],
      ["container_registry_id": NSNull()],
    ] as [[String: any Sendable]])
  func limits(changes: [String: any Sendable]) async throws {
    try await withSimulator { server, _ async throws in
      #expect(try await server.ask("/runners", "POST", body: Self.body(changes)).status == 200)
      let change = try Self.body(changes)
      #expect(try await server.ask("/runners/\(databaseBackup)", "PATCH", body: change).status == 200)
    }
  }

  @Test("an empty object names everything that is missing")
  func allMistakes() async throws {
    try await withSimulator { server, _ async throws in
      let answer = try await server.ask("/runners", "POST", body: "{}")
      #expect(
        answer
          == Answer(
            status: 400,
            body: """
              {"errors":["Name can't be blank","Image name can't be blank","Image tag can't be blank",\
              "Run command can't be blank","Region must exist","Instance type must exist"]}
              """))
    }
  }

  @Test("a body that is no JSON object is refused", arguments: ["", "{", "[]", "nothing", "{\"name\":}"])
  func malformed(body: String) async throws {
    let expected = Answer(status: 400, body: #"{"errors":["The body is not a JSON object"]}"#)
    try await withSimulator { server, _ async throws in
      #expect(try await server.ask("/runners", "POST", body: body) == expected)
      #expect(try await server.ask("/runners/\(databaseBackup)", "PATCH", body: body) == expected)
      if !body.isEmpty {
        #expect(try await server.ask("/runners/\(databaseBackup)/runs", "POST", body: body) == expected)
      }
    }
  }

  @Test("a created runner is answered, listed last and has no runs")
  func creation() async throws {
    try await withSimulator { server, _ async throws in
      let created = try await server.ask(
        "/runners", "POST", body: Self.body(["name": #"Say "hi" \ ü"#, "entrypoint": "/bin/sh -c"]))
      #expect(created.status == 200)
      struct Single: Decodable { var runner: RunnerAnswer }
      let runner = try decode(Single.self, created.body).runner
      #expect(
        created.body == """
          {"runner":{"id":"\(runner.id)","status":"available","name":"Say \\"hi\\" \\\\ ü",\
          "image_name":"mycompany/printer","image_tag":"v1.0.0","run_command":"print --all","entrypoint":"/bin/sh -c",\
          "timeout_seconds":3600,"created_at":"2026-04-01T06:00:00.000+02:00",\
          "updated_at":"2026-04-01T06:00:00.000+02:00","region":{"id":"428d037e-9ba6-4dab-92bd-8d816c523126",\
          "status":"available","name":"Frankfurt, DE","slug":"fra"},\
          "instance_type":{"id":"f47ac10b-58cc-4372-a567-0e02b2c3d479","name":"Standard S","slug":"standard-s","cpu":1,\
          "mem":1024,"price_month":5.0,"price_second":0.0000019},"container_registry":null}}
          """)
      #expect(try await server.runners().last?.id == runner.id)
      #expect(try await server.runs(of: runner.id) == [])
    }
  }

  @Test("a change holds from now on, and a move that lies ahead still happens")
  func change() async throws {
    try await withSimulator(at: "2026-03-01T12:00:00+01:00") { server, clock async throws in
      let before = try #require(try await server.runner(named: "Nightly ETL"))
      let answer = try await server.ask(
        "/runners/\(before.id)", "PATCH", body: #"{"name":"Warehouse Load","timeout_seconds":60}"#)
      #expect(answer.status == 200)
      let after = try #require(try await server.runner(named: "Warehouse Load"))
      #expect(after.id == before.id)
      #expect(after.timeoutSeconds == 60)
      #expect(after.createdAt == before.createdAt)
      #expect(after.updatedAt == "2026-03-01T12:00:00.000+01:00")
      #expect(after.instanceType.slug == "standard-m")

      clock.set(to: try instant("2026-03-13T12:00:00+01:00"))
      let moved = try #require(try await server.runner(named: "Warehouse Load"))
      #expect(moved.instanceType.slug == "standard-l")
      #expect(moved.updatedAt == "2026-03-12T09:30:00.000+01:00")
    }
  }
}
