import Foundation
import Harvest
import Runs
import Testing

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
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "GMT")
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    // The server adds its own date, by the machine's clock; the client's clock stands on another day.
    let date = format.string(from: Date(timeIntervalSinceNow: 200))
    let time = FakeTime(chance: 0)
    let (list, _) = try await ask([.refusal(503, headers: ["Retry-After": date]), .runners(["a"])], time: time)
    #expect(list.reading == complete)
    #expect((.seconds(100)...Duration.seconds(201)).contains(time.elapsed))
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
        == "could not be read: HOST answered 429: slow down\nthe vendor asks to slow down; try again in 3600 s")
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
    #expect(list.reading == complete && asked == 2)
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
