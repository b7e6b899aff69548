import Foundation
import Harvest
import Runs
import Testing

/// What a real server does, and what is said of it.
@Suite(.timeLimit(.minutes(60))) struct RefusalTests {
  private static let token = "test-token"

  /// The runner list that a server's reply gives, with the port of the day out of the sentences.
  private func ask(_ reply: Reply, limits: LiveLimits = LiveLimits()) async throws -> RunnerList {
    try await withLiveDoor(limits: limits) { _ in
      reply
    } _: { door in
      try await source(door).fetchRunners()
    }
  }

  private func source(_ door: AnswerDoor) -> NodionSource {
    NodionSource(door: door, token: Secret(RefusalTests.token), tokenName: "NODION_TOKEN")
  }

  private static let answers: [(Reply, String)] = [
    (
      .json(#"{"error":"test-token is wrong"}"#, status: 401),
      "could not be read: the vendor refused the key (401 from HOST): <redacted> is wrong\n"
        + "check $NODION_TOKEN, or create a key with the scope read"
    ),
    (
      .json("{}", status: 403),
      "could not be read: the key may not read http://HOST/v1/runners (403)\n"
        + "check which project $NODION_TOKEN may see, and that it has the scope read"
    ),
    (
      .json(#"{"status": 404, "error": "Not Found"}"#, status: 404),
      "could not be read: there is nothing at http://HOST/v1/runners (404)\ncheck the source's url and project"
    ),
    (
      Reply(status: 302, headers: ["Location": "https://login.example.com/in?back=test-token"]),
      "could not be read: HOST redirects to https://login.example.com/in (302); a key is never sent on\n"
        + "set the source's url to where its list really is"
    ),
    (
      .json(#"{"errors":["Error {\"error\": \"no\"}", "Bearer test-token\u0007 bad"]}"#, status: 400),
      "could not be read: HOST answered 400: Error: no; Bearer <redacted> bad\n"
        + "check the source's url and settings"
    ),
    (
      .json(#"{"code":"x","message":"try later"}"#, status: 429),
      "could not be read: HOST answered 429: try later\nthe vendor asks to slow down; try again later"
    ),
    (
      .page("\n upstream\r\n died \n", type: "text/plain", status: 502),
      "could not be read: HOST answered 502: upstream died\nthe trouble is at the vendor; try again later"
    ),
    (
      .page("<html><title>502</title>", type: "text/html", status: 502),
      "could not be read: HOST answered 502: 502 (an HTML page)\nthe trouble is at the vendor; try again later"
    ),
    (
      .json("", status: 500),
      "could not be read: HOST answered 500\nthe trouble is at the vendor; try again later"
    ),
    (
      .page("<!DOCTYPE html>\n<title>Sign in, test-token</title>", type: "text/html; charset=utf-8"),
      "could not be read: HOST answered with text/html instead of JSON; it begins: "
        + "<!DOCTYPE html> <title>Sign in, <redacted></title>\nis the url right? a login page or a proxy may be between"
    ),
    (
      .json(#"{"data":[],"test-token":{}}"#),
      "could not be read: HOST answered with JSON of another shape: expected a list under \"runners\", found "
        + "\"data\", \"<redacted>\"\nis the url right? a login page or a proxy may be between"
    ),
    (
      .json(""),
      "could not be read: HOST answered with nothing instead of JSON\ntry again"
    ),
    (
      .json(#"{"runners":[{"id":"#),
      "could not be read: the answer of HOST was cut off after 18 bytes\ntry again"
    ),
    (
      .json(#"{"runners":[{"id":"#, ending: .cut),
      "could not be read: the answer of HOST was cut off after 18 bytes\ntry again"
    ),
  ]

  @Test("a refusal or a wrong answer is told in a sentence without secrets", arguments: answers.indices)
  func refusals(index: Int) async throws {
    let (reply, description) = RefusalTests.answers[index]
    let list = try await ask(reply)
    #expect(withoutPort(list.error?.description) == description)
    #expect(list.runners.isEmpty && !list.reading.isComplete)
    #expect(list.reading.note == list.error?.problem)
    #expect(!"\(list)".contains(RefusalTests.token))
  }

  @Test("the text of a refusal is cut after 300 characters")
  func longText() async throws {
    let list = try await ask(.page(String(repeating: "ab ", count: 5000), type: "text/plain", status: 418))
    let text = String(repeating: "ab ", count: 100).dropLast() + "…"
    #expect(withoutPort(list.error?.problem) == "HOST answered 418: \(text)")
  }

  @Test("an answer that breaks off keeps what came before, and says so")
  func half() async throws {
    let list = try await ask(.json(#"{"runners":[{"id":"r1"},{"id":"r2"},{"id"#, ending: .cut))
    #expect(list.runners.map(\.id) == ["r1", "r2"])
    #expect(withoutPort(list.reading.note) == "the answer of HOST was cut off after 40 bytes")
    #expect(list.reading.rows == 2 && !list.reading.isComplete)
  }

  @Test("an answer beyond the limit is refused")
  func tooLarge() async throws {
    var limits = LiveLimits()
    limits.bodyBytes = 1024
    let list = try await ask(.json(#"{"runners":[]}"# + String(repeating: " ", count: 1011)), limits: limits)
    #expect(withoutPort(list.error?.problem) == "the answer of HOST is larger than 1 KiB")
    #expect(try await ask(.json(#"{"runners":[]}"# + String(repeating: " ", count: 1010)), limits: limits).error == nil)
  }

  @Test("silence is an error after the time that is allowed for it")
  func silence() async throws {
    var limits = LiveLimits()
    limits.readSeconds = 10
    let list = try await ask(.json(#"{"runners":[{"id":"r1"},"#, ending: .silent), limits: limits)
    #expect(withoutPort(list.error?.problem) == "HOST sent nothing for 10 s")
    #expect(list.runners.map(\.id) == ["r1"])
  }

  @Test("a port where nothing listens, an unknown host and a server without TLS are told apart")
  func connections() async throws {
    func problem(_ base: String) async throws -> String? {
      let door = try AnswerDoor.live(base: base, version: "1")
      let list = try await source(door).fetchRunners()
      await door.close()
      return withoutPort(list.error?.problem)
    }
    let gone = try await withServer { _ in
      Reply()
    } _: {
      $0
    }
    let plain = try await withRawServer { caller in
      _ = caller.receive(atMost: 1000)
      caller.answer("{}", status: "400 Bad Request")
    } _: { server in
      try await problem("https://127.0.0.1:\(server.port)/v1")
    }
    #expect(plain?.hasPrefix("no secure connection to HOST: ") == true)
    #expect(try await problem(gone) == "nothing listens at HOST (connection refused)")
    #expect(
      try await problem("https://no-such-host.invalid/v1") == "no such host: no-such-host.invalid:443")
  }
}
