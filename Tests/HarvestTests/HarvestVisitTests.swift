import Foundation
import Harvest
import Runs
import Testing

@Suite(.timeLimit(.minutes(60))) struct HarvestVisitTests {
  private func makeRuns(_ ids: [String]) -> String {
    "{\"runs\":[" + ids.map { #"{"id":"\#($0)","status":"pending"}"# }.joined(separator: ",") + "]}"
  }

  private func makeRunners(_ ids: [String]) -> String {
    "{\"runners\":[" + ids.map { #"{"id":"\#($0)"}"# }.joined(separator: ",") + "]}"
  }

  private func complete(_ runner: String, rows: Int) -> ResourceReading {
    ResourceReading(resource: .runs(runner: runner), requests: 1, rows: rows, isComplete: true)
  }

  @Test("a visit reads the runners and each one's runs; one that fails does not stop the others")
  func visit() async throws {
    let sink = ListSink()
    let door = AnswerDoor.memory([
      "/runners": makeRunners(["a", "b", "c", "a"]), "/runners/a/runs": makeRuns(["1", "2", "3"]),
      "/runners/c/runs": makeRuns(["4"]),
    ])
    let visit = try await harvest(source: NodionSource(door: door), into: sink, batchSize: 2)

    let readings = [
      ResourceReading(resource: .runners, requests: 1, rows: 4, isComplete: true), complete("a", rows: 3),
      ResourceReading(
        resource: .runs(runner: "b"), requests: 1, rows: 0, isComplete: false,
        note: "there is nothing at https://api.example.com/v1/runners/b/runs (404)"),
      complete("c", rows: 1),
    ]
    #expect(visit == Visit(readings: readings))
    #expect(!visit.isComplete && visit.runners == 4 && visit.runs == 4)
    #expect(await sink.runs == ["a": ["1", "2", "3"], "c": ["4"]])
    // Each once, however often it came.
    #expect(await sink.runners == ["a", "b", "c"])
    #expect(await sink.closed.first == readings[0])
    #expect(await Set(sink.closed.map(\.resource)) == Set(readings.map(\.resource)))
    #expect(await sink.closed.count == 4)
  }

  @Test("a runner list that cannot be had is closed and its error returned; nothing is saved")
  func noList() async throws {
    let sink = ListSink()
    let visit = try await harvest(source: NodionSource(door: .memory([:])), into: sink)
    #expect(visit.error?.problem == "there is nothing at https://api.example.com/v1/runners (404)")
    #expect(await sink.closed == visit.readings)
    #expect(await sink.saves == 0)
  }

  @Test("an empty list is handed on, so that absence can be judged")
  func emptyList() async throws {
    let sink = ListSink()
    _ = try await harvest(source: NodionSource(door: .memory(["/runners": makeRunners([])])), into: sink)
    #expect(await sink.saves == 1)
  }

  @Test("the runners of a list that broke off are visited")
  func halfList() async throws {
    let sink = ListSink()
    let door = AnswerDoor.memory([
      "/runners": #"{"runners":[{"id":"a"},{"i"#, "/runners/a/runs": makeRuns(["1"]),
    ])
    let visit = try await harvest(source: NodionSource(door: door), into: sink)
    #expect(visit.readings.map(\.isComplete) == [false, true])
    #expect(visit.error?.problem == "the answer of api.example.com was cut off after 26 bytes")
    #expect(await sink.runs == ["a": ["1"]])
  }

  @Test("progress counts runners and runs up to all of them")
  func progress() async throws {
    let (reports, record) = AsyncStream.makeStream(of: HarvestProgress.self)
    let door = AnswerDoor.memory([
      "/runners": makeRunners(["a", "b"]), "/runners/a/runs": makeRuns(["1", "2", "3"]),
      "/runners/b/runs": makeRuns(["4"]),
    ])
    _ = try await harvest(
      source: NodionSource(door: door), into: ListSink(), concurrency: 1, batchSize: 2,
      progress: { record.yield($0) })
    record.finish()
    let seen = await reports.reduce(into: []) { $0.append([$1.runnersDone, $1.runnersTotal, $1.runs]) }
    #expect(seen == [[0, 2, 2], [0, 2, 3], [1, 2, 3], [1, 2, 4], [2, 2, 4]])
  }

  @Test("exactly as many lists are read at once as allowed", arguments: [1, 3])
  func concurrency(limit: Int) async throws {
    let meter = Meter(full: limit)
    let source = MeteredSource(runners: (1...10).map { "r\($0)" }, meter: meter)
    let visit = try await harvest(source: source, into: ListSink(), concurrency: limit)
    #expect(visit.isComplete && visit.readings.count == 11)
    #expect(await meter.most == limit)
  }

  @Test("no chunk is read ahead of the sink")
  func backpressure() async throws {
    let chunks = (1...50).map { #"{"id":"\#($0)","status":"pending"},"# }
    let body = Chunks(["{\"runs\":["] + chunks + [#"{"id":"51"}]}"#])
    let door = AnswerDoor { request in
      let place = HarvestError.Place.file(path: request.path)
      return Answer(body: AnswerBody(from: place) { { await body.next() } }, place: place)
    }
    var saved = 0
    let reading = try await NodionSource(door: door).fetchRuns(of: "r1", batchSize: 1) { batch in
      saved += batch.count
      // The opening and the chunk of each run so far.
      #expect(await body.taken == min(saved, 51) + 1)
    }
    #expect(saved == 51 && reading.isComplete)
  }

  @Test("what the sink throws stops the visit")
  func sinkFails() async throws {
    let sink = ListSink(failing: true)
    let door = AnswerDoor.memory(["/runners": makeRunners(["a"]), "/runners/a/runs": makeRuns(["1"])])
    await #expect(throws: ListSink.Full.self) { _ = try await harvest(source: NodionSource(door: door), into: sink) }
  }

  @Test("cancelled, a visit finishes the batch in hand, closes the list and stops")
  func cancellation() async throws {
    let gate = Gate()
    let sink = ListSink(gate: gate)
    let body = #"{"runs":[{"id":"1","status":"pending"},{"id":"2","status":"pending"},"#
    let runners = makeRunners(["a", "b"])
    try await withLiveDoor { asked in
      asked.path == "/v1/runners" ? .json(runners) : .json(body, ending: .silent)
    } _: { door in
      let visit = Task {
        try await harvest(source: NodionSource(door: door), into: sink, concurrency: 1, batchSize: 2)
      }
      await gate.reached()
      visit.cancel()
      await gate.open()
      await #expect(throws: CancellationError.self) { _ = try await visit.value }
    }
    #expect(await sink.runs == ["a": ["1", "2"]])
    #expect(
      await sink.closed == [
        ResourceReading(resource: .runners, requests: 1, rows: 2, isComplete: true),
        ResourceReading(
          resource: .runs(runner: "a"), requests: 1, rows: 2, isComplete: false,
          note: "the harvest was stopped before the end of the list"),
      ])
  }
}
