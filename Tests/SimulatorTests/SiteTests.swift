import Foundation
import Testing

@testable import Simulator

/// Three APIs behind one port, and what they were asked.
@Suite struct SiteTests {
  @Test("each API has an address of its own on the same port")
  func addresses() async throws {
    try await withSite { server, _ async throws in
      let origin = "http://127.0.0.1:\(server.port)"
      #expect(server.url == server.nodionURL && server.nodionURL == origin + "/v1")
      #expect(server.agentsMeshURL == origin + "/api/v1/ext/orgs/acme")
      #expect(server.sodaURL == origin + "/soda/api/v1")
      #expect(try await server.ask("/runners").status == 200)
      #expect(try await server.mesh("/runners").status == 200)
      #expect(try await server.soda("/runners").status == 200)
    }
  }

  @Test("a request is noted with its query, the simulator's time and its status")
  func log() async throws {
    try await withSite { server, clock async throws in
      let first = clock.now
      _ = try await server.soda("/runners?size=10&page=1")
      clock.advance(byMilliseconds: 5000)
      _ = try await server.mesh("/runners/99/pods?limit=2", "GET", key: nil)
      let log = server.requestLog
      #expect(
        log.map { "\($0.method) \($0.path) \($0.query) \($0.status ?? 0)" } == [
          "GET /soda/api/v1/runners size=10&page=1 200", "GET /api/v1/ext/orgs/acme/runners/99/pods limit=2 401",
        ])
      #expect(log.map(\.clock) == [first, clock.now])
      #expect(log[0].elapsed <= log[1].elapsed)
      #expect(server.requests == ["GET /soda/api/v1/runners", "GET /api/v1/ext/orgs/acme/runners/99/pods"])
    }
  }

  @Test("the most requests within a stretch of time are counted, its end not included")
  func busiest() {
    func request(_ seconds: Double) -> NotedRequest {
      NotedRequest(
        method: "GET", path: "/", query: "", clock: SimulatorDefaults.now, elapsed: .seconds(seconds), status: nil)
    }
    let requests = [0, 10, 59, 60, 61, 200].map(request)
    #expect(requests.most(within: .seconds(60)) == 4)
    #expect(requests.most(within: .seconds(50)) == 3)
    #expect(requests.most(within: .seconds(1)) == 1)
    #expect([NotedRequest]().most(within: .seconds(60)) == 0)
  }

  @Test("HEAD has the headers of GET and no body, so that the connection can go on")
  func head() async throws {
    try await withSite { server, _ async throws in
      let list = try await server.mesh("/runners").body
      let key = [("x-api-key", SimulatorDefaults.agentsMeshKey)]
      var connection = try await RawConnection(port: server.port)
      for _ in 0..<2 {
        let response = try await connection.ask(AgentsMeshAPI.basePath + "/runners", "HEAD", headers: key)
        #expect(response.status == 200 && response.headers["content-length"] == "\(list.utf8.count)")
      }
      #expect(try await connection.ask(AgentsMeshAPI.basePath + "/runners", headers: key).text == list)
    }
  }

  @Test("Nodion's later fields are there as observed: argv in the list and not alone")
  func observedNodion() async throws {
    try await withSite(profile: .observed) { server, _ async throws in
      let list = try await server.ask("/runners").body
      #expect(
        list.hasPrefix(#"{"runners":["# + DocumentedAnswerTests.runner.dropLast() + #","argv":[],"warmed_at":null},"#))
      let single = try await server.ask("/runners/\(databaseBackup)").body
      #expect(single == #"{"runner":"# + DocumentedAnswerTests.runner.dropLast() + #","warmed_at":null}}"#)
      let run = try await server.ask("/runners/\(databaseBackup)/runs/c3f85434-5470-46de-bbeb-ce668ca2c351").body
      #expect(
        run == #"{"run":"# + DocumentedAnswerTests.succeeded.dropLast()
          + #","command":null,"argv":[],"entrypoint":null}}"#)
    }
  }

  @Test("a company can have as many runners as one likes, the first of them as ever")
  func manyRunners() async throws {
    try await withSimulator(world: NodionWorld(runs: 3000, runners: 100)) { server, _ async throws in
      let runners = try await server.runners()
      #expect(runners.count == 100 && Set(runners.map(\.id)).count == 100 && Set(runners.map(\.name)).count == 100)
      #expect(runners[12].name == "Database Backup 2")
      let runs = try await server.runs(of: runners[12].id).map(\.id)
      #expect(!runs.contains("c3f85434-5470-46de-bbeb-ce668ca2c351"))
    }
  }

  @Test("limits can be left away, by the fault of that name too")
  func noLimits() async throws {
    let clock = SimulatorClock(at: SimulatorDefaults.now)
    try await SimulatorServer.withRunning(clock: clock, limits: .none) { server async throws in
      for _ in 0..<70 { #expect(try await server.soda("/runners").status == 200) }
    }
    try await SimulatorServer.withRunning(clock: clock, faults: [SimulatorFault(.noLimits)]) { server async throws in
      for _ in 0..<70 { #expect(try await server.soda("/runners").status == 200) }
      server.faults = []
      for _ in 0..<60 { #expect(try await server.soda("/runners").status == 200) }
      #expect(try await server.soda("/runners").status == 429)
    }
  }
}
