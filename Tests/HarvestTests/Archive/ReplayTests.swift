import Foundation
import Harvest
import Runs
import Testing

/// A visit on a vendor in trouble, and the same visit from what was saved of it.
@Suite(.timeLimit(.minutes(60))) struct ReplayTests {
  /// Everything that a sink was told: what a ledger would be made of.
  private struct Told: Equatable {
    var runners: [String]
    var runs: [String: [String]]
    var visit: Visit
  }

  private func visit(_ door: AnswerDoor) async throws -> Told {
    let sink = ListSink()
    let source = NodionSource(door: door, token: Secret("test-token"), tokenName: "NODION_TOKEN")
    let visit = try await harvest(source: source, into: sink, concurrency: 3, batchSize: 2)
    return Told(runners: await sink.runners, runs: await sink.runs, visit: visit)
  }

  private func withVisit(_ script: Script, limits: LiveLimits = LiveLimits(), _ use: (Told, Told) -> Void) async throws
  {
    try await withFolder { folder in
      let archive = try AnswerArchive.create(
        in: folder, source: "s", vendor: "nodion", startedAt: FakeTime.start)
      let retries = RetryPolicy(attempts: 3)
      let lived = try await withClient(
        script, retries: retries, limits: limits, savingTo: archive, redactor: Redactor([Secret("test-token")])
      ) { try await visit($0) }
      try archive.finish(at: FakeTime.start)
      let saved = try #require(try AnswerArchive.visits(in: folder).first)
      use(lived, try await visit(.replaying(saved)))
    }
  }

  @Test("a replay tells the ledger word for word what the visit told it, troubles and all")
  func troubles() async throws {
    func runs(_ id: String) -> String { "/v1/runners/\(id)/runs" }
    let names = [
      "good", "gone", "busy", "down", "cut", "always-cut", "page", "shape", "broken", "dear", "forbidden", "moved",
      "odd/ü?", "secretive",
    ]
    var limits = LiveLimits()
    limits.bodyBytes = 4096
    let script = Script([
      "/v1/runners": [.refusal(503), .runners(names)], runs("good"): [.runs(["1", "2", "3"])],
      runs("busy"): [
        .refusal(429, #"{"message":"slow down, test-token"}"#, headers: ["Retry-After": "9"]), .runs(["4"]),
      ],
      runs("down"): [.refusal(500, "<html><title>ask a@b.de</title>")],
      runs("cut"): [.runs(["5", "6", "7"], ending: .cut), .runs(["5", "6", "7", "8"])],
      runs("always-cut"): [.runs(["9"], ending: .cut), .runs(["9", "10", "11"], ending: .cut)],
      runs("page"): [.login], runs("shape"): [.json(#"{"data":[],"test-token":0}"#)],
      runs("broken"): [.json(#"{"runs":[{"id":"12","command":"a long one","status":"x"}] oops"#)],
      runs("dear"): [.json("{\"runs\":[{\"id\":\"13\"},\"" + String(repeating: "x", count: 5000))],
      runs("forbidden"): [.refusal(403, #"{"error":"not for test-token"}"#)],
      runs("moved"): [.refusal(302, headers: ["Location": "https://elsewhere.example.com/x?key=test-token"])],
      "/v1/runners/odd%2F%C3%BC%3F/runs": [.runs([])],
      runs("secretive"): [.json(#"{"runs":[{"id":"14","prompt":"x\"y","env_variables":[{"a":1}]},{"id":true}]}"#)],
    ])
    try await withVisit(script, limits: limits) { lived, replayed in
      #expect(replayed == lived)
      #expect(lived.visit.readings.map(\.requests) == [2, 1, 1, 2, 3, 2, 3, 3, 1, 3, 1, 1, 1, 1, 1])
      #expect(
        lived.visit.readings.map(\.rows) == [14, 3, 0, 1, 0, 4, 3, 0, 0, 1, 1, 0, 0, 0, 1])
      #expect(lived.visit.readings.count(where: \.isComplete) == 5)
      #expect(
        withoutPort(lived.visit.readings[9].note) == "HOST answered with broken JSON (at byte 58) (after 3 attempts)")
    }
  }

  @Test("a vendor that cannot be reached at all is replayed as such")
  func unreachable() async throws {
    try await withFolder { folder in
      let archive = try AnswerArchive.create(
        in: folder, source: "s", vendor: "nodion", startedAt: FakeTime.start)
      // A port that was free a moment ago may be another server's by now; this one no program of a user gets.
      let base = "http://127.0.0.1:1/v1"
      let door = try AnswerDoor.client(
        base: base, version: "1", settings: ClientSettings(rates: VendorAPI.nodion.rates), pace: FakeTime().pace,
        savingTo: archive)
      let lived = try await visit(door)
      await door.close()
      #expect(lived.visit.readings.map(\.requests) == [6])
      #expect(try await visit(.replaying(archive)) == lived)
    }
  }

  @Test("what is asked for twice in a visit is replayed in the same order")
  func twice() async throws {
    try await withFolder { folder in
      let archive = try AnswerArchive.create(
        in: folder, source: "s", vendor: "nodion", startedAt: FakeTime.start)
      let script = Script(["/v1/runners": [.runners(["a"]), .refusal(500), .runners(["b"]), .runners(["c"])]])
      func lists(_ door: AnswerDoor) async throws -> [RunnerList] {
        let source = NodionSource(door: door)
        return [try await source.fetchRunners(), try await source.fetchRunners(), try await source.fetchRunners()]
      }
      let lived = try await withClient(script, savingTo: archive) { try await lists($0) }
      #expect(lived.map { $0.runners.map(\.id) } == [["a"], ["b"], ["c"]])
      #expect(lived.map(\.reading.requests) == [1, 2, 1])
      #expect(try await lists(.replaying(archive)) == lived)
    }
  }

  @Test("with every fifth answer bad in one way or another, everything is had in the end")
  func storm() async throws {
    let names = (1...60).map { "r\($0)" }
    let bad: [Reply] = [
      .refusal(429), .refusal(500), .runs(["1"], ending: .cut), .login,
      .refusal(429, headers: ["Retry-After": "2"]),
    ]
    var replies = ["/v1/runners": [Reply.refusal(502), .runners(names)]]
    for (index, name) in names.enumerated() {
      let good = Reply.runs(["1", "2", "3"])
      replies["/v1/runners/\(name)/runs"] = index % 5 == 0 ? [bad[index / 5 % bad.count], good] : [good]
    }
    let script = Script(replies)
    try await withVisit(script) { lived, replayed in
      #expect(lived.visit.isComplete && lived.visit.runs == 180)
      #expect(replayed == lived)
      #expect(lived.visit.readings.reduce(0) { $0 + $1.requests } == script.asked.values.reduce(0, +))
    }
  }
}
