import Foundation
import Runs
import Synchronization
import Testing

@testable import Harvest

/// What passes is waited for, what does not is told at once: on a real server, with a clock that turns itself.
@Suite(.timeLimit(.minutes(60))) struct PersistenceTests {
  private static let path = "/v1/runners"

  /// The runner list that a server gives which answers like this, one answer after another.
  private func ask(
    _ replies: [Reply], retries: RetryPolicy = RetryPolicy(), limits: LiveLimits = LiveLimits(),
    time: FakeTime = FakeTime()
  ) async throws -> (list: RunnerList, asked: Int) {
    let script = Script([Self.path: replies])
    let list = try await withClient(script, retries: retries, limits: limits, time: time) { door in
      try await NodionSource(door: door).fetchRunners()
    }
    return (list, script.asked[Self.path] ?? 0)
  }

  private let complete = ResourceReading(resource: .runners, requests: 2, rows: 1, isComplete: true)

  @Test(
    "hazard 25: a trouble that passes is waited for with a growing wait and leaves no trace but its requests",
    arguments: [
      Reply.refusal(429), .refusal(500), .refusal(502), .refusal(503), .refusal(504), .refusal(599), .refusal(408),
      .json(""), .json(#"{"runners":[{"id":"a"#), .json("", ending: .cut), .runners(["a"], ending: .cut),
      .page("oops", type: "text/plain"), .json(#"{"runners":[{"id":"a"}] oops"#), .login,
    ])
  func passing(first: Reply) async throws {
    let time = FakeTime()
    let (list, asked) = try await ask([first, .runners(["a"])], time: time)
    #expect(list == RunnerList(runners: [RunnerRecord(id: "a", name: "a")], reading: complete))
    #expect(asked == 2)
    #expect(time.waits == [first.status == 429 ? .seconds(1) : .seconds(0.25)])
  }

  @Test("hazard 25: a wait that is asked for is kept to, after 429 and after 503", arguments: [429, 503])
  func retryAfter(status: Int) async throws {
    let time = FakeTime(chance: 0)
    let (list, _) = try await ask([.refusal(status, headers: ["Retry-After": "17"]), .runners(["a"])], time: time)
    #expect(list.reading == complete)
    #expect(time.elapsed == .seconds(17))
  }

  @Test("hazard 25: a wait may be asked for by a date, which is held against the date of the answer")
  func retryAfterDate() async throws {
    // The client's clock stands on another day, and the machine's too.
    let headers = ["Date": "Fri, 06 Mar 2026 10:00:00 GMT", "Retry-After": "Fri, 06 Mar 2026 10:03:20 GMT"]
    let time = FakeTime(chance: 0)
    let (list, _) = try await ask([.refusal(503, headers: headers), .runners(["a"])], time: time)
    #expect(list.reading == complete)
    #expect(time.elapsed == .seconds(200))
  }

  @Test("a wait that the vendor asks for is told, and one of our own is not")
  func told() async throws {
    let time = FakeTime(chance: 0)
    let told = Mutex<[Duration]>([])
    let script = Script([
      "/v1/runners": [.refusal(500), .refusal(429, headers: ["Retry-After": "90"]), .runners(["a"])]
    ])
    try await withServer {
      script.reply(to: $0)
    } _: { base in
      let live = try AnswerDoor.live(base: base, version: "1")
      let door = live.persistent(pace: time.pace) { wait in told.withLock { $0.append(wait) } }
      #expect(try await NodionSource(door: door).fetchRunners().reading.isComplete)
      await live.close()
    }
    #expect(told.withLock(\.self) == [.seconds(90)])
  }

  @Test("when nothing came for as long as one thing may take, nothing more is asked, until a new visit")
  func givenUp() async throws {
    let time = FakeTime()
    let asked = Mutex(0)
    let dead = AnswerDoor { request in
      asked.withLock { $0 += 1 }
      throw HarvestError(.connectionRefused, at: .file(path: request.path))
    }
    let door = dead.persistent(
      RetryPolicy(attempts: 3, budget: .seconds(60), backoffBase: .seconds(40)), pace: time.pace)
    var problems: [String?] = []
    for _ in 1...4 {
      problems.append(try await NodionSource(door: door).fetchRunners().error?.problem)
      time.turn(by: .seconds(30))
    }
    let refused = "nothing listens at /runners (connection refused)"
    let given = "/runners was not asked any more: for 60 s nothing that was asked for had come"
    #expect(problems == [refused + " (after 3 attempts)", refused + " (after 3 attempts)", given, given])
    #expect(asked.withLock(\.self) == 6)
  }

  @Test("what comes in between is progress")
  func progress() async throws {
    let time = FakeTime()
    let count = Mutex(0)
    let door = AnswerDoor { request in
      let number = count.withLock { count in
        count += 1
        return count
      }
      let place = HarvestError.Place.file(path: request.path)
      if number % 2 == 1 { throw HarvestError(.readTimeout(seconds: 60), at: place) }
      return Answer(body: AnswerBody(from: place, bytes: Array(#"{"runners":[]}"#.utf8)), place: place)
    }.persistent(RetryPolicy(budget: .seconds(60)), pace: time.pace)
    for _ in 1...5 {
      #expect(try await NodionSource(door: door).fetchRunners().reading.isComplete)
      time.turn(by: .seconds(3600))
    }
  }

  @Test("hazard 25: a wait beyond the budget is not begun, and the error says how long it would be")
  func longRetryAfter() async throws {
    let time = FakeTime()
    let (list, asked) = try await ask(
      [.refusal(429, #"{"message":"slow down"}"#, headers: ["Retry-After": "3600"])],
      time: time)
    #expect(asked == 1 && time.waits.isEmpty)
    #expect(
      withoutPort(list.error?.description)
        == "could not be read: HOST answered 429: slow down; it asks to wait 3600 s, longer than the 300 s of "
        + "give_up_after\ntry again in 3600 s, or set give_up_after to more than that")
    // It is told of a list of runs too, in its note.
    #expect(
      withoutPort(list.reading.note)
        == "HOST answered 429: slow down; it asks to wait 3600 s, longer than the 300 s of give_up_after")
  }

  @Test(
    "what says that the request is wrong is asked once",
    arguments: [
      Reply.refusal(400), .refusal(401), .refusal(403), .refusal(404), .refusal(409), .refusal(422), .refusal(501),
      .refusal(301, headers: ["Location": "https://elsewhere.example.com/"]), .json(#"{"data":[]}"#), .json("[]"),
      .json(#"{"runners":{}}"#), .json("{\"runners\":[" + String(repeating: "[", count: 70)),
      .json("{\"runners\":[\"" + String(repeating: "x", count: 2000)),
    ])
  func lasting(reply: Reply) async throws {
    var limits = LiveLimits()
    limits.bodyBytes = 1024
    let time = FakeTime()
    let (list, asked) = try await ask([reply], limits: limits, time: time)
    #expect(asked == 1 && list.reading.requests == 1 && time.waits.isEmpty)
    #expect(list.error?.attempts == 1 && !list.reading.isComplete)
  }

  @Test("what does not pass ends with the attempts, and says how many there were")
  func attempts() async throws {
    let time = FakeTime()
    let (list, asked) = try await ask([.refusal(503, "down for repairs")], time: time)
    #expect(asked == 6)
    #expect(time.waits == [0.25, 0.5, 1, 2, 4].map { .seconds($0) })
    #expect(withoutPort(list.reading.note) == "HOST answered 503: down for repairs (after 6 attempts)")
    #expect(list.reading.requests == 6)
  }

  @Test("what does not pass ends with the time, whatever attempts are left")
  func budget() async throws {
    let time = FakeTime()
    let retries = RetryPolicy(attempts: 1000, budget: .seconds(60))
    let (list, asked) = try await ask([.refusal(500)], retries: retries, time: time)
    #expect(time.elapsed <= .seconds(60) && time.elapsed > .seconds(45))
    #expect(withoutPort(list.reading.note) == "HOST answered 500 (after \(asked) attempts)")
  }

  @Test("hazard 26: a page instead of an answer is asked for three times and no more")
  func page() async throws {
    let (list, asked) = try await ask([.login])
    #expect(asked == 3)
    #expect(
      withoutPort(list.reading.note)
        == "HOST answered with text/html instead of JSON; it begins: <html><title>Sign in</title></html> "
        + "(after 3 attempts)")
  }

  @Test("hazard 26: a page is known by its type, even one that begins like JSON; a vague type is given a chance")
  func types() async throws {
    let json = #"{"runners":[{"id":"a"}]}"#
    #expect(try await ask([.page(json, type: "text/html")]).list.error != nil)
    #expect(try await ask([.page(json, type: "text/plain")]).list.error == nil)
    #expect(try await ask([Reply(headers: [:], chunks: [Array(json.utf8)])]).list.error == nil)
  }

  @Test("an answer that never begins is asked for again after the silence allowed")
  func silence() async throws {
    var limits = LiveLimits()
    limits.readSeconds = 4
    let (list, asked) = try await ask([.json("", ending: .silent), .runners(["a"])], limits: limits)
    // On a machine that stood still for so long the whole answer was silent too, and was asked for again.
    #expect(asked >= 2)
    #expect(list.reading == ResourceReading(resource: .runners, requests: asked, rows: 1, isComplete: true))
  }

  @Test("a port where nothing listens is tried as often as allowed, and told")
  func refused() async throws {
    let time = FakeTime()
    // A port that was free a moment ago may be another server's by now; this one no program of a user gets.
    let base = "http://127.0.0.1:1/v1"
    let door = try AnswerDoor.client(
      base: base, version: "1", settings: ClientSettings(rates: VendorAPI.nodion.rates), pace: time.pace)
    let list = try await NodionSource(door: door).fetchRunners()
    await door.close()
    #expect(
      withoutPort(list.error?.problem) == "nothing listens at HOST (connection refused) (after 6 attempts)")
    #expect(list.reading.requests == 6 && time.waits.count == 5)
  }

  @Test("whoever is cancelled while it waits to ask again stops at once")
  func cancellation() async throws {
    let time = FakeTime(turnsItself: false)
    try await withClient(Script([Self.path: [.refusal(500)]]), time: time) { door in
      let reading = Task { try await NodionSource(door: door).fetchRunners() }
      await time.untilSleeping(1)
      reading.cancel()
      await #expect(throws: CancellationError.self) { _ = try await reading.value }
    }
  }
}
