import Foundation
import Harvest
import Runs
import Testing

/// A server that never comes to the point is left after some bytes or some time.
@Suite(.timeLimit(.minutes(60))) struct EndlessHeadTests {
  private static let processing = "HTTP/1.1 102 Processing\r\n\r\n"
  private static let start = "HTTP/1.1 200 OK\r\n"
  private static let body = start + "Transfer-Encoding: chunked\r\n\r\ne\r\n{\"runners\":[]}\r\n0\r\n"

  /// What a server sends first, and then again and again.
  struct Talk: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var first = ""
    var again: String
  }

  private func problem(_ talk: Talk, pause: TimeInterval) async throws -> String? {
    var limits = LiveLimits()
    limits.readSeconds = 2
    let list = try await withRawDoor(limits: limits) { caller in
      guard caller.head() != nil, caller.say(talk.first) else { return }
      while caller.say(talk.again) { Thread.sleep(forTimeInterval: pause) }
    } _: { door in
      try await NodionSource(door: door).fetchRunners()
    }
    return withoutPort(list.error?.problem)
  }

  @Test(
    "what has no end is read up to a limit",
    arguments: [
      Talk(testDescription: "heads that promise another", again: String(repeating: processing, count: 100)),
      Talk(testDescription: "lines", first: start, again: String(repeating: "X-More: 1\r\n", count: 100)),
      Talk(
        testDescription: "long lines", first: start, again: "X-Long: \(String(repeating: "x", count: 60_000))\r\n"),
      Talk(
        testDescription: "lines behind a body", first: body, again: String(repeating: "X-More: 1\r\n", count: 100)),
    ])
  func fast(talk: Talk) async throws {
    #expect(try await problem(talk, pause: 0) == "the answer of HOST has more than 256 KiB of headers")
  }

  @Test(
    "what is no answer yet, or no more, does not break the silence",
    arguments: [
      Talk(testDescription: "heads that promise another", again: processing),
      Talk(testDescription: "lines", first: start, again: "X-More: 1\r\n"),
      Talk(testDescription: "a line", first: start + "X-", again: "x"),
      Talk(testDescription: "lines behind a body", first: body, again: "X-More: 1\r\n"),
    ])
  func slow(talk: Talk) async throws {
    #expect(try await problem(talk, pause: 0.25) == "HOST sent nothing for 2 s")
  }

  @Test("an answer after some that only say that it will come is read")
  func patience() async throws {
    let list = try await withRawDoor { caller in
      guard caller.head() != nil else { return }
      caller.say(Self.processing + "HTTP/1.1 103 Early Hints\r\nContent-Type: text/html\r\n\r\n")
      caller.answer(#"{"runners":[{"id":"a"}]}"#)
    } _: { door in
      try await NodionSource(door: door).fetchRunners()
    }
    #expect(list.runners.map(\.id) == ["a"])
  }
}
