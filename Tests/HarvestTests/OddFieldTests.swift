import Harvest
import Runs
import Testing

/// Fields that cannot be read, and instants that cannot be true, of every vendor: each costs itself and is told.
@Suite struct OddFieldTests {
  private static let visit = "2026-02-01T06:00:00Z"

  enum Vendor: String, CaseIterable {
    case nodion, mesh

    var list: String { self == .nodion ? "runs" : "pods" }
    var id: String { self == .nodion ? "id" : "pod_key" }
    var end: String { self == .nodion ? "completed_at" : "finished_at" }
    var done: String { self == .nodion ? "succeeded" : "completed" }
    var noun: String { String(list.dropLast()) }

    func source(_ door: AnswerDoor) throws -> any RunnerSource {
      let now = try Instant(rfc3339: OddFieldTests.visit)
      return self == .nodion ? NodionSource(door: door, clock: { now }) : AgentsMeshSource(door: door, clock: { now })
    }

    /// The runs of a list that holds elements with these fields.
    func read(_ fields: [String], date: String? = nil) async throws -> (runs: [RunRecord], reading: ResourceReading) {
      let elements = fields.enumerated().map { #"{"\#(id)":"\#($0 + 1)","status":"\#(done)"\#($1)}"# }
      let body = #"{"\#(list)":[\#(elements.joined(separator: ","))]}"#
      var door = AnswerDoor.memory(["/runners/r1/\(list)": body], chunkSize: 4096)
      if let date {
        let inner = door
        door = AnswerDoor { request in
          var answer = try await inner.fetch(request)
          answer.headers["date"] = date
          return answer
        }
      }
      let (batches, reading) = try await collectRuns(try source(door), of: "r1")
      return (batches.flatMap(\.self), reading)
    }
  }

  @Test(
    "an instant that was never set or stands for never is missing, and the list is complete",
    arguments: Vendor.allCases,
    [
      ("0001-01-01T00:00:00Z", "was never set", "0001-01-01T00:00:00.000Z "),
      ("1970-01-01T00:00:00Z", "was never set", "1970-01-01T00:00:00.000Z "),
      ("1999-12-31T23:59:59Z", "was never set", "1999-12-31T23:59:59.000Z "),
      ("0000-00-00T00:00:00Z", "was never set", ""),
      ("9999-12-31T23:59:59Z", "stands for never", ""),
      ("9000-01-01T00:00:00Z", "stands for never", "9000-01-01T00:00:00.000Z "),
    ])
  func unset(vendor: Vendor, odd: (text: String, why: String, shown: String)) async throws {
    let (runs, reading) = try await vendor.read([
      #","started_at":"2026-01-31T10:00:05Z","\#(vendor.end)":"\#(odd.text)","updated_at":"2026-01-31T10:30:00Z""#
    ])
    let (start, update) = (try Instant(rfc3339: "2026-01-31T10:00:05Z"), try Instant(rfc3339: "2026-01-31T10:30:00Z"))
    #expect(runs == [RunRecord(id: "1", status: vendor.done, startedAt: start, updatedAt: update).partlyRead])
    #expect(reading.isComplete)
    #expect(reading.note == "\(vendor.noun) 1: \(vendor.end) \(odd.shown)\(odd.why)")
  }

  @Test(
    "a start and an end ahead of the answer are missing; the last update tells then when a run ended",
    arguments: Vendor.allCases)
  func ahead(vendor: Vendor) async throws {
    let (runs, reading) = try await vendor.read([
      #","started_at":"2026-02-01T06:05:01Z""#,
      #","started_at":"2026-02-01T06:05:00Z","\#(vendor.end)":"2026-02-01T06:05:00Z""#,
      #","\#(vendor.end)":"2026-02-02T00:00:00Z","updated_at":"2026-01-31T10:30:00Z""#,
    ])
    let near = try Instant(rfc3339: "2026-02-01T06:05:00Z")
    #expect(
      runs == [
        RunRecord(id: "1", status: vendor.done).partlyRead,
        RunRecord(id: "2", status: vendor.done, startedAt: near, completedAt: near),
        RunRecord(id: "3", status: vendor.done, updatedAt: try Instant(rfc3339: "2026-01-31T10:30:00Z")).partlyRead,
      ])
    #expect(reading.isComplete)
    #expect(
      reading.note
        == "\(vendor.noun) 1: started_at 2026-02-01T06:05:01.000Z lies ahead of the answer; "
        + "\(vendor.noun) 3: \(vendor.end) 2026-02-02T00:00:00.000Z lies ahead of the answer")
  }

  @Test("ahead is measured by the answer's own date where that is later than the visit", arguments: Vendor.allCases)
  func date(vendor: Vendor) async throws {
    let field = #","started_at":"2026-02-01T09:00:00Z""#
    let (later, _) = try await vendor.read([field], date: "Sun, 01 Feb 2026 09:00:00 GMT")
    #expect(later.map(\.startedAt) == [try Instant(rfc3339: "2026-02-01T09:00:00Z")])
    let (earlier, _) = try await vendor.read([field], date: "Thu, 01 Jan 1970 00:00:00 GMT")
    #expect(earlier.map(\.startedAt) == [nil])
  }

  @Test("a field of any length that nobody reads is skipped", arguments: Vendor.allCases)
  func longFields(vendor: Vendor) async throws {
    let text = #","prompt":"\#(String(repeating: #"x\""#, count: 700_000))""#
    let list = #","env":[\#(Array(repeating: #"{"a":"}],"}"#, count: 100_000).joined(separator: ","))]"#
    let key = #","\#(String(repeating: "k", count: 100_000))":1"#
    let (runs, reading) = try await vendor.read(["", text + list, key, ""])
    #expect(runs == (1...4).map { RunRecord(id: "\($0)", status: vendor.done) })
    #expect(reading.isComplete && reading.note == nil)
  }

  @Test("a field that is read and too long is lost alone")
  func tooLong() async throws {
    for length in [5_000, 100_000] {
      let name = String(repeating: "n", count: length)
      let runners = #"{"runners":[{"id":"r1","name":"\#(name)","status":"idle"},{"id":"\#(name)"}]}"#
      let list = try await NodionSource(door: .memory(["/runners": runners], chunkSize: 4096)).fetchRunners()
      #expect(list.runners == [RunnerRecord(id: "r1", name: "r1", status: "idle").partlyRead])
      #expect(
        list.reading.note
          == "1 of 2 runners could not be understood: runner 2: id is too long; runner r1: name is too long")
    }
  }

  @Test("half a character in a name becomes U+FFFD, and the rest of the name is kept")
  func halfCharacters() async throws {
    let names = [
      (#"Deploy \ud83d"#, "Deploy \u{FFFD}"), (#"\udc00 a\ud83d\ude00"#, "\u{FFFD} a😀"),
      (#"\ud83d\n\u00e9"#, "\u{FFFD}\né"),
    ]
    let runners = names.enumerated().map { #"{"id":"\#($0)","name":"\#($1.0)"}"# }.joined(separator: ",")
    let list = try await NodionSource(door: .memory(["/runners": #"{"runners":[\#(runners)]}"#])).fetchRunners()
    #expect(list.runners.map(\.name) == names.map(\.1))
    #expect(list.reading.isComplete && list.reading.note == nil)
  }

  @Test("fields of a Nodion runner that no figure needs cost themselves, counted for each")
  func nodionRunner() async throws {
    let runners = [
      #"{"id":"1","region":"fra"}"#, #"{"id":"2","timeout_seconds":"3600s"}"#,
      #"{"id":"3","image_name":"x","image_tag":true}"#,
      #"{"id":"4","created_at":1764576000,"region":7}"#,
      #"{"id":"5","instance_type":{"id":"t","cpu":1e20,"mem":"512Mi","price_month":-1,"slug":{},"price_second":"0.1"}}"#,
    ]
    let body = #"{"runners":[\#(runners.joined(separator: ","))]}"#
    let list = try await NodionSource(door: .memory(["/runners": body])).fetchRunners()
    #expect(
      list.runners == [
        RunnerRecord(id: "1", name: "1").partlyRead, RunnerRecord(id: "2", name: "2").partlyRead,
        RunnerRecord(id: "3", name: "3", image: "x").partlyRead,
        RunnerRecord(id: "4", name: "4").partlyRead,
        RunnerRecord(
          id: "5", name: "5",
          instanceType: InstanceTypeRecord(id: "t", name: "t", memory: "512Mi", pricePerSecond: try Price("0.1"))
        ).partlyRead,
      ])
    #expect(
      list.reading
        == ResourceReading(
          resource: .runners, requests: 1, rows: 5, isComplete: true,
          note: "runner 1: region is not an object (and of 1 more); "
            + #"runner 2: timeout_seconds "3600s" is not a whole number; "#
            + "runner 3: image_tag is neither a text nor a number; runner 4: created_at is not a date and time; "
            + #"runner 5: instance_type.cpu "1e20" is no size; runner 5: instance_type.price_month "-1" is no size; "#
            + "and 1 more field"))
  }

  @Test("ids that only look alike are two")
  func ids() async throws {
    let ids = ["\u{E9}", "e\u{301}"]
    let rows = ids.map { (id: String) -> String in #"{"id":"\#(id)"}"# }
    let body = #"{"runners":[\#(rows.joined(separator: ","))]}"#
    let sink = ListSink()
    _ = try await harvest(
      source: NodionSource(
        door: .memory(["/runners": body, "/runners/\(ids[0])/runs": #"{"runs":[]}"#, "/runners/x": ""])), into: sink)
    #expect(await sink.closed.count == 3)
    let pods = ids.map { MeshBodies.makePod($0) }.joined(separator: ",")
    let mesh = AgentsMeshSource(
      door: .memory(["/runners/1/pods": #"{"pods":[\#(pods)],"total":2}"#]), clock: { Instant(milliseconds: 0) })
    let (batches, reading) = try await collectRuns(mesh, of: "1")
    #expect(batches.flatMap { $0.map { Array($0.id.utf8) } } == ids.map { Array($0.utf8) })
    #expect(reading.rows == 2)
  }
}
