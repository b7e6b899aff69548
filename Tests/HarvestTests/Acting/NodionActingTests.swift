import Foundation
import Runs
import Testing

@testable import Harvest

/// What Nodion's pages say of acting: bodies, limits, answers.
@Suite(.timeLimit(.minutes(60))) struct NodionActingTests {
  private func setup(_ settings: (RunnerSetup.Field, RunnerSetup.Setting)...) -> RunnerSetup {
    var setup = RunnerSetup()
    for (field, setting) in settings { setup[field] = setting }
    return setup
  }

  private var whole: RunnerSetup {
    setup(
      (.name, .text("Nightly \"report\"")), (.image, .text("mycompany/report")), (.tag, .text("v2")),
      (.command, .text("python report.py")), (.region, .text("r-1")), (.instanceType, .text("t-1")))
  }

  private func account() throws -> any RunnerAccount {
    let now = try Instant(rfc3339: ActingSite.now)
    return ActingSite.site(.nodion, .unreachable, now: now).account
  }

  private func problems(_ action: RunnerAction) throws -> [String] {
    do {
      _ = try account().draft(action)
      return []
    } catch let error as UnfitAction {
      return error.problems
    }
  }

  @Test("the documented request triggers a run, whose answer is read")
  func trigger() async throws {
    let body = """
      {"run":{"id":"e5f6a7b8-c9d0-1234-efab-345678901234","status":"pending","exit_code":null,"started_at":null,
      "completed_at":null,"created_at":"2026-01-15T12:00:00.000+01:00","updated_at":"2026-01-15T12:00:00.000+01:00"}}
      """
    let action = RunnerAction.trigger(
      runner: "r1",
      environment: [
        EnvironmentVariable("BACKUP_TARGET", Secret("s3://my-bucket/backups")),
        EnvironmentVariable("VERBOSE", Secret("true")),
      ])
    let (outcome, asked) = try await ActingSite.with(.nodion) { _ in
      .json(body)
    } _: {
      try await $0.send(action)
    }
    guard case .done(let result) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(result.id == "e5f6a7b8-c9d0-1234-efab-345678901234")
    #expect(
      result.run
        == RunRecord(
          id: "e5f6a7b8-c9d0-1234-efab-345678901234", status: "pending",
          createdAt: try Instant(rfc3339: "2026-01-15T11:00:00Z"),
          updatedAt: try Instant(rfc3339: "2026-01-15T11:00:00Z")))
    #expect(asked.map(\.method) == ["POST"] && asked.map(\.path) == ["/v1/runners/r1/runs"])
    #expect(
      asked.map(\.body) == [
        #"{"env_variables":[{"env_key":"BACKUP_TARGET","env_val":"s3://my-bucket/backups"},"#
          + #"{"env_key":"VERBOSE","env_val":"true"}]}"#
      ])
    #expect(asked.first?.headers["content-type"] == "application/json")
    #expect(asked.first?.headers["authorization"] == "Bearer test-token")
    #expect(asked.first?.headers["expect"] == nil)
    let draft = try account().draft(action)
    #expect(
      draft.asked(Redactor([]))
        == #"{"env_variables":[{"env_key":"BACKUP_TARGET","env_val":"***"},{"env_key":"VERBOSE","env_val":"***"}]}"#)
  }

  @Test("without variables nothing is sent along, and a long body is sent at once")
  func bodies() async throws {
    let (_, none) = try await ActingSite.with(.nodion) { _ in
      .json(#"{"run":{"id":"1","status":"pending"}}"#)
    } _: {
      try await $0.send(.trigger(runner: "r1", environment: []))
    }
    #expect(none.map(\.body) == [""])
    #expect(none.first?.headers["content-length"] == "0")
    let long = String(repeating: "x", count: 3_000_000)
    let (_, asked) = try await ActingSite.with(.nodion) { _ in
      .json(#"{"run":{"id":"1","status":"pending"}}"#)
    } _: {
      try await $0.send(.trigger(runner: "r1", environment: [EnvironmentVariable("A", Secret(long))]))
    }
    #expect(asked.count == 1 && asked.first?.headers["expect"] == nil)
    #expect(asked.first?.headers["content-length"] == "\(long.utf8.count + 48)")
  }

  @Test("a run whose answer cannot be read may have been triggered all the same")
  func unreadableRun() async throws {
    for body in ["", "{}", #"{"run":{"status":"pending"}}"#, #"{"run":{"id":"e5"#] {
      let (outcome, asked) = try await ActingSite.with(.nodion) { _ in
        .json(body)
      } _: {
        try await $0.send(.trigger(runner: "r1", environment: []))
      }
      #expect(outcome.word == "unknown 200", "\(body)")
      #expect(asked.count == 1)
    }
  }

  @Test("all that is named is in the request, and commands are not in what is kept of it")
  func create() throws {
    var setup = whole
    setup[.entrypoint] = .text("/bin/sh")
    setup[.timeout] = .integer(600)
    setup[.registry] = .text("c-1")
    let draft = try account().draft(.create(setup))
    #expect(draft.request.method == .post && draft.request.path == "/runners")
    #expect(
      draft.request.body?.json(for: .vendor) == #"{"name":"Nightly \"report\"","image_name":"mycompany/report","#
        + #""image_tag":"v2","run_command":"python report.py","entrypoint":"/bin/sh","timeout_seconds":600,"#
        + #""region_id":"r-1","instance_type_id":"t-1","container_registry_id":"c-1"}"#)
    #expect(draft.shownBody(Redactor([]))?.contains("python report.py") == true)
    #expect(
      draft.asked(Redactor([])) == #"{"name":"Nightly \"report\"","image_name":"mycompany/report","image_tag":"v2","#
        + #""run_command":"***","entrypoint":"***","timeout_seconds":600,"region_id":"r-1","#
        + #""instance_type_id":"t-1","container_registry_id":"c-1"}"#)
  }

  @Test(
    "what is answered need not name the runner", arguments: ["", "{}", #"{"runner":{"id":"new"}}"#, #"{"runner":{"i"#])
  func created(body: String) async throws {
    let (outcome, _) = try await ActingSite.with(.nodion) { _ in
      .json(body)
    } _: {
      try await $0.send(.create(whole))
    }
    guard case .done(let result) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(result.id == (body.contains("new") ? "new" : nil))
  }

  @Test("only what is named is changed; what is to be gone is null")
  func update() throws {
    let changes = setup((.entrypoint, .none), (.instanceType, .text("t-2")))
    let draft = try account().draft(.update(runner: "r1", changes))
    #expect(draft.request.method == .patch && draft.request.path == "/runners/r1")
    #expect(draft.request.body?.json(for: .vendor) == #"{"entrypoint":null,"instance_type_id":"t-2"}"#)
    #expect(try problems(.update(runner: "r1", RunnerSetup())) == ["nothing of it is to be changed"])
  }

  @Test("every limit of the page holds at both of its ends")
  func limits() throws {
    func problem(_ field: RunnerSetup.Field, _ setting: RunnerSetup.Setting) throws -> String? {
      var setup = whole
      setup[field] = setting
      return try problems(.create(setup)).first
    }
    func text(_ count: Int) -> RunnerSetup.Setting { .text(String(repeating: "ü", count: count)) }
    for (field, fitting, unfit) in [
      (RunnerSetup.Field.name, [3, 50], [0, 2, 51]), (.command, [1, 1000], [0, 1001]),
      (.entrypoint, [1, 500], [0, 501]),
      (.image, [1, 2000], [0]), (.tag, [1, 2000], [0]), (.region, [1], [0]), (.instanceType, [1], [0]),
      (.registry, [1], [0]),
    ] {
      for count in fitting { #expect(try problem(field, text(count)) == nil, "\(field) \(count)") }
      for count in unfit { #expect(try problem(field, text(count)) != nil, "\(field) \(count)") }
    }
    for seconds in [Int64(1), 86_400] { #expect(try problem(.timeout, .integer(seconds)) == nil) }
    for seconds in [Int64(0), -1, 86_401, .max] { #expect(try problem(.timeout, .integer(seconds)) != nil) }
    for text in ["a\nb c", "a\u{85}bc", "a\u{2028}bc", "a\u{1B}bc"] {
      #expect(try problem(.name, .text(text)) == "the name has a line break or a control character")
    }
    #expect(try problem(.name, .text("   ")) == "the name is blank")
    #expect(try problem(.command, .text(" \n")) == "the command is blank")
    #expect(try problem(.command, .text("set -e\npython report.py")) == nil)
    #expect(try problem(.image, .text("my company/report")) == "the image has a blank in it")
    #expect(try problem(.region, .text("r-1 ")) == "the region has a blank in it")
    #expect(try problem(.name, text(2)) == "the name has 2 characters, and Nodion takes 3 to 50")
    #expect(try problem(.command, text(1001)) == "the command has 1001 characters, and Nodion takes at most 1000")
    #expect(try problem(.timeout, .integer(0)) == "the timeout is 0 s, and Nodion takes 1 to 86400")
    for field in [RunnerSetup.Field.name, .image, .tag, .command, .region, .instanceType] {
      #expect(try problem(field, .none) == "a runner cannot be without its \(field.words)")
    }
    #expect(try problem(.entrypoint, .none) == nil && problem(.registry, .none) == nil)
    #expect(
      try problems(.create(RunnerSetup()))
        == [
          "it needs a name", "it needs a image", "it needs a tag", "it needs a command", "it needs a region",
          "it needs a instance type",
        ].map { $0.replacing("a i", with: "an i") })
  }

  @Test("a runner is read with all that is set of it, and in the vendor's words")
  func single() async throws {
    let list = Bodies.runners.trimmingCharacters(in: .whitespacesAndNewlines)
    let object = String(try #require(list.firstMatch(of: /(?s)\[\s*(\{.*\})\s*\]/)?.1))
    let (runner, asked) = try await ActingSite.with(.nodion) { _ in
      .json(#"{"runner":\#(object)}"#)
    } _: {
      try await $0.account.fetchRunner(Bodies.runnerID)
    }
    #expect(runner.record == (try Bodies.runner()))
    #expect(
      runner.setup
        == setup(
          (.name, .text("Database Backup")), (.image, .text("mycompany/backup-tool")), (.tag, .text("latest")),
          (.command, .text("python backup.py")), (.entrypoint, .none), (.timeout, .integer(3600)),
          (.region, .text("428d037e-9ba6-4dab-92bd-8d816c523126")),
          (.instanceType, .text("f47ac10b-58cc-4372-a567-0e02b2c3d479")), (.registry, .none)))
    #expect(runner.details.map(\.name).contains("instance_type.price_second"))
    #expect(runner.details.first { $0.name == "instance_type.price_second" }?.value == "0.0000019")
    #expect(runner.details.first { $0.name == "entrypoint" } == LiveDetail(name: "entrypoint", value: nil))
    #expect(runner.toldAt == (try Instant(rfc3339: ActingSite.now)))
    #expect(asked.map(\.path) == ["/v1/runners/\(Bodies.runnerID)"])
  }

  @Test("a run is followed by its own path, and in the list where that is not there")
  func run() async throws {
    let (runs, asked) = try await ActingSite.with(.nodion) { asked in
      switch asked.path {
      case "/v1/runners/r1/runs/b": .json(#"{"run":{"id":"b","status":"running"}}"#)
      case "/v1/runners/r1/runs": .json(#"{"runs":[{"id":"c","status":"failed"},{"id":"b","status":"pending"}]}"#)
      default: .refusal(404)
      }
    } _: { site in
      [try await site.account.fetchRun("b", of: "r1"), try await site.account.fetchRun("c", of: "r1")]
    }
    #expect(runs.map(\.status) == ["running", "failed"])
    #expect(asked.map(\.path) == ["/v1/runners/r1/runs/b", "/v1/runners/r1/runs/c", "/v1/runners/r1/runs"])
  }
}
