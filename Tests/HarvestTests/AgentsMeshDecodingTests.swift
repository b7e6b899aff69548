import Foundation
import Harvest
import Runs
import Testing

/// What AgentsMesh's answers mean, over a real connection.
@Suite(.timeLimit(.minutes(60))) struct AgentsMeshDecodingTests {
  private func runners(_ elements: String..., now: String = MeshBodies.now) async throws -> RunnerList {
    let body = #"{"runners":[\#(elements.joined(separator: ","))]}"#
    return try await withMesh(now: now) { _ in
      .json(body)
    } _: {
      try await $0.fetchRunners()
    }
  }

  private func pods(_ elements: String...) async throws -> (runs: [RunRecord], reading: ResourceReading) {
    try await withMesh {
      MeshBodies.page(elements, for: $0)
    } _: { source in
      let (batches, reading) = try await collectRuns(source, of: "1")
      return (batches.flatMap(\.self), reading)
    }
  }

  private func instant(_ text: String) throws -> Instant { try Instant(rfc3339: text) }

  @Test("hazard 3: the documented shape and the server's own give the same runner")
  func bothRunnerShapes() async throws {
    let reading = ResourceReading(resource: .runners, requests: 1, rows: 1, isComplete: true)
    for body in [MeshBodies.documentedRunners, MeshBodies.observedRunners] {
      let list = try await withMesh { _ in
        .json(body)
      } _: {
        try await $0.fetchRunners()
      }
      #expect(list == RunnerList(runners: [try MeshBodies.runner()], reading: reading))
    }
  }

  @Test("a pod is read in the server's shape too, with its start and end")
  func observedPod() async throws {
    let (runs, reading) = try await pods(MeshBodies.observedPod)
    #expect(runs == [try MeshBodies.observedRun()])
    #expect(
      reading
        == ResourceReading(resource: .runs(runner: "1"), requests: 1, rows: 1, claimed: 1, isComplete: true))
  }

  @Test("where both names hold something the documented one counts, and an empty one counts for nothing")
  func bothNames() async throws {
    let list = try await runners(
      MeshBodies.makeRunner(id: "1", #""node_id":"b","runner_version":"2","version":"1","tags":["x"],"labels":[]"#),
      MeshBodies.makeRunner(id: "2", #""node_id":"b","version":"","runner_version":"2","labels":["y"],"tags":["x"]"#),
      #"{"node_id":"c","name":null,"id":3,"status":"offline","max_pods":null,"max_concurrent_pods":4,"pod_count":1}"#)
    #expect(list.runners.map(\.name) == ["a", "a", "c"])
    #expect(list.runners.map(\.version) == ["1", "2", nil])
    #expect(list.runners.map(\.labels) == [["x"], ["y"], []])
    #expect(list.runners.map(\.capacity) == [1, 1, 4])
  }

  @Test(
    "hazard 3: a field that every runner has and that stands under none of its names is noted, and nothing is made up")
  func renamedFields() async throws {
    let renamed = #"{"id":2,"title":"b","phase":"online","slots":4,"current_pods":1,"born_at":"2025-01-01T00:00:00Z"}"#
    let list = try await runners(MeshBodies.makeRunner(), renamed)
    #expect(list.runners[1] == RunnerRecord(id: "2", name: "2", active: 1))
    #expect(
      list.reading
        == ResourceReading(
          resource: .runners, requests: 1, rows: 2, isComplete: true,
          note: "1 of 2 runners without a name: nothing under name, node_id; "
            + "1 of 2 runners without a status: nothing under status; "
            + "1 of 2 runners without a capacity: nothing under max_pods, max_concurrent_pods; and 1 more"))
  }

  @Test("hazard 4: absent, null and empty are one and the same")
  func missingFields() async throws {
    let absent = #"{"id":1}"#
    let null =
      #"{"id":2,"name":null,"status":null,"version":null,"labels":null,"pod_count":null,"last_heartbeat":null}"#
    let empty = #"{"id":"3","name":"","status":"","runner_version":"","tags":[ ],"last_heartbeat_at":""}"#
    let list = try await runners(absent, null, empty)
    #expect(list.runners == ["1", "2", "3"].map { RunnerRecord(id: $0, name: $0) })
    let (runs, reading) = try await pods(
      #"{"key":"a"}"#, #"{"key":"b","status":null,"started_at":null,"finished_at":""}"#)
    #expect(runs == [RunRecord(id: "a", status: ""), RunRecord(id: "b", status: "")])
    #expect(reading.isComplete)
  }

  @Test("hazard 5 and 35: ids and counts are read as numbers or texts, and 64 bits stay exact")
  func numbersAndTexts() async throws {
    let list = try await runners(
      #"{"id":9007199254740993,"pod_count":"3","max_pods":9007199254740993}"#,
      #"{"id":"9223372036854775807","pod_count":3.0,"max_pods":"10"}"#, #"{"id":"3f2a-uuid","name":7}"#)
    #expect(list.runners.map(\.id) == ["9007199254740993", "9223372036854775807", "3f2a-uuid"])
    #expect(list.runners.map(\.active) == [3, 3, nil])
    // More than any runner can take: that field is lost.
    #expect(list.runners.map(\.capacity) == [nil, 10, nil])
    #expect(list.runners.map(\.name) == ["9007199254740993", "9223372036854775807", "7"])
    let (runs, _) = try await pods(
      #"{"key":9007199254740993,"agent_type_id":7}"#, #"{"key":"b","agent_type_id":"claude-code"}"#)
    #expect(runs.map(\.id) == ["9007199254740993", "b"])
  }

  @Test("a value that cannot be understood costs the field and is told; the runner is kept")
  func unreadableFields() async throws {
    let list = try await runners(
      MeshBodies.makeRunner(#""labels":{"gpu":true},"last_heartbeat":"2025-02-30T10:00:00Z""#),
      MeshBodies.makeRunner(id: "2", #""labels":["gpu",{"x":1}]"#))
    #expect(list.runners.map(\.id) == ["1", "2"])
    #expect(list.runners.map(\.labels) == [[], []])
    #expect(list.error == nil && !list.reading.isComplete)
    #expect(
      list.reading.note
        == "runner 1: labels is not a list (and of 1 more); "
        + #"runner 1: last_heartbeat "2025-02-30T10:00:00Z" is not a date and time"#)
  }

  @Test(
    "hazard 31: a runner is online when it says so and was heard of within 90 s",
    arguments: [
      ("online", "2025-01-15T14:30:00Z", true), ("busy", "2025-01-15T14:30:00Z", true),
      ("offline", "2025-01-15T14:30:00Z", false), ("draining", "2025-01-15T14:30:00Z", nil),
      ("online", "2025-01-15T14:29:00Z", true), ("online", "2025-01-15T14:28:59.999Z", false),
      ("busy", "2025-01-01T00:00:00Z", false), ("draining", "2025-01-01T00:00:00Z", false),
      // A clock that is ahead.
      ("online", "2025-01-15T16:00:00Z", true), ("online", "2999-01-01T00:00:00Z", true),
    ])
  func staleness(status: String, heartbeat: String, isOnline: Bool?) async throws {
    let runner = #"{"id":1,"status":"\#(status)","last_heartbeat":"\#(heartbeat)"}"#
    let list = try await runners(runner, now: "2025-01-15T14:30:30Z")
    #expect(list.runners[0].isOnline == isOnline)
    #expect(list.runners[0].status == status)
    // What lies ahead of the answer cannot be true, and says no more than that it was heard of.
    let isAhead = heartbeat > "2025-01-15T14:35:30Z"
    #expect(list.runners[0].lastSeenAt == (isAhead ? nil : try instant(heartbeat)))
  }

  @Test("a runner that was never heard of is what its status says")
  func noHeartbeat() async throws {
    let list = try await runners(#"{"id":1,"status":"online"}"#, #"{"id":2,"st\u0061tus":"offline"}"#, #"{"id":3}"#)
    #expect(list.runners.map(\.isOnline) == [true, false, nil])
  }

  @Test(
    "every state of a pod has its outcome, and one that is not known yet is kept",
    arguments: [
      ("initializing", .pending), ("running", .running), ("paused", .running), ("disconnected", .running),
      ("completed", .success), ("terminated", .cancellation), ("error", .error), ("orphaned", .error),
      ("hibernating", .unknown),
    ] as [(String, Outcome)])
  func states(status: String, outcome: Outcome) async throws {
    let (runs, reading) = try await pods(MeshBodies.makePod("a", status))
    #expect(runs.map(\.status) == [status])
    #expect(reading.isComplete && reading.note == nil)
    #expect(Vendor.agentsMesh.judge(runs[0], nil).outcome == outcome)
  }

  @Test("hazard 9: an orphan that comes back is the same run without an end")
  func livesGoBack() async throws {
    let requests = Requests()
    let lives = [
      #"{"pod_key":"a","status":"running","started_at":"2025-01-15T10:00:00Z"}"#,
      #"{"pod_key":"a","status":"orphaned","started_at":"2025-01-15T10:00:00Z","finished_at":"2025-01-15T10:09:00Z"}"#,
      #"{"pod_key":"a","status":"running","started_at":"2025-01-15T10:10:00Z","finished_at":null}"#,
      #"{"pod_key":"a","status":"completed","started_at":"2025-01-15T10:10:00Z","finished_at":"2025-01-15T10:20:00Z"}"#,
    ]
    let ends = try await withMesh { asked in
      MeshBodies.page([lives[await requests.note(asked)]], for: asked)
    } _: { source in
      var ends: [Instant?] = []
      for _ in lives {
        let run = try #require(try await collectRuns(source, of: "1").batches.first?.first)
        #expect(run.id == "a")
        let outcome = Vendor.agentsMesh.judge(run, nil).outcome
        ends.append(run.end(of: outcome, seenAt: Instant(milliseconds: 0)))
      }
      return ends
    }
    #expect(ends == [nil, try instant("2025-01-15T10:09:00Z"), nil, try instant("2025-01-15T10:20:00Z")])
  }

  @Test("a pod that failed before it started has an end and no start; one that ends before its start keeps both")
  func oddTimes() async throws {
    let (runs, reading) = try await pods(
      #"{"pod_key":"a","status":"error","created_at":"2025-01-15T10:00:00Z","finished_at":"2025-01-15T10:00:07Z"}"#,
      #"{"pod_key":"b","status":"completed","started_at":"2025-01-15T10:00:05Z","finished_at":"2025-01-15T10:00:01Z"}"#)
    #expect(runs.map(\.startedAt) == [nil, try instant("2025-01-15T10:00:05Z")])
    #expect(
      runs.map(\.completedAt) == [try instant("2025-01-15T10:00:07Z"), try instant("2025-01-15T10:00:01Z")])
    #expect(reading.isComplete)
  }

  @Test(
    "hazard 18: instants are read with any offset and up to nine digits after the second",
    arguments: [
      "2025-01-15T10:30:00Z", "2025-01-15T10:30:00.0Z", "2025-01-15T10:30:00.000000Z",
      "2025-01-15T10:30:00.000000999Z", "2025-01-15T18:30:00+08:00", "2025-01-15T11:30:00.000+01:00",
      "2025-01-15T12:30:00.00+02:00", "2025-01-15T05:00:00-05:30", "2025-01-15T10:30:00+00:00",
    ])
  func instants(text: String) async throws {
    let (runs, _) = try await pods(#"{"pod_key":"a","created_at":"\#(text)"}"#)
    #expect(runs.map(\.createdAt) == [try instant("2025-01-15T10:30:00.000Z")])
  }

  @Test("a sign of life is as old as the clock of the server says that wrote it down, whatever ours says")
  func serverClock() async throws {
    for (date, isOnline) in [
      ("Wed, 15 Jan 2025 14:01:30 GMT", true), ("Wed, 15 Jan 2025 14:01:31 GMT", false), ("yesterday", false),
    ] {
      let list = try await withMesh { _ in
        Reply(
          headers: ["Content-Type": "application/json", "Date": date],
          chunks: [Array(#"{"runners":[{"id":1,"status":"online","last_heartbeat":"2025-01-15T14:00:00Z"}]}"#.utf8)])
      } _: {
        try await $0.fetchRunners()
      }
      #expect(list.runners.map(\.isOnline) == [isOnline], "\(date)")
    }
  }

  @Test("prompts, paths, branches, hosts and people are nowhere in what is decoded")
  func personal() async throws {
    let list = try await withMesh { _ in
      .json(MeshBodies.observedRunners)
    } _: {
      try await $0.fetchRunners()
    }
    let (runs, reading) = try await pods(MeshBodies.observedPod)
    #expect(list.runners.count == 1 && runs.count == 1)
    #expect(!"\(list) \(runs) \(reading)".contains("do-not-keep"))
    let documented = try await withMesh { _ in
      .json(MeshBodies.documentedPods)
    } _: {
      try await collectRuns($0, of: "1").batches
    }
    #expect(documented == [[try MeshBodies.documentedRun()]])
  }

  @Test("a pod without a key is counted with its reason, one with an impossible date is kept without it")
  func badPods() async throws {
    let (runs, reading) = try await pods(
      MeshBodies.makePod("a"), #"{"id":7,"status":"running"}"#,
      #"{"pod_key":"c","finished_at":"2025-02-30T10:00:00Z"}"#, MeshBodies.makePod("d"))
    #expect(runs.map(\.id) == ["a", "c", "d"])
    #expect(
      reading
        == ResourceReading(
          resource: .runs(runner: "1"), requests: 1, rows: 3, refused: 1, claimed: 4, isComplete: false,
          note: "1 of 4 pods could not be understood: pod 2: has no id; "
            + #"pod c: finished_at "2025-02-30T10:00:00Z" is not a date and time"#))
  }

  @Test("the key is sent by its own name, below the organisation's path")
  func requests() async throws {
    let requests = Requests()
    try await withMesh {
      _ = await requests.note($0)
      return .json(#"{"runners":[],"pods":[]}"#)
    } _: { source in
      _ = try await source.fetchRunners()
      _ = try await collectRuns(source, of: "a/b")
    }
    let all = await requests.all
    #expect(all.map(\.path) == [MeshBodies.path + "/runners", MeshBodies.path + "/runners/a%2Fb/pods"])
    #expect(all.map(\.query) == ["", "limit=200&offset=0"])
    #expect(all.map { $0.headers["x-api-key"] } == ["test-token", "test-token"])
    #expect(all.allSatisfy { $0.headers["authorization"] == nil })
  }
}
