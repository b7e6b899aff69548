import Foundation
import Runs
import Testing

@testable import Harvest

@Suite(.timeLimit(.minutes(60))) struct ArchiveTests {
  private static let redactor = Redactor([Secret("test-token")])
  private static let place = HarvestError.Place.service(
    address: "https://api.example.com/v1/runners", host: "api.example.com", port: nil)

  private func make(
    in folder: URL, source: String = "production", at text: String = "2026-01-05T05:00:00.000Z"
  ) throws -> AnswerArchive {
    try AnswerArchive.create(
      in: folder, source: source, vendor: "nodion", startedAt: try Instant(rfc3339: text))
  }

  private func files(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
  }

  /// What `zcat` would show of every answer, and the rest of the files as they are.
  private func everything(below folder: URL) throws -> String {
    var text = ""
    for case let file as URL in FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) ?? .init() {
      if file.pathExtension == "gz" {
        let reader = try GzipReader(file)
        for _ in 1...3 { text += String(decoding: try reader.member(), as: UTF8.self) }
      } else if let data = try? Data(contentsOf: file) {
        text += String(decoding: data, as: UTF8.self)
      }
      text += file.lastPathComponent
    }
    return text
  }

  private func door(_ body: String, status: Int = 200, type: String = "application/json") -> AnswerDoor {
    AnswerDoor { _ in
      Answer(
        status: status, headers: ["content-type": type, "set-cookie": "test-token"],
        body: AnswerBody(from: ArchiveTests.place, bytes: Array(body.utf8)), place: ArchiveTests.place)
    }
  }

  @Test("a saved answer is a head, the body as it came and an ending, each a line to zcat, whole or not there at all")
  func layout() async throws {
    try await withFolder { folder in
      let archive = try make(in: folder)
      let door = door(#"{"runners":[{"id":"a","prompt":"hi"}]}"# + "\n").saving(
        to: archive, redactor: Self.redactor, kept: VendorAPI.nodion.kept)
      let answer = try await door.fetch(
        AnswerRequest(["runners", "a/b"], query: [.init("page", "0")], headers: ["X-API-Key": Secret("test-token")]))
      var iterator = answer.body.makeAsyncIterator()
      // What was read is not changed; only what is saved is.
      #expect(try await iterator.next() == Array(#"{"runners":[{"id":"a","prompt":"hi"}]}"#.utf8) + [10])
      #expect(try files(in: archive.folder).allSatisfy { !$0.hasSuffix(".gz") })
      #expect(try await iterator.next() == nil)

      let names = try files(in: archive.folder)
      let name = try #require(names.last)
      #expect(names == ["manifest.json", name])
      #expect(name.wholeMatch(of: /runners_a-b-[0-9a-f]{16}\.1\.1\.gz/) != nil)
      let reader = try GzipReader(archive.folder.appending(path: name))
      let members = try (1...3).map { _ in String(decoding: try reader.member(), as: UTF8.self) }
      #expect(
        members == [
          #"{"headers":{"content-type":"application/json"},"place":{"service":"#
            + #"{"address":"https://api.example.com/v1/runners","host":"api.example.com"}},"#
            + #""request":"/runners/a%2Fb?page=0","status":200}"# + "\n",
          #"{"runners":[{"id":"a"              }]}"# + "\n", #"{"body":"whole"}"# + "\n",
        ])
    }
  }

  @Test("a manifest tells source, vendor and instants")
  func manifest() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "archive-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let archive = try make(in: folder)
    let file = folder.appending(path: "production/2026-01-05T05-00-00.000Z/manifest.json")
    func text() throws -> String { try String(contentsOf: file, encoding: .utf8) }
    #expect(
      try text() == """
        {
          "format" : 1,
          "source" : "production",
          "started_at" : "2026-01-05T05:00:00.000Z",
          "vendor" : "nodion"
        }

        """)
    #expect(try AnswerArchive.visits(in: folder).map(\.manifest) == [archive.manifest])
    try archive.finish(at: try Instant(rfc3339: "2026-01-05T05:00:07.500Z"))
    let visit = try #require(try AnswerArchive.visits(in: folder).first)
    #expect(visit.manifest.finishedAt == archive.manifest.startedAt.advanced(byMilliseconds: 7500))
    #expect(visit.manifest.source == "production" && visit.manifest.vendor == "nodion")
  }

  /// A visit whose answers are these, by what is asked for.
  private func save(_ bodies: [String: String], in folder: URL, at text: String) async throws -> AnswerArchive {
    let archive = try make(in: folder, at: text)
    for (name, body) in bodies {
      let door = AnswerDoor { _ in
        Answer(
          status: 200, headers: ["date": text], body: AnswerBody(from: ArchiveTests.place, bytes: Array(body.utf8)),
          place: ArchiveTests.place)
      }.saving(to: archive, redactor: Self.redactor, kept: VendorAPI.nodion.kept)
      for try await _ in try await door.fetch(AnswerRequest([name])).body {}
    }
    try archive.finish(at: archive.manifest.startedAt)
    return archive
  }

  private func told(_ archive: AnswerArchive, _ name: String) async throws -> String {
    let answer = try await AnswerDoor.replaying(archive).fetch(AnswerRequest([name]))
    var text = "\(answer.headers["date"] ?? "") "
    for try await piece in answer.body { text += String(decoding: piece, as: UTF8.self) }
    return text
  }

  @Test("an answer that says the same again costs a line, and is told with its own head; what changed is a copy")
  func same() async throws {
    try await withFolder { folder in
      let (one, other) = (#"{"runners":[{"id":"a"}]}"#, #"{"runners":[{"id":"b"}]}"#)
      let days = (5...7).map { "2026-01-0\($0)T05:00:00.000Z" }
      let visits = [
        try await save(["x": one, "y": one], in: folder, at: days[0]),
        try await save(["x": one, "y": other], in: folder, at: days[1]),
        try await save(["x": one, "y": other], in: folder, at: days[2]),
      ]
      func kinds(_ visit: AnswerArchive) throws -> [String] { try files(in: visit.folder).map { String($0.prefix(2)) } }
      #expect(try kinds(visits[0]) == ["ma", "x-", "y-"])
      #expect(try kinds(visits[1]) == ["ma", "sa", "y-"])
      #expect(try kinds(visits[2]) == ["ma", "sa"])
      for (visit, day) in zip(visits, days) { #expect(try await told(visit, "x") == "\(day) \(one)") }
      #expect(try await told(visits[0], "y") == "\(days[0]) \(one)")
      #expect(try await told(visits[2], "y") == "\(days[2]) \(other)")

      // The oldest has the body that the others point to; the second is kept by the third's line only.
      try visits[2].prune(olderThan: .seconds(86_400 / 2), at: visits[2].manifest.startedAt)
      #expect(try AnswerArchive.visits(in: folder).map(\.manifest.startedAt) == [visits[2].manifest.startedAt])
      #expect(try kinds(visits[0]) == ["pr", "x-"])
      #expect(try kinds(visits[1]) == ["pr", "y-"])
      #expect(try await told(visits[2], "x") == "\(days[2]) \(one)")
      #expect(try await told(visits[2], "y") == "\(days[2]) \(other)")

      // When nothing points there any more, all of it goes, but for what somebody else has put there.
      try Data("mine".utf8).write(to: visits[1].folder.appending(path: "notes.txt"))
      let last = try await save(["x": other, "y": one], in: folder, at: "2026-01-08T05:00:00.000Z")
      try last.prune(olderThan: .seconds(60), at: last.manifest.startedAt)
      #expect(try files(in: visits[2].folder.deletingLastPathComponent()).count == 2)
      #expect(try files(in: visits[1].folder) == ["notes.txt"])
      #expect(try await told(last, "y") == "2026-01-08T05:00:00.000Z \(one)")
    }
  }

  @Test("a line that leads out of the folder of its source is damage")
  func leading() async throws {
    try await withFolder { folder in
      let visit = try make(in: folder)
      let line = #"{"file":"x-1.1.1.gz","visit":"../../etc","head":{"request":"/x","place":{"file":{"path":"x"}}}}"#
      try Data(line.utf8).write(to: visit.folder.appending(path: "same.jsonl"))
      await #expect(throws: ArchiveError.self) { try await told(visit, "x") }
    }
  }

  @Test("many visits lie side by side and are listed in the order of time, odd names and equal instants among them")
  func visits() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "archive-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let names = [
      ("b", "2026-01-07T05:00:00Z"), ("a", "2026-01-05T05:00:00Z"), ("../ü /b", "2026-01-06T05:00:00Z"),
      ("a", "2026-01-05T05:00:00Z"), (".", "2026-01-08T05:00:00Z"),
    ]
    let made = try names.map { try make(in: folder, source: $0.0, at: $0.1) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "a/notes"), withIntermediateDirectories: false)
    let visits = try AnswerArchive.visits(in: folder)
    #expect(visits.map { $0.folder.path() } == [1, 3, 2, 0, 4].map { made[$0].folder.path() })
    #expect(visits.map(\.manifest.source) == ["a", "a", "../ü /b", "b", "."])
    #expect(
      try files(in: folder)
        == ["%2E", "..%2F%C3%BC%20%2Fb", "a", "b"].map { $0.replacing("..", with: "%2E.") }.sorted())
  }

  @Test("no secret, no prompt, no command, no address and no e-mail of an answer is saved")
  func secrets() async throws {
    try await withFolder { folder in
      let archive = try make(in: folder)
      let bodies: [(String, Int, String)] = [
        (
          #"{"runs":[{"id":"1","command":"rm x-9","argv":["x-9"],"prompt":"x-9","env_variables":[{"env_val":"x-9"}]}]}"#,
          200, "application/json"
        ),
        (
          #"{"runs":[{"created_by":{"email":"x-9@a.de"},"name":"test-token","sandbox_path":"/x-9"}]}"#, 200,
          "text/plain"
        ),
        ("<html>test-token, Basic dGVzdC10b2tlbg==, x-9@example.com", 200, "text/html"),
        ("plain test-token and x-9@example.com", 200, "application/json"),
        (#"{"error":"test-token of x-9@example.com","apiKey":"x-9"}"#, 403, "application/json"),
      ]
      for (index, (body, status, type)) in bodies.enumerated() {
        let door = door(body, status: status, type: type).saving(
          to: archive, redactor: Self.redactor, kept: VendorAPI.nodion.kept)
        for try await _ in try await door.fetch(AnswerRequest(["\(index)"])).body {}
      }
      let broken = AnswerDoor { _ in
        throw HarvestError(.connectionFailed("test-token x-9@a.de"), at: ArchiveTests.place)
      }
      await #expect(throws: HarvestError.self) {
        try await broken.saving(to: archive, redactor: Self.redactor, kept: VendorAPI.nodion.kept).fetch(
          AnswerRequest(["broken"]))
      }
      let text = try everything(below: archive.folder)
      #expect(text.contains("<redacted>") && text.contains("<e-mail>"))
      for secret in ["test-token", "x-9", "dGVzdC10b2tlbg", "rm "] { #expect(!text.contains(secret), "\(secret)") }
      #expect(try files(in: archive.folder).count == 7)
    }
  }

  @Test("what is too large for memory is saved and replayed piece by piece")
  func large() async throws {
    try await withFolder { folder in
      let archive = try make(in: folder)
      let run = #"{"id":"00000000-0000-0000-0000-000000000000","status":"succeeded","command":"ls"},"#
      let chunk = Array(String(repeating: run, count: 800).utf8)
      let inner = AnswerDoor { _ in
        let body = AnswerBody(from: ArchiveTests.place) {
          var left = 102
          return {
            left -= 1
            return left == 101
              ? Array(#"{"runs":["#.utf8) : left > 0 ? chunk : left == 0 ? Array(#"{"id":"1"}]}"#.utf8) : nil
          }
        }
        return Answer(body: body, place: ArchiveTests.place)
      }
      let saved = try await collectRuns(
        NodionSource(door: inner.saving(to: archive, redactor: Self.redactor, kept: VendorAPI.nodion.kept)), of: "r"
      ).reading
      let replayed = try await collectRuns(NodionSource(door: .replaying(archive)), of: "r").reading
      #expect(saved == ResourceReading(resource: .runs(runner: "r"), requests: 1, rows: 80_001, isComplete: true))
      #expect(replayed == saved)
      var largest = 0
      for try await piece in try await AnswerDoor.replaying(archive).fetch(AnswerRequest(["runners", "r", "runs"])).body
      {
        largest = max(largest, piece.count)
      }
      #expect(largest <= 65_536)
    }
  }

  @Test("an answer that was not saved, was not read to its end or is damaged is told as such")
  func missing() async throws {
    try await withFolder { folder in
      let archive = try make(in: folder)
      let path = archive.path
      let first = try await NodionSource(door: .replaying(archive)).fetchRunners()
      #expect(first.error?.problem == "no answer to /runners was saved in \(path)")

      let halves = AnswerDoor { _ in
        let body = AnswerBody(from: ArchiveTests.place) {
          var rest = [#"{"runners":[{"id":"a"},"#, #"{"id":"b"}]}"#][...]
          return { rest.popFirst().map { Array($0.utf8) } }
        }
        return Answer(body: body, place: ArchiveTests.place)
      }
      do {
        var body = try await halves.saving(to: archive, redactor: Self.redactor, kept: VendorAPI.nodion.kept).fetch(
          AnswerRequest(["runners"])
        )
        .body.makeAsyncIterator()
        _ = try await body.next()
      }
      let door = AnswerDoor.replaying(archive)
      let half = try await NodionSource(door: door).fetchRunners()
      #expect(half.runners.map(\.id) == ["a"])
      #expect(half.error?.problem.hasSuffix("could not be opened: the rest was not read when it was saved") == true)
      // The visit asked for it once.
      #expect(
        try await NodionSource(door: door).fetchRunners().error?.problem == "no answer to /runners was saved in \(path)"
      )

      let file = try #require(try files(in: archive.folder).first { $0.hasSuffix(".gz") })
      try Data("no gzip".utf8).write(to: archive.folder.appending(path: file))
      await #expect(throws: ArchiveError.damaged(path: archive.folder.appending(path: file).path())) {
        _ = try await NodionSource(door: .replaying(archive)).fetchRunners()
      }
    }
  }

  @Test("a harvest stops when its answers cannot be saved, and says why")
  func cannotWrite() async throws {
    try await withFolder { folder in
      let archive = try make(in: folder)
      try FileManager.default.removeItem(at: archive.folder)
      let source = NodionSource(
        door: door(#"{"runners":[]}"#).saving(to: archive, redactor: Self.redactor, kept: VendorAPI.nodion.kept))
      let error = await #expect(throws: ArchiveError.self) { try await source.fetchRunners() }
      let description = try #require(error?.description)
      #expect(description.hasSuffix(": No such file or directory\nmake room, or save to another folder"))
      #expect(throws: ArchiveError.cannotRead(path: archive.path, reason: "No such file or directory")) {
        try AnswerArchive.visits(in: archive.folder)
      }
      try Data().write(to: folder.appending(path: "file"))
      let under = #expect(throws: ArchiveError.self) { try make(in: folder.appending(path: "file")) }
      #expect(under?.description.contains("cannot be saved to") == true)
    }
  }

  @Test("a manifest that is damaged or of a newer format is named")
  func manifests() async throws {
    try await withFolder { folder in
      let file = try make(in: folder).folder.appending(path: "manifest.json")
      try Data(#"{"format":2}"#.utf8).write(to: file)
      #expect(throws: ArchiveError.newer(path: file.path(percentEncoded: false), format: 2)) {
        try AnswerArchive.visits(in: folder)
      }
      try Data(#"{"format":1"#.utf8).write(to: file)
      #expect(throws: ArchiveError.damaged(path: file.path(percentEncoded: false))) {
        try AnswerArchive.visits(in: folder)
      }
    }
  }
}
