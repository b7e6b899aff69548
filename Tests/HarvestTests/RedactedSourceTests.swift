import Foundation
import Harvest
import Runs
import Testing

/// What a vendor echoes goes no further, in whatever field it stands.
@Suite struct RedactedSourceTests {
  private static let key = "s3cr3t-key"
  private static let other = "an0ther-s0urce"

  private func make(
    runners: String, runs: [String: String] = [:]
  ) -> RedactedSource {
    var bodies = ["/runners": runners]
    for (id, body) in runs { bodies["/runners/\(id)/runs"] = body }
    return RedactedSource(
      NodionSource(door: .memory(bodies), token: Secret(Self.key)),
      redactor: Redactor([Secret(Self.key), Secret(Self.other)]))
  }

  @Test("no text of a runner holds a secret, whatever field it stands in")
  func runners() async throws {
    let key = Self.key
    let list = try await make(
      runners: """
        {"runners":[{"id":"r-\(key)","name":"n \(key)","status":"\(key)","image_name":"\(key)","image_tag":"\(key)",
        "region":{"id":"\(key)","slug":"\(key)","name":"\(key)"},
        "instance_type":{"id":"\(key)","name":"\(key)","slug":"\(key)","cpu":"\(key)","mem":"\(key)",
        "price_month":"\(key)"}}]}
        """
    ).fetchRunners()
    let blank = "<redacted>"
    #expect(list.runners.map(\.id) == ["r-" + blank] && list.runners.map(\.name) == ["n " + blank])
    #expect(list.runners.map(\.image) == [blank + ":" + blank])
    #expect(!"\(list)".contains(key))
  }

  @Test("nor does one of a vendor that tells labels, a kind and a version")
  func otherFields() async throws {
    let key = Self.key
    let redactor = Redactor([Secret(key)])
    let mesh = AgentsMeshSource(
      door: .memory([
        "/runners": #"{"runners":[{"id":1,"node_id":"\#(key)","labels":["a","\#(key)"],"runner_version":"\#(key)"}]}"#
      ]), key: Secret("another-one"), clock: { Instant(milliseconds: 1_767_225_600_000) })
    let runners = try await RedactedSource(mesh, redactor: redactor).fetchRunners()
    #expect(runners.runners.map(\.labels) == [["a", "<redacted>"]])
    #expect(runners.runners.map(\.version) == ["<redacted>"])
    #expect(!"\(runners)".contains(key))
    let soda = SodaSource(
      door: .memory([
        "/runners":
          #"{"content":[{"id":"1","name":"n","label":"\#(key)","type":"\#(key)","versions":{"agent":"\#(key)"}}]}"#
      ]))
    let agents = try await RedactedSource(soda, redactor: redactor).fetchRunners()
    #expect(agents.runners.map(\.labels) == [["<redacted>"]])
    #expect(agents.runners.map(\.kind) == ["<redacted>"])
    #expect(agents.runners.map(\.version) == ["<redacted>"])
    #expect(!"\(agents)".contains(key))
  }

  @Test("a runner whose id holds a secret is asked for by its own id, and told by the other")
  func runnerID() async throws {
    let source = make(
      runners: #"{"runners":[{"id":"r-\#(Self.key)"}]}"#,
      runs: ["r-" + Self.key: #"{"runs":[{"id":"1-\#(Self.key)","status":"\#(Self.key)"}]}"#])
    _ = try await source.fetchRunners()
    let (batches, reading) = try await collectRuns(source, of: "r-<redacted>")
    #expect(batches == [[RunRecord(id: "1-<redacted>", status: "<redacted>")]])
    #expect(
      reading
        == ResourceReading(resource: .runs(runner: "r-<redacted>"), requests: 1, rows: 1, isComplete: true))
  }

  @Test("the key of another source is shown in no error either")
  func otherSource() async throws {
    let source = RedactedSource(
      NodionSource(
        door: AnswerDoor { _ in
          let place = HarvestError.Place.service(
            address: "https://api.example.com/\(Self.other)", host: "api.example.com", port: nil)
          let body = AnswerBody(from: place, open: { { nil } })
          return Answer(
            status: 302, headers: ["location": "https://elsewhere/\(Self.other)"], body: body, place: place)
        }, token: Secret(Self.key)),
      redactor: Redactor([Secret(Self.key), Secret(Self.other)]))
    let list = try await source.fetchRunners()
    #expect(
      list.error?.problem == "api.example.com redirects to https://elsewhere/<redacted> (302); a key is never sent on")
    #expect(!"\(list)".contains(Self.other))
  }
}
