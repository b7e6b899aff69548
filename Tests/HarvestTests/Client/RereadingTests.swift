import Foundation
import Harvest
import Runs
import Testing

/// A list that breaks in the middle of its body is read again from the start.
@Suite(.timeLimit(.minutes(60))) struct RereadingTests {
  private func read(
    _ replies: [Reply], batchSize: Int = 2, limits: LiveLimits = LiveLimits(), retries: RetryPolicy = RetryPolicy()
  ) async throws -> (batches: [[String]], reading: ResourceReading) {
    let script = Script(["/v1/runners/r/runs": replies])
    return try await withClient(script, retries: retries, limits: limits) { door in
      let (batches, reading) = try await collectRuns(NodionSource(door: door), of: "r", batchSize: batchSize)
      return (batches.map { $0.map(\.id) }, reading)
    }
  }

  private func reading(requests: Int, rows: Int, note: String? = nil) -> ResourceReading {
    ResourceReading(
      resource: .runs(runner: "r"), requests: requests, rows: rows, isComplete: note == nil, note: note)
  }

  @Test("hazard 13: batches come again, rows count once, and every attempt is a request")
  func again() async throws {
    let (batches, reading) = try await read([
      .runs(["1", "2", "3"], ending: .cut), .refusal(500), .runs(["1", "2", "3", "4", "5"]),
    ])
    #expect(batches == [["1", "2"], ["1", "2"], ["3", "4"], ["5"]])
    #expect(reading == self.reading(requests: 3, rows: 5))
  }

  @Test("a body that hangs in its middle is read again")
  func hanging() async throws {
    var limits = LiveLimits()
    limits.readSeconds = 4
    let (batches, reading) = try await read([.runs(["1"], ending: .silent), .runs(["1", "2"])], limits: limits)
    #expect(batches.last == ["1", "2"])
    // On a machine that stood still for so long the whole body hung too, and was read again.
    #expect(reading.requests >= 2)
    #expect(reading == self.reading(requests: reading.requests, rows: 2))
  }

  @Test("hazard 13: of attempts that all break off, the one that came furthest is kept")
  func furthest() async throws {
    let (batches, reading) = try await read(
      [.runs(["1", "2", "3"], ending: .cut), .runs(["1"], ending: .cut), .refusal(503)],
      retries: RetryPolicy(attempts: 3))
    #expect(batches == [["1", "2"], ["3"]])
    #expect(reading.rows == 3 && reading.requests == 3 && !reading.isComplete)
    #expect(withoutPort(reading.note) == "HOST answered 503 (after 3 attempts)")
  }

  @Test("nothing is read again when the saver fails")
  func saver() async throws {
    struct Full: Error {}
    let script = Script(["/v1/runners/r/runs": [.runs(["1", "2", "3"])]])
    try await withClient(script) { door in
      _ = await #expect(throws: Full.self) {
        _ = try await NodionSource(door: door).fetchRuns(of: "r", batchSize: 1) { _ in throw Full() }
      }
    }
    #expect(script.asked == ["/v1/runners/r/runs": 1])
  }

  @Test("a visit counts each run once, however often its list had to be read")
  func progress() async throws {
    let script = Script([
      "/v1/runners": [.runners(["a"], ending: .cut), .runners(["a", "b"])],
      "/v1/runners/a/runs": [.runs(["1", "2"], ending: .cut), .runs(["1", "2", "3"])],
      "/v1/runners/b/runs": [.runs(["4"])],
    ])
    let (reports, record) = AsyncStream.makeStream(of: HarvestProgress.self)
    let sink = ListSink()
    let visit = try await withClient(script) { door in
      try await harvest(
        source: NodionSource(door: door), into: sink, concurrency: 1, batchSize: 2, progress: { record.yield($0) })
    }
    record.finish()
    #expect(visit.isComplete && visit.runners == 2 && visit.runs == 4)
    #expect(visit.readings.map(\.requests) == [2, 2, 1])
    // The runners of the attempt that broke off were not handed on.
    #expect(await sink.runners == ["a", "b"])
    let last = try #require(await reports.reduce(into: [HarvestProgress]()) { $0.append($1) }.last)
    #expect(last == HarvestProgress(runnersDone: 2, runnersTotal: 2, runs: 4))
  }
}
