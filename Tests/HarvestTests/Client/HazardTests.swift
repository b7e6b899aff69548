import Foundation
import Harvest
import Runs
import Testing

/// The rest of what a client must survive, on a real server.
@Suite(.timeLimit(.minutes(60))) struct HazardTests {
  private func ask(_ reply: Reply, limits: LiveLimits = LiveLimits()) async throws -> RunnerList {
    try await withLiveDoor(limits: limits) { _ in
      reply
    } _: { door in
      try await NodionSource(door: door, token: Secret("test-token"), tokenName: "NODION_TOKEN").fetchRunners()
    }
  }

  @Test("hazard 19: a huge list without pages streams through in batches, one at a time")
  func huge() async throws {
    // About 8 MB, in 100 chunks.
    let run = #"{"id":"00000000-0000-0000-0000-000000000000","status":"succeeded","command":null},"#
    let chunk = Array(String(repeating: run, count: 1000).utf8)
    let last = Array(#"{"id":"last","status":"pending"}]}"#.utf8)
    let reply = Reply(chunks: [Array(#"{"runs":["#.utf8)] + Array(repeating: chunk, count: 100) + [last])
    let (largest, reading) = try await withLiveDoor { _ in
      reply
    } _: { door in
      var largest = 0
      let reading = try await NodionSource(door: door).fetchRuns(of: "r", batchSize: 1000) {
        largest = max(largest, $0.count)
      }
      return (largest, reading)
    }
    #expect(largest == 1000)
    #expect(
      reading == ResourceReading(resource: .runs(runner: "r"), requests: 1, rows: 100_001, isComplete: true))
  }

  @Test("hazard 19: a list beyond the limit is refused, and what came before it is kept")
  func limited() async throws {
    let chunks = [#"{"runners":[{"id":"a"},"#, #"{"id":"b"}]}"#].map { Array($0.utf8) }
    let place = HarvestError.Place.file(path: "list")
    let door = AnswerDoor { _ in
      Answer(
        body: AnswerBody(from: place, limit: 30) {
          var rest = chunks[...]
          return { rest.popFirst() }
        }, place: place)
    }
    let list = try await NodionSource(door: door).fetchRunners()
    #expect(list.runners.map(\.id) == ["a"])
    #expect(list.reading.note == "list is larger than 30 bytes")
  }

  private static let refusals: [(Reply, String)] = [
    (.refusal(422, #"{"errors":["Name is too short","Name is odd"]}"#), "422: Name is too short; Name is odd"),
    (.refusal(422, #"{"errors":[{"message":"no such field","path":["x"]}]}"#), "422: no such field"),
    (
      .refusal(400, #"{"errors":["Error {\"error\": \"Duplicate record for test-token\"}"]}"#),
      "400: Error: Duplicate record for <redacted>"
    ),
    (.refusal(400, #"{"status": 400, "error": "Bad Request"}"#), "400: Bad Request"),
    (.refusal(400, #"{"error":"Invalid runner ID","code":"INVALID_INPUT"}"#), "400: Invalid runner ID"),
    (.refusal(400, #"{"code":"x","message":"size must be at least 10"}"#), "400: size must be at least 10"),
    (.refusal(400, #"{"code":"bad_size"}"#), "400: bad_size"),
    (.refusal(400, #"{"error":{"code":7,"message":"nested"}}"#), "400: nested"),
    (.refusal(400, #""just a text""#), "400: just a text"),
    (.refusal(400, "{}"), "400"), (.refusal(400, ""), "400"), (.refusal(400, #"{"errors":[],"error":null}"#), "400"),
    (.page("no\u{1B}[31m\r\nway", type: "text/plain", status: 400), "400: no [31m way"),
    (
      .page("<html>\n<head><TITLE>\n502 Bad Gateway</TITLE></head>", type: "text/html", status: 418),
      "418: 502 Bad Gateway (an HTML page)"
    ),
    (.page("<html><body>no", type: "text/html", status: 418), "418: (an HTML page)"),
    (
      .refusal(400, #"{"message":"ask jane.doe+runs@mail.example.com for image@sha256:1"}"#),
      "400: ask <e-mail> for image@sha256:1"
    ),
    (
      .page(String(repeating: "[", count: 9000), type: "text/plain", status: 400),
      "400: " + String(repeating: "[", count: 299) + "…"
    ),
  ]

  @Test("hazard 24: the text of a refusal is found in every form of body", arguments: refusals.indices)
  func errorBodies(index: Int) async throws {
    let (reply, text) = HazardTests.refusals[index]
    #expect(withoutPort(try await ask(reply).error?.problem) == "HOST answered " + text)
  }

  @Test(
    "hazard 24: why a key was refused is told in the vendor's words, where they say more than the number",
    arguments: [
      (
        401, #"{"error":"API key has expired","code":"API_KEY_EXPIRED"}"#,
        "the vendor refused the key (401 from HOST): API key has expired"
      ),
      (401, #"{"error":"Unauthorized"}"#, "the vendor refused the key (401 from HOST)"),
      (
        403, #"{"error":"Insufficient scope","code":"INSUFFICIENT_SCOPE","required_scopes":["runners:read"]}"#,
        "the key may not read http://HOST/v1/runners (403): Insufficient scope"
      ),
      (
        404, #"{"error":"Organization not found","code":"RESOURCE_NOT_FOUND"}"#,
        "there is nothing at http://HOST/v1/runners (404): Organization not found"
      ),
      (404, "404 page not found", "there is nothing at http://HOST/v1/runners (404)"),
      (404, #"{"status": 404, "error": "Not Found"}"#, "there is nothing at http://HOST/v1/runners (404)"),
    ])
  func keyRefused(status: Int, body: String, problem: String) async throws {
    #expect(withoutPort(try await ask(.refusal(status, body)).error?.problem) == problem)
  }

  @Test("hazard 27: no redirect is followed, to no host, so no key is sent on", arguments: [301, 302, 303, 307, 308])
  func redirects(status: Int) async throws {
    let (asked, record) = AsyncStream.makeStream(of: String.self)
    let note = try await withServer { other in
      record.yield(other.path)
      return .runners(["stolen"])
    } _: { other in
      try await withLiveDoor { _ in
        Reply(status: status, headers: ["Location": other + "/runners"])
      } _: { door in
        try await NodionSource(door: door, token: Secret("test-token")).fetchRunners().reading.note
      }
    }
    record.finish()
    #expect(withoutPort(note) == "HOST redirects to http://HOST/v1/runners (\(status)); a key is never sent on")
    #expect(await asked.reduce(0) { count, _ in count + 1 } == 0)
  }

  @Test("hazard 27: a slash at the end of the url does not become two")
  func slash() async throws {
    let (asked, record) = AsyncStream.makeStream(of: String.self)
    try await withServer { request in
      record.yield(request.path)
      return .runners([])
    } _: { base in
      let door = try AnswerDoor.live(base: base + "/", version: "1")
      _ = try await NodionSource(door: door).fetchRunners()
      await door.close()
    }
    #expect(await asked.first { _ in true } == "/v1/runners")
  }

  @Test("hazard 28: a row that comes twice is handed on twice, for the ledger to know it again")
  func duplicates() async throws {
    let (batches, reading) = try await withLiveDoor { _ in
      .runs(["1", "2", "1"])
    } _: { door in
      try await collectRuns(NodionSource(door: door), of: "r")
    }
    #expect(batches.map { $0.map(\.id) } == [["1", "2", "1"]])
    #expect(reading.isComplete && reading.rows == 3)
  }

  @Test(
    "hazard 32: a key never travels over plain http to another machine",
    arguments: [
      "http://api.example.com/v1", "http://127.0.0.1.example.com/v1", "http://localhost.example.com", "http://10.0.0.1",
      "http://127.1/v1", "http://[2001:db8::1]/",
    ])
  func cleartext(base: String) async throws {
    let door = try AnswerDoor.live(base: base, version: "1")
    let list = try await NodionSource(door: door, token: Secret("test-token")).fetchRunners()
    await door.close()
    let host = try #require(URL(string: base)?.host())
    #expect(
      list.error?.description
        == "could not be read: the key would be sent to \(host):80 over plain http, for everyone on the way to read\n"
        + "set the source's url to https, or allow plain http for it if every machine between is yours")
    #expect(list.reading.requests == 1)
  }

  @Test("a key may travel to this very machine, to anywhere by https, and in the clear where that is allowed")
  func allowed() async throws {
    func reason(_ base: String, allows: Bool = false, token: String? = "test-token") async throws
      -> HarvestError.Reason?
    {
      let door = try AnswerDoor.live(base: base, version: "1", allowsCleartext: allows)
      let list = try await NodionSource(door: door, token: token.map { Secret($0) }).fetchRunners()
      await door.close()
      return list.error?.reason
    }
    // Port 9 is where nothing listens; that was found out, so the request was on its way.
    for base in ["http://localhost:9", "http://127.0.0.1:9", "http://127.9.9.9:9", "http://[::1]:9"] {
      #expect(try await reason(base) != .cleartext, "\(base)")
    }
    #expect(try await reason("https://no-such-host.invalid") == .unknownHost)
    #expect(try await reason("http://no-such-host.invalid", allows: true) == .unknownHost)
    #expect(try await reason("http://no-such-host.invalid", token: nil) == .unknownHost)
  }
}
