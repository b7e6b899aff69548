import Foundation
import Runs
import Simulator
import Testing

/// Starting, stopping and watching the server, and the same answers as files.
@Suite struct ServerTests {
  @Test("a port in use is an error that says which and what to do")
  func portInUse() async throws {
    let clock = SimulatorClock(at: SimulatorDefaults.now)
    try await SimulatorServer.withRunning(clock: clock) { server async throws in
      let error = await #expect(throws: SimulatorError.self) {
        try await SimulatorServer.start(clock: clock, port: server.port)
      }
      #expect(
        error?.description
          == "the simulator cannot listen on 127.0.0.1:\(server.port): another program does; "
          + "choose another port, or 0 for a free one")
    }
    await #expect(throws: SimulatorError.noSuchPort(70_000)) {
      try await SimulatorServer.start(clock: clock, port: 70_000)
    }
  }

  @Test("a stopped server frees its port, also with a connection still open")
  func stop() async throws {
    let clock = SimulatorClock(at: SimulatorDefaults.now)
    let first = try await SimulatorServer.start(clock: clock, token: "test-token")
    #expect(try await first.ask("/runners").status == 200)
    await first.stop()
    await first.waitUntilStopped()
    let second = try await SimulatorServer.start(clock: clock, token: "test-token", port: first.port)
    #expect(second.url == first.url)
    await second.stop()
  }

  @Test("an error in the body stops the server and comes out")
  func failingBody() async throws {
    struct Broken: Error {}
    let clock = SimulatorClock(at: SimulatorDefaults.now)
    var used: SimulatorServer?
    await #expect(throws: Broken.self) {
      try await SimulatorServer.withRunning(clock: clock) { server async throws in
        used = server
        throw Broken()
      }
    }
    let port = try #require(used).port
    try await SimulatorServer.withRunning(clock: clock, port: port) { #expect($0.port == port) }
  }

  @Test("every request is noted, refused ones too")
  func requestLog() async throws {
    try await withSimulator { server, _ async throws in
      #expect(server.requestCount == 0)
      _ = try await server.ask("/runners?page=2")
      _ = try await server.ask("/nothing", "DELETE", authorization: nil)
      #expect(server.requests == ["GET /v1/runners", "DELETE /v1/nothing"])
      #expect(server.requestCount == 2)
    }
  }

  @Test(
    "the base path can be another or none",
    arguments: [
      ("/api/nodion/v1", "/api/nodion/v1"), ("v1/", "/v1"), ("", ""), ("/", ""),
    ])
  func basePath(given: String, used: String) async throws {
    let clock = SimulatorClock(at: SimulatorDefaults.now)
    try await SimulatorServer.withRunning(clock: clock, token: "test-token", basePath: given) { server async throws in
      #expect(server.url == "http://127.0.0.1:\(server.port)\(used)")
      #expect(try await server.runners().count == 12)
    }
  }

  @Test("the files hold the bytes that the API answers")
  func bodies() async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "bodies-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let world = NodionWorld(seed: 7, runs: 900)
    let count = try NodionBodies(of: world, at: SimulatorDefaults.now).write(to: directory)
    try await withSimulator(world: world) { server, _ async throws in
      var runs = 0
      let list = try String(contentsOf: directory.appending(path: "runners.json"), encoding: .utf8)
      #expect(try await server.ask("/runners").body == list)
      let runners = try await server.runners()
      for runner in runners {
        runs += try await server.runs(of: runner.id).count
        let file = directory.appending(path: "runs/\(runner.id).json")
        let saved = try String(contentsOf: file, encoding: .utf8)
        #expect(try await server.ask("/runners/\(runner.id)/runs").body == saved)
      }
      #expect(runs == count)
      let files = try FileManager.default.contentsOfDirectory(atPath: directory.appending(path: "runs").path())
      #expect(Set(files) == Set(runners.map { $0.id + ".json" }))
    }
  }

  @Test("a directory that cannot be made is named")
  func unwritable() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "file-\(UUID().uuidString)")
    try Data().write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let error = #expect(throws: SimulatorError.self) {
      try NodionBodies(of: NodionWorld(runs: 10), at: SimulatorDefaults.now).write(to: file)
    }
    #expect(error?.description.contains(file.path()) == true)
  }
}
