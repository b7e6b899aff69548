import Foundation
import Harvest
import Runs
import Testing

@Suite(.timeLimit(.minutes(60))) struct DoorTests {
  private static func unpacked(_ base64: String) -> [UInt8] {
    Array(Data(base64Encoded: base64) ?? Data())
  }

  @Test("the live door asks for JSON with the key, the project and its own name")
  func headers() async throws {
    let (asked, record) = AsyncStream.makeStream(of: Asked.self)
    try await withLiveDoor { request in
      record.yield(request)
      return .json(#"{"runs":[]}"#)
    } _: { door in
      let source = NodionSource(door: door, token: Secret("test-token"), project: "p-1")
      _ = try await collectRuns(source, of: "a b/ü")
    }
    let request = await asked.first { _ in true }
    #expect(request?.path == "/v1/runners/a%20b%2F%C3%BC/runs")
    let expected = [
      "accept": "application/json", "accept-encoding": "gzip", "authorization": "Bearer test-token",
      "user-agent": "runtally/1.2.3", "x-nodion-project": "p-1",
    ]
    #expect(request?.headers.filter { expected[$0.key] != nil } == expected)
  }

  @Test("a packed answer is unpacked")
  func gzip() async throws {
    let packed = "H4sIAAAAAAACA6tWKirNy0stKlayiq5WykxRslIqMlTSUcpLzE0FsgMSk7NTU5RqY2sBzMxkqCkAAAA="
    let headers = ["Content-Type": "application/json", "Content-Encoding": "gzip"]
    let list = try await withLiveDoor { _ in
      Reply(headers: headers, chunks: [DoorTests.unpacked(packed)])
    } _: { door in
      try await NodionSource(door: door).fetchRunners()
    }
    #expect(list.runners == [RunnerRecord(id: "r1", name: "Packed")])
    #expect(list.reading.isComplete)
  }

  @Test("an answer that unpacks to far more than it is gets refused")
  func bomb() async throws {
    // {"runs":[ and 60,000 spaces.
    let packed =
      "H4sIAAAAAAACA+3BMQ0AIAwAMCtkMrCyYIEDwrXgHRscbSvWmTt6NgAA"
      + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIDPjPsA63KF6mvqAAA="
    let headers = ["Content-Type": "application/json", "Content-Encoding": "gzip"]
    let reading = try await withLiveDoor { _ in
      Reply(headers: headers, chunks: [DoorTests.unpacked(packed)])
    } _: { door in
      try await collectRuns(NodionSource(door: door), of: "r1").reading
    }
    let note = reading.note?.replacing(/127\.0\.0\.1:[0-9]+/, with: "HOST")
    #expect(note == "the answer of HOST unpacks to more than 200 times its size")
    #expect(!reading.isComplete)
  }

  @Test("a key with a line break is never sent, and never shown")
  func unsendable() async throws {
    let list = try await withLiveDoor { _ in
      .json(#"{"runners":[]}"#)
    } _: { door in
      let source = NodionSource(door: door, token: Secret("test-token\nX-Evil: 1"), tokenName: "NODION_TOKEN")
      return try await source.fetchRunners()
    }
    #expect(
      list.error?.description
        == "could not be read: the value of the header Authorization has a line break or another control "
        + "character\ncheck $NODION_TOKEN and the project of the source")
  }

  @Test("an id that leads up is not asked for", arguments: ["..", ".", ""])
  func liveIDs(id: String) async throws {
    let door = try AnswerDoor.live(base: "http://127.0.0.1:9/v1", version: "1")
    let (_, reading) = try await collectRuns(NodionSource(door: door), of: id)
    await door.close()
    #expect(reading.note == "the id \"\(id)\" cannot be part of a path")
  }

  @Test(
    "an id cannot lead out of the folder",
    arguments: ["..", ".", "", "../runners", "/etc/passwd", "a/b", "a\\b", "a\u{0}b", ".hidden", "a:b"])
  func directoryIDs(id: String) async throws {
    try await withFolder { folder in
      try Data(#"{"runs":[]}"#.utf8).write(to: folder.appending(path: "runners.json"))
      let (_, reading) = try await collectRuns(NodionSource(door: .directory(folder)), of: id)
      #expect(!reading.isComplete)
      #expect(reading.note?.hasSuffix("cannot be part of a path") == true)
    }
  }

  @Test("a missing file, a folder in its place and a cut one are named")
  func files() async throws {
    try await withFolder { folder in
      let source = NodionSource(door: .directory(folder))
      let path = folder.path(percentEncoded: false)
      #expect(try await source.fetchRunners().error?.problem == "there is no file \(path)/runners.json")

      try FileManager.default.createDirectory(
        at: folder.appending(path: "runs/r1.json"), withIntermediateDirectories: true)
      let (_, reading) = try await collectRuns(source, of: "r1")
      #expect(reading.note == "\(path)/runs/r1.json could not be opened: Is a directory")

      try Data(#"{"runs":[{"id":"1"},{"i"#.utf8).write(to: folder.appending(path: "runs/r2.json"))
      let (batches, cut) = try await collectRuns(source, of: "r2")
      #expect(batches == [[RunRecord(id: "1", status: "")]])
      #expect(
        cut
          == ResourceReading(
            resource: .runs(runner: "r2"), requests: 1, rows: 1, isComplete: false,
            note: "\(path)/runs/r2.json was cut off after 23 bytes"))
    }
  }
}
