import Foundation
import Runs
import Synchronization
import Testing

@testable import Harvest

/// What every vendor that can be acted on does, whatever it is asked for. A new one adds its case to ``ActingSite``.
@Suite(.timeLimit(.minutes(60))) struct ActingContractTests {
  private typealias Way = ActingSite.Way

  /// Both vendors know it.
  private let delete = RunnerAction.delete(runner: "r1")

  @Test("what is answered with success is done, and was asked for once", arguments: ActingSite.Way.allCases)
  func done(way: ActingSite.Way) async throws {
    for body in ["{}", #"{"deleted":true}"#, "", "[1]", #"{"half"#] {
      let (outcome, asked) = try await ActingSite.with(way) { _ in
        .json(body)
      } _: {
        try await $0.send(delete)
      }
      #expect(outcome.word == "done 200" || (body == "[1]" && outcome.word == "unknown 200"), "\(body)")
      #expect(asked.map(\.method) == ["DELETE"])
      #expect(asked.map(\.path) == [way.path + "/runners/r1"])
    }
  }

  @Test(
    "a refusal of the vendor's is told in its words, and is no reason to ask again",
    arguments: ActingSite.Way.allCases, [400, 401, 403, 404, 409, 422, 429, 307])
  func refused(way: ActingSite.Way, status: Int) async throws {
    let headers = ["Retry-After": "7", "Location": "/elsewhere"]
    let reply = Reply.refusal(
      status, #"{"code":"x","message":"\#(way.echoed) is in use"}"#, headers: headers)
    let (outcome, asked) = try await ActingSite.with(way) { _ in
      reply
    } _: {
      try await $0.send(delete)
    }
    #expect(outcome.word == "refused \(status)")
    #expect(asked.count == 1)
    let problem = try #require(outcome.error?.problem)
    #expect(!problem.contains("test-"), "\(problem)")
    if status != 307 { #expect(problem.contains("is in use"), "\(problem)") }
    if status == 429 { #expect(outcome.error?.advice == "the vendor asks to slow down; try again in 7 s") }
    if status == 403 {
      #expect(problem.hasPrefix("the key may not delete http://127.0.0.1:"))
      let need = way == .nodion ? "that it may write" : "global role permission MANAGE_DATASOURCES_AND_AGENTS"
      #expect(outcome.error?.advice.contains(need) == true)
    }
  }

  @Test(
    "an answer that says neither yes nor no leaves open what was done, and nothing is sent again",
    arguments: ActingSite.Way.allCases,
    [
      Reply.refusal(500), .refusal(502), .refusal(503, headers: ["Retry-After": "1"]), .refusal(408), .login,
      .json("<html>"),
    ])
  func unknown(way: ActingSite.Way, reply: Reply) async throws {
    let (outcome, asked) = try await ActingSite.with(way) { _ in
      reply
    } _: {
      try await $0.send(delete)
    }
    #expect(outcome.word == "unknown \(reply.status)")
    #expect(asked.count == 1)
  }

  @Test("a connection that ends without an answer leaves it open too", arguments: ActingSite.Way.allCases)
  func dropped(way: ActingSite.Way) async throws {
    let (outcome, asked) = try await ActingSite.with(way) { _ in
      Reply(ending: .unsent)
    } _: {
      try await $0.send(delete)
    }
    #expect(outcome.word == "unknown")
    #expect(asked.count == 1)
  }

  @Test("so does silence", arguments: ActingSite.Way.allCases)
  func silent(way: ActingSite.Way) async throws {
    var limits = LiveLimits()
    limits.readSeconds = 1
    let gate = Gate()
    let (outcome, asked) = try await ActingSite.with(way, limits: limits) { _ in
      await gate.pass()
      return .json("{}")
    } _: { site in
      let outcome = try await site.send(delete)
      await gate.open()
      return outcome
    }
    #expect(outcome.word == "unknown")
    #expect(outcome.error?.reason == .readTimeout(seconds: 1))
    #expect(asked.count == 1)
  }

  @Test("what could not be sent is tried again, and is known not to be done", arguments: ActingSite.Way.allCases)
  func unsent(way: ActingSite.Way) async throws {
    // Nobody listens there.
    let live = try AnswerDoor.live(base: "http://127.0.0.1:1/v1", version: "1")
    let now = try Instant(rfc3339: ActingSite.now)
    let attempts = Mutex(0)
    let counting = AnswerDoor(
      fetch: { request in
        attempts.withLock { $0 += 1 }
        return try await live.fetch(request)
      }, close: live.close)
    try await withDoor(counting) { door in
      let site = ActingSite.site(way, door, retries: RetryPolicy(attempts: 3), now: now)
      let outcome = try await site.send(delete)
      #expect(outcome.word == "unsent")
      #expect(outcome.error?.attempts == 3)
    }
    #expect(attempts.withLock { $0 } == 3)
  }

  @Test("a kept connection that is dead is none that a request is sent on twice", arguments: ActingSite.Way.allCases)
  func deadConnection(way: ActingSite.Way) async throws {
    let seen = Mutex<[String]>([])
    try await withRawServer { caller in
      while let head = caller.head() {
        let method = head.prefix { $0 != " " }
        seen.withLock { $0.append(String(method)) }
        // The first answer keeps its connection; whatever changes something loses it without a word.
        guard method == "GET" else { return }
        caller.answer(#"{"runner":{"id":"r1","name":"a"}}"#)
      }
    } _: { server in
      let live = try AnswerDoor.live(base: "http://127.0.0.1:\(server.port)/v1", version: "1")
      try await withDoor(live) { door in
        let site = ActingSite.site(way, door, now: try Instant(rfc3339: ActingSite.now))
        _ = try await site.account.fetchRunner("r1")
        #expect(try await site.send(delete).word == "unknown")
      }
    }
    #expect(seen.withLock { $0 } == ["GET", "DELETE"])
  }

  @Test(
    "whoever is cancelled while the answer is under way knows that nobody knows", arguments: ActingSite.Way.allCases)
  func cancelled(way: ActingSite.Way) async throws {
    let gate = Gate()
    let (word, asked) = try await ActingSite.with(way) { _ in
      await gate.pass()
      return .json("{}")
    } _: { site in
      let task = Task { try await site.send(delete).word }
      await gate.reached()
      task.cancel()
      let word = try await task.value
      await gate.open()
      return word
    }
    #expect(word == "interrupted")
    #expect(asked.count == 1)
  }

  @Test("no secret is in what is kept or shown of a request", arguments: ActingSite.Way.allCases)
  func drafts(way: ActingSite.Way) async throws {
    let actions: [RunnerAction] =
      way == .nodion
      ? [.trigger(runner: "r1", environment: [EnvironmentVariable("A", Secret("hidden-value"))]), delete]
      : [.createKey, delete]
    let (_, asked) = try await ActingSite.with(way) { _ in
      .json("{}")
    } _: { site in
      for action in actions {
        let draft = try site.account.draft(action)
        for text in [draft.asked(site.redactor), draft.shownBody(site.redactor) ?? "", "\(draft)"] {
          #expect(!text.contains("hidden-value") && !text.contains("test-"), "\(text)")
        }
        #expect(try draft.address(below: "https://x.example.com/v1").hasPrefix("https://x.example.com/v1/runners"))
      }
    }
    #expect(asked.isEmpty)
  }

  @Test("what a vendor does not have is said before anything is asked")
  func offers() async throws {
    let (_, asked) = try await ActingSite.with(.soda) { _ in
      .json("{}")
    } _: { site in
      for kind in [ActionKind.trigger, .update] {
        #expect(throws: NotOffered(.action(kind), at: .soda)) { try site.account.checkOffer(of: kind) }
      }
      for kind in [ActionKind.create, .delete] { try site.account.checkOffer(of: kind) }
      #expect(throws: UnfitAction.self) { try site.account.draft(.create(RunnerSetup())) }
    }
    #expect(asked.isEmpty)
    let mesh = VendorAPI.agentsMesh
    let now = try Instant(rfc3339: ActingSite.now)
    let make = try #require(mesh.makeAccount)
    let account = make(.unreachable, SourceAccess(instant: now), Redactor([]))
    for kind in ActionKind.allCases {
      #expect(throws: NotOffered.self) { try account.checkOffer(of: kind) }
    }
    #expect(throws: NotOffered.self) { try account.draft(delete) }
    let told = #expect(throws: NotOffered.self) { try account.checkOffer(of: .trigger) }
    #expect(
      told?.description
        == "the API of AgentsMesh has no way to trigger a run; its keys with the scope runners:read can read and no more"
    )
  }
}
