import Foundation
import Harvest
import Runs
import Testing

/// What every source does, whatever the vendor and whatever the door; a new vendor adds its cases here.
@Suite(.timeLimit(.minutes(2))) struct RunnerSourceContractTests {
  enum Way: String, CaseIterable {
    case nodionLive
    case nodionDirectory
  }

  /// A source whose runner list is `runners` and whose only runner with runs has `runs`.
  private func withSource<Result: Sendable>(
    _ way: Way, runners: String = Bodies.runners, runs: String = Bodies.runs,
    _ use: (any RunnerSource) async throws -> Result
  ) async throws -> Result {
    switch way {
    case .nodionLive:
      try await withLiveDoor { asked in
        switch asked.path {
        case "/v1/runners": .json(runners)
        case "/v1/runners/\(Bodies.runnerID)/runs": .json(runs)
        default: .json(#"{"status":404,"error":"Not Found"}"#, status: 404)
        }
      } _: { door in
        try await use(NodionSource(door: door, token: Secret("test-token")))
      }
    case .nodionDirectory:
      try await withFolder { folder in
        try Data(runners.utf8).write(to: folder.appending(path: "runners.json"))
        try Data(runs.utf8).write(to: folder.appending(path: "runs/\(Bodies.runnerID).json"))
        return try await use(NodionSource(door: .directory(folder, chunkSize: 10)))
      }
    }
  }

  @Test("the documented answers give the documented values", arguments: Way.allCases)
  func documented(way: Way) async throws {
    try await withSource(way) { source in
      let reading = ResourceReading(resource: .runners, requests: 1, rows: 1, isComplete: true)
      let list = try await source.fetchRunners()
      #expect(list == RunnerList(runners: [try Bodies.runner()], reading: reading))

      let (batches, runsReading) = try await collectRuns(source, of: Bodies.runnerID)
      #expect(batches == [try Bodies.runRecords()])
      #expect(
        runsReading
          == ResourceReading(resource: .runs(runner: Bodies.runnerID), requests: 1, rows: 2, isComplete: true))
    }
  }

  @Test("empty lists are complete", arguments: Way.allCases)
  func empty(way: Way) async throws {
    try await withSource(way, runners: #"{"runners":[]}"#, runs: #"{"runs":[]}"#) { source in
      let reading = ResourceReading(resource: .runners, requests: 1, rows: 0, isComplete: true)
      let list = try await source.fetchRunners()
      #expect(list == RunnerList(runners: [], reading: reading))
      let (batches, runsReading) = try await collectRuns(source, of: Bodies.runnerID)
      #expect(batches.isEmpty && runsReading.isComplete)
    }
  }

  @Test("runs come in batches of the size asked for, in order", arguments: Way.allCases)
  func batches(way: Way) async throws {
    let ids = (1...25).map(String.init)
    let runs = "{\"runs\":[" + ids.map { #"{"id":"\#($0)","status":"pending"}"# }.joined(separator: ",") + "]}"
    try await withSource(way, runs: runs) { source in
      let (batches, _) = try await collectRuns(source, of: Bodies.runnerID, batchSize: 10)
      #expect(batches.map(\.count) == [10, 10, 5])
      #expect(batches.flatMap { $0.map(\.id) } == ids)
    }
  }

  @Test(
    "a run list that breaks in the middle keeps its batches and says that it is not complete", arguments: Way.allCases)
  func broken(way: Way) async throws {
    let runs = #"{"runs":[{"id":"1","status":"failed"},{"id":"2","status":"failed"}] oops"#
    try await withSource(way, runs: runs) { source in
      let (batches, reading) = try await collectRuns(source, of: Bodies.runnerID, batchSize: 1)
      #expect(batches.flatMap { $0.map(\.id) } == ["1", "2"])
      #expect(reading.rows == 2 && !reading.isComplete)
      #expect(reading.note?.hasSuffix("broken JSON (at byte 68)") == true)
    }
  }

  @Test("a runner without a list is a reading, not an error", arguments: Way.allCases)
  func missing(way: Way) async throws {
    try await withSource(way) { source in
      let (batches, reading) = try await collectRuns(source, of: "r9")
      #expect(batches.isEmpty && !reading.isComplete && reading.note != nil)
      #expect(reading.resource == .runs(runner: "r9"))
    }
  }

  private struct Full: Error {}

  @Test("what the saver throws comes out, and nothing more is read", arguments: Way.allCases)
  func saverFails(way: Way) async throws {
    try await withSource(way) { source in
      var calls = 0
      await #expect(throws: Full.self) {
        _ = try await source.fetchRuns(of: Bodies.runnerID, batchSize: 1) { _ in
          calls += 1
          throw Full()
        }
      }
      #expect(calls == 1)
    }
  }
}
