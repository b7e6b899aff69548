import Foundation
import Harvest
import Runs
import Testing

@testable import runtally

/// The log that programs read.
@Suite struct JSONLogTests {
  @Test("a line is an object with time, level, message, source and figures, and no secret in any of them")
  func line() throws {
    let log = JSONLog(redactor: Redactor([Secret("s3cret-token")]), clock: { Instant(milliseconds: 1_767_225_600_250) })
    let facts = LogFacts(
      level: .warning, source: "a s3cret-token", figures: [("runs", .integer(3)), ("at", .text("s3cret-token"))])
    #expect(
      log.line("two\nlines \"s3cret-token\" \u{1B}[1m\u{2028}", facts)
        == #"{"time":"2026-01-01T00:00:00.250Z","level":"warning","message":"two\nlines \"<redacted>\" \u001b[1m\u2028","#
        + #""source":"a <redacted>","runs":3,"at":"<redacted>"}"#)
    #expect(
      log.line("", LogFacts())
        == #"{"time":"2026-01-01T00:00:00.250Z","level":"info","message":""}"#)
  }

  @Test("every line of a harvest is an object, also of one that fails")
  func harvest() async throws {
    let place = try Workplace()
    try place.configure()
    let finished = try await place.run("harvest", "--log-format", "json", environment: [:])
    #expect(finished.exitCode != 0)
    let lines = finished.err.split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(["info", "warning", "error"].contains(object["level"] as? String))
      #expect(object["time"] is String && object["message"] is String)
    }
  }
}
