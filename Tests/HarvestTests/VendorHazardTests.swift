import Foundation
import Harvest
import Runs
import Testing

/// What a vendor may do to its lists between and during visits, over a real connection: nothing is lost or made up.
@Suite(.timeLimit(.minutes(60))) struct VendorHazardTests {
  private func nodionRuns(_ elements: String...) async throws -> (runs: [RunRecord], reading: ResourceReading) {
    let body = #"{"runs":[\#(elements.joined(separator: ","))]}"#
    return try await withLiveDoor { _ in
      .json(body)
    } _: { door in
      let (batches, reading) = try await collectRuns(NodionSource(door: door), of: "r1")
      return (batches.flatMap(\.self), reading)
    }
  }

  private func nodionRunners(_ elements: String...) async throws -> RunnerList {
    let body = #"{"runners":[\#(elements.joined(separator: ","))]}"#
    return try await withLiveDoor { _ in
      .json(body)
    } _: {
      try await NodionSource(door: $0).fetchRunners()
    }
  }

  @Test("hazard 1: a status that did not exist yesterday is kept, and its run is unknown instead of dropped")
  func unknownStatus() async throws {
    let (runs, reading) = try await nodionRuns(
      #"{"id":"1","status":"timed_out","completed_at":"2026-01-15T10:00:00Z"}"#, #"{"id":"2","status":"canceled"}"#)
    #expect(runs.map(\.status) == ["timed_out", "canceled"])
    #expect(runs.map { Vendor.nodion.judge($0, 60).outcome } == [.unknown, .unknown])
    // An end ends it, whatever the word.
    #expect(runs.map { $0.end(of: .unknown, seenAt: Instant(milliseconds: 0)) != nil } == [true, false])
    #expect(reading.isComplete)
  }

  @Test("hazard 2: fields that did not exist yesterday change nothing")
  func unknownFields() async throws {
    let new = #""argv":["a","b"],"warmed_at":null,"nested":{"id":"other","runs":[{"id":"x"}]}"#
    let (runs, _) = try await nodionRuns(#"{\#(new),"id":"1","status":"failed"}"#)
    #expect(runs == [RunRecord(id: "1", status: "failed")])
    let list = try await nodionRunners(#"{\#(new),"id":"r1","name":"n"}"#)
    #expect(list == RunnerList(runners: [RunnerRecord(id: "r1", name: "n")], reading: list.reading))
    #expect(list.reading.isComplete)
  }

  @Test("hazard 5, 6 and 16: prices are numbers or texts without a currency, sizes are kept in whatever unit they came")
  func numbersAndUnits() async throws {
    let list = try await nodionRunners(
      #"{"id":1,"instance_type":{"id":"s","mem":1024,"cpu":1,"price_second":0.0000019,"price_month":5.0}}"#,
      #"{"id":2,"instance_type":{"id":"g","mem":0.5,"cpu":"0.125","price_second":"0.000001522070015"}}"#)
    let types = list.runners.compactMap(\.instanceType)
    #expect(types.map(\.memory) == ["1024", "0.5"])
    #expect(types.map(\.cpu) == ["1", "0.125"])
    #expect(types.map(\.pricePerSecond) == [try Price("0.0000019"), try Price("0.000001522070015")])
    #expect(types.map { $0.pricePerSecond?.description } == ["0.0000019", "0.000001522070015"])
  }

  @Test("vendors without prices give runners without one, which is not a price of 0")
  func noPrices() async throws {
    let mesh = try await withMesh { _ in
      .json(MeshBodies.observedRunners)
    } _: {
      try await $0.fetchRunners()
    }
    let soda = try await withSoda { _ in
      .json(SodaBodies.runners)
    } _: {
      try await $0.fetchRunners()
    }
    #expect((mesh.runners + soda.runners).map(\.instanceType) == [nil, nil])
  }

  @Test(
    "hazard 7 and 8: a run that failed before it started has no start; one that ended before it started keeps both instants"
  )
  func oddTimes() async throws {
    let (runs, reading) = try await nodionRuns(
      #"{"id":"1","status":"failed","started_at":null,"completed_at":"2026-01-15T10:00:00Z"}"#,
      #"{"id":"2","status":"failed","started_at":"2026-01-15T10:00:05Z","completed_at":"2026-01-15T10:00:00Z"}"#)
    let end = try Instant(rfc3339: "2026-01-15T10:00:00Z")
    #expect(
      runs == [
        RunRecord(id: "1", status: "failed", completedAt: end),
        RunRecord(id: "2", status: "failed", startedAt: end.advanced(byMilliseconds: 5000), completedAt: end),
      ])
    #expect(reading.isComplete)
  }

  @Test("hazard 17: a day with a change of the clocks has one instant for each offset")
  func daylightSaving() async throws {
    let (runs, _) = try await nodionRuns(
      #"{"id":"1","status":"a","created_at":"2026-10-25T02:30:00.000+02:00"}"#,
      #"{"id":"2","status":"a","created_at":"2026-10-25T02:30:00.000+01:00"}"#)
    #expect(
      runs.map(\.createdAt?.rfc3339) == ["2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"])
  }

  @Test("hazard 34: the project that a key looks at is said with every request, and so is the organisation")
  func explicitProject() async throws {
    let requests = Requests()
    try await withLiveDoor {
      _ = await requests.note($0)
      return .json(#"{"runners":[],"runs":[]}"#)
    } _: { door in
      let source = NodionSource(door: door, token: Secret("test-token"), project: "p-1")
      _ = try await source.fetchRunners()
      _ = try await collectRuns(source, of: "r1")
    }
    #expect(await requests.all.map { $0.headers["x-nodion-project"] } == ["p-1", "p-1"])
  }

  /// One visit to an AgentsMesh organisation whose runners have these pods; what has no pods answers 404.
  private func visit(
    runners: [String], pods: [String: [String]], into sink: ListSink
  ) async throws -> Visit {
    try await withMesh { asked in
      if asked.path == MeshBodies.path + "/runners" {
        return .json(#"{"runners":[\#(runners.map { MeshBodies.makeRunner(id: $0) }.joined(separator: ","))]}"#)
      }
      let runner = asked.path.split(separator: "/").dropLast().last.map(String.init) ?? ""
      guard let found = pods[runner] else {
        return .json(#"{"error":"Runner not found","code":"RESOURCE_NOT_FOUND"}"#, status: 404)
      }
      return MeshBodies.page(found.map { MeshBodies.makePod($0) }, for: asked)
    } _: {
      try await harvest(source: $0, into: sink)
    }
  }

  @Test(
    "hazard 11: a runner that is deleted with its pods is only absent from a complete list; nothing more is said of it")
  func deletedRunner() async throws {
    let sink = ListSink()
    _ = try await visit(runners: ["1", "2"], pods: ["1": ["a"], "2": ["b"]], into: sink)
    let second = try await visit(runners: ["1"], pods: ["1": ["a"]], into: sink)
    #expect(second.isComplete)
    #expect(second.readings.map(\.resource) == [.runners, .runs(runner: "1")])
    #expect(await sink.runs == ["1": ["a", "a"], "2": ["b"]])
  }

  @Test(
    "hazard 12: nothing there is not an empty list: a runner whose pods cannot be found is a gap, and the others go on")
  func notFound() async throws {
    let sink = ListSink()
    let visit = try await visit(runners: ["1", "2"], pods: ["2": ["b"]], into: sink)
    #expect(visit.readings.map(\.isComplete) == [true, false, true])
    #expect(visit.readings[1].note?.contains("/runners/1/pods (404)") == true)
    #expect(await sink.runs == ["2": ["b"]])
  }

  @Test("a runner that is named twice is asked for its pods once")
  func duplicateRunner() async throws {
    let sink = ListSink()
    let visit = try await visit(runners: ["1", "1"], pods: ["1": ["a"]], into: sink)
    #expect(visit.isComplete && visit.readings.count == 2)
    #expect(await sink.runs == ["1": ["a"]])
  }

  @Test("hazard 9: a finished run may be unfinished the next time, and is handed on as it is")
  func unfinished() async throws {
    let requests = Requests()
    let bodies = [
      #"{"runs":[{"id":"1","status":"failed","completed_at":"2026-01-15T10:00:00Z"}]}"#,
      #"{"runs":[{"id":"1","status":"running","completed_at":null}]}"#,
    ]
    let seen = try await withLiveDoor { asked in
      .json(bodies[await requests.note(asked)])
    } _: { door in
      let source = NodionSource(door: door)
      let first = try await collectRuns(source, of: "r1").batches
      return first + (try await collectRuns(source, of: "r1").batches)
    }
    #expect(
      seen == [
        [RunRecord(id: "1", status: "failed", completedAt: try Instant(rfc3339: "2026-01-15T10:00:00Z"))],
        [RunRecord(id: "1", status: "running")],
      ])
  }

  @Test("folders of bodies hold pods and runners of every vendor, and an id cannot lead out of them")
  func folders() async throws {
    try await withFolder { folder in
      let now = try Instant(rfc3339: MeshBodies.now)
      let source = AgentsMeshSource(door: .directory(folder), clock: { now })
      try FileManager.default.createDirectory(
        at: folder.appending(path: "pods"), withIntermediateDirectories: true)
      // One body for the list, whatever page it was saved from: it is read once more and then left.
      let body = #"{"pods":[\#(MeshBodies.makePod("a"))],"total":8,"limit":50,"offset":0}"#
      try Data(body.utf8).write(to: folder.appending(path: "pods/1.json"))
      let (batches, reading) = try await collectRuns(source, of: "1")
      #expect(batches.map { $0.map(\.id) } == [["a"]])
      #expect(
        reading
          == ResourceReading(
            resource: .runs(runner: "1"), requests: 2, rows: 1, claimed: 8, isComplete: false,
            note: "only 1 of the 8 pods that the vendor claims came"))
      for id in ["..", "../1", "a/b"] {
        #expect(try await collectRuns(source, of: id).reading.note == "the id \"\(id)\" cannot be part of a path")
      }
    }
  }
}
