import Foundation
import Runs
import Testing

@testable import Harvest

/// What every source does, whatever the vendor and whatever the door; a new vendor adds its cases here.
@Suite(.timeLimit(.minutes(60))) struct RunnerSourceContractTests {
  enum Way: String, CaseIterable {
    case nodionLive, nodionDirectory
    case meshLive, meshDirectory
    case sodaLive, sodaDirectory

    static let live = allCases.filter { !$0.isDirectory }
    static let withRuns = allCases.filter { $0.words.runs != nil }

    var isDirectory: Bool { rawValue.hasSuffix("Directory") }

    var words: VendorWords {
      switch self {
      case .nodionLive, .nodionDirectory: .nodion
      case .meshLive, .meshDirectory: .mesh
      case .sodaLive, .sodaDirectory: .soda
      }
    }

    /// The vendor's own, which says what is kept of its answers.
    var api: VendorAPI {
      switch self {
      case .nodionLive, .nodionDirectory: .nodion
      case .meshLive, .meshDirectory: .agentsMesh
      case .sodaLive, .sodaDirectory: .soda
      }
    }

    func source(_ door: AnswerDoor, now: Instant) -> any RunnerSource {
      let key = isDirectory ? nil : Secret("test-token")
      return switch self {
      case .nodionLive, .nodionDirectory: NodionSource(door: door, token: key, tokenName: "KEY")
      case .meshLive, .meshDirectory: AgentsMeshSource(door: door, key: key, keyName: "KEY", clock: { now })
      case .sodaLive, .sodaDirectory:
        SodaSource(door: door, key: key.map { SodaKey(id: Secret("test-id"), secret: $0) }, keyName: "KEY")
      }
    }
  }

  /// A source whose runner list is `runners` and whose only runner with runs has `runs`.
  private func withSource<Result: Sendable>(
    _ way: Way, runners: String? = nil, runs: String? = nil, refusal: Reply? = nil,
    _ use: (any RunnerSource) async throws -> Result
  ) async throws -> Result {
    let words = way.words
    let (runners, runs) = (runners ?? words.documentedRunners, runs ?? words.documentedRuns)
    let now = try Instant(rfc3339: MeshBodies.now)
    guard way.isDirectory else {
      return try await withLiveDoor(below: words.path) { asked in
        if let refusal { return refusal }
        return switch asked.path {
        case words.path + "/runners": .json(runners)
        case words.path + "/runners/\(words.runnerID)/\(words.runs ?? "runs")": .json(runs)
        default: .json(#"{"status":404,"error":"Not Found"}"#, status: 404)
        }
      } _: { door in
        try await use(way.source(door, now: now))
      }
    }
    return try await withFolder { folder in
      try Data(runners.utf8).write(to: folder.appending(path: "runners.json"))
      if let name = words.runs {
        try FileManager.default.createDirectory(
          at: folder.appending(path: name), withIntermediateDirectories: true)
        try Data(runs.utf8).write(to: folder.appending(path: "\(name)/\(words.runnerID).json"))
      }
      return try await use(way.source(.directory(folder, chunkSize: 10), now: now))
    }
  }

  @Test("the documented answers give the documented values", arguments: Way.allCases)
  func documented(way: Way) async throws {
    let words = way.words
    try await withSource(way) { source in
      let list = try await source.fetchRunners()
      #expect(
        list
          == RunnerList(
            runners: [try words.documentedRunner()],
            reading: ResourceReading(
              resource: .runners, requests: 1, rows: 1, claimed: words.runnersClaimed(1), isComplete: true)))

      guard words.runs != nil else { return }
      let (batches, reading) = try await collectRuns(source, of: words.runnerID)
      let expected = try words.documentedRunRecords()
      #expect(batches == [expected])
      #expect(
        reading
          == ResourceReading(
            resource: .runs(runner: words.runnerID), requests: 1, rows: expected.count,
            claimed: words.runsClaimed(expected.count), isComplete: true))
    }
  }

  @Test("what is saved of answers tells the same again, and holds nothing that is not read", arguments: Way.live)
  func saved(way: Way) async throws {
    let words = way.words
    let now = try Instant(rfc3339: MeshBodies.now)
    let more = #""owner":"jane@corp.example","notes":["ask bob@corp.example"],"private_key":"do-not-keep","#
    @Sendable func adding(_ body: String) -> String {
      // Into every object but the outermost, whose names are told in errors.
      "{" + body.trimmingCharacters(in: .whitespacesAndNewlines).dropFirst().replacing("{", with: "{" + more)
    }
    try await withFolder { folder in
      let archive = try AnswerArchive.create(
        in: folder, source: "s", vendor: way.api.id, startedAt: now)
      func lists(_ door: AnswerDoor) async throws -> (RunnerList, [[RunRecord]], ResourceReading?) {
        let source = way.source(door, now: now)
        let runners = try await source.fetchRunners()
        guard words.runs != nil else { return (runners, [], nil) }
        let (batches, reading) = try await collectRuns(source, of: words.runnerID)
        return (runners, batches, reading)
      }
      let lived = try await withLiveDoor(below: words.path) { asked in
        .json(adding(asked.path.hasSuffix("/runners") ? words.documentedRunners : words.documentedRuns))
      } _: { door in
        try await lists(
          door.saving(to: archive, redactor: Redactor([Secret("test-token")]), kept: way.api.kept))
      }
      let replayed = try await lists(.replaying(archive))
      #expect(lived.0 == replayed.0 && lived.1 == replayed.1 && lived.2 == replayed.2)
      #expect(lived.0.runners == [try words.documentedRunner()])
      for file in try FileManager.default.contentsOfDirectory(at: archive.folder, includingPropertiesForKeys: nil)
      where file.pathExtension == "gz" {
        let reader = try GzipReader(file)
        let text = try (1...3).map { _ in String(decoding: try reader.member(), as: UTF8.self) }.joined()
        for personal in ["@corp", "do-not-keep", "owner"] { #expect(!text.contains(personal), "\(text)") }
      }
    }
  }

  @Test("empty lists are complete", arguments: Way.allCases)
  func empty(way: Way) async throws {
    let words = way.words
    try await withSource(way, runners: words.runnerList([]), runs: words.runList([])) { source in
      let reading = ResourceReading(
        resource: .runners, requests: 1, rows: 0, claimed: words.runnersClaimed(0), isComplete: true)
      let list = try await source.fetchRunners()
      #expect(list == RunnerList(runners: [], reading: reading))
      guard words.runs != nil else { return }
      let (batches, runsReading) = try await collectRuns(source, of: words.runnerID)
      #expect(batches.isEmpty && runsReading.isComplete && runsReading.note == nil)
    }
  }

  @Test("a runner list that breaks in the middle keeps what came and says so", arguments: Way.allCases)
  func brokenRunners(way: Way) async throws {
    let whole = way.words.runnerList([#"{"id":"1"}"#, #"{"id":"2"}"#])
    let cut = String(whole.prefix(upTo: whole.range(of: #""2""#)?.lowerBound ?? whole.endIndex))
    try await withSource(way, runners: cut) { source in
      let list = try await source.fetchRunners()
      #expect(list.runners.map(\.id) == ["1"])
      #expect(list.reading.rows == 1 && !list.reading.isComplete)
      #expect(list.reading.note?.contains("was cut off after \(cut.utf8.count) bytes") == true)
      #expect(list.error?.reason == .cutOff(afterBytes: cut.utf8.count))
    }
  }

  @Test("a runner without an id is counted, and its neighbours are none the worse", arguments: Way.allCases)
  func runnerWithoutID(way: Way) async throws {
    let runners = way.words.runnerList([#"{"id":"1"}"#, #"{"name":"x"}"#, #"{"id":null}"#, #"{"id":"2"}"#])
    try await withSource(way, runners: runners) { source in
      let list = try await source.fetchRunners()
      #expect(list.runners.map(\.id) == ["1", "2"])
      #expect(list.reading.rows == 2 && list.reading.refused == 2)
      #expect(!list.reading.isComplete && list.error == nil)
      let note = "2 of 4 runners could not be understood: runner 2: has no id; runner 3: has no id"
      #expect(list.reading.note?.hasPrefix(note) == true)
    }
  }

  @Test("a refused key is told by its name, and never shown", arguments: Way.live)
  func refused(way: Way) async throws {
    let refusal = Reply.json(#"{"code":"401","error":"test-token, dGVzdC1pZDp0ZXN0LXRva2Vu"}"#, status: 401)
    try await withSource(way, refusal: refusal) { source in
      let list = try await source.fetchRunners()
      #expect(list.error?.reason == .unauthorized)
      #expect(list.error?.advice.hasPrefix("check $KEY, or create a key") == true)
      #expect(!"\(list)".contains("test-token"))
    }
    let failure = Reply.json(#"{"message":"test-token, dGVzdC1pZDp0ZXN0LXRva2Vu"}"#, status: 400)
    try await withSource(way, refusal: failure) { source in
      let list = try await source.fetchRunners()
      #expect(!"\(list)".contains("test-token"))
      #expect(list.error?.problem.contains("answered 400: <redacted>, ") == true)
    }
  }

  @Test("runs come in batches of the size asked for, in order", arguments: Way.withRuns)
  func batches(way: Way) async throws {
    let ids = (1...25).map(String.init)
    try await withSource(way, runs: way.words.runList(ids)) { source in
      let (batches, _) = try await collectRuns(source, of: way.words.runnerID, batchSize: 10)
      #expect(batches.map(\.count) == [10, 10, 5])
      #expect(batches.flatMap { $0.map(\.id) } == ids)
    }
  }

  @Test(
    "a run list that breaks in the middle keeps its batches and says that it is not complete",
    arguments: Way.withRuns)
  func broken(way: Way) async throws {
    let whole = way.words.runList(["1", "2"])
    let runs = whole.prefix(upTo: whole.lastIndex(of: "]") ?? whole.endIndex) + "] oops"
    try await withSource(way, runs: String(runs)) { source in
      let (batches, reading) = try await collectRuns(source, of: way.words.runnerID, batchSize: 1)
      #expect(batches.flatMap { $0.map(\.id) } == ["1", "2"])
      #expect(reading.rows == 2 && !reading.isComplete)
      #expect(reading.note?.hasSuffix("broken JSON (at byte \(runs.utf8.count - 4))") == true)
    }
  }

  @Test("a runner without a list is a reading, not an error", arguments: Way.withRuns)
  func missing(way: Way) async throws {
    try await withSource(way) { source in
      let (batches, reading) = try await collectRuns(source, of: "r9")
      #expect(batches.isEmpty && !reading.isComplete && reading.note != nil)
      #expect(reading.resource == .runs(runner: "r9"))
    }
  }

  private struct Full: Error {}

  @Test("what the saver throws comes out, and nothing more is read", arguments: Way.withRuns)
  func saverFails(way: Way) async throws {
    try await withSource(way) { source in
      var calls = 0
      await #expect(throws: Full.self) {
        _ = try await source.fetchRuns(of: way.words.runnerID, batchSize: 1) { _ in
          calls += 1
          throw Full()
        }
      }
      #expect(calls == 1)
    }
  }

  @Test("a vendor has runs, or says that it has none", arguments: Way.allCases)
  func hasRuns(way: Way) async throws {
    try await withSource(way) { source in
      #expect(source.hasRuns == (way.words.runs != nil))
      let sink = ListSink()
      let visit = try await harvest(source: source, into: sink)
      #expect(visit.isComplete)
      #expect(await sink.closed.map(\.resource).count == (source.hasRuns ? 2 : 1))
    }
  }
}
