import Foundation
import Testing

/// `runtally serve --every`: the harvest of `runtally harvest --watch`, beside the pages.
@Suite(.timeLimit(.minutes(30))) struct ServeHarvestTests {
  @Test("what it visits itself is served, and a signal ends both")
  func visits() async throws {
    let place = try Workplace()
    let simulator = try place.start("simulate", "--runs", "100", "--now", "2026-04-01T06:00:00Z")
    var url: String?
    while url == nil {
      url = try simulator.saidSoFar().firstMatch(of: /answers at (\S+), with/).map { String($0.1) }
      try await Task.sleep(for: .milliseconds(20))
    }
    try place.configure(url: try #require(url))
    let (server, plug) = try await place.startServer(
      ["--every", "1h", "--log-format", "json"], environment: ["TEST_TOKEN": "simulated-token"])
    // The ledger is made by the first visit, and its pages answer from then on.
    while try plug.get("/readyz").status != 200 { try await Task.sleep(for: .milliseconds(50)) }
    let printed = try await place.run("report", "runners", "--format", "csv", "--quiet")
    let served = try plug.get("/v1/runners.csv")
    #expect(served.text == printed.out && served.text.split(separator: "\r\n").count == 13)
    server.send(signal: SIGTERM)
    let ended = try await server.finished()
    #expect(ended.exitCode == 0)
    #expect(
      ended.err.contains("\"message\":\"production: read completely\"") && ended.err.contains("\"path\":\"/readyz\""))
    #expect(!ended.err.contains("simulated-token"))
    simulator.send(signal: SIGTERM)
    _ = try await simulator.finished()
  }

  @Test("a visit that fails is told, and stops no page")
  func failing() async throws {
    let place = try Workplace()
    try place.writeBodies()
    try place.configure(timeZone: "UTC", more: "client: {attempts: 1}")
    let imported = try await place.run(
      "import", "production", "bodies", "--as-of", Bodies.asOf, environment: ["TEST_TOKEN": "test-token"])
    #expect(imported.exitCode == 0, "\(imported.err)")
    let (server, plug) = try await place.startServer(["--every", "1s"], environment: ["TEST_TOKEN": "test-token"])
    while try server.saidSoFar().matches(of: /could not be read/).count < 2 {
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(try plug.get("/v1/reports/runs.csv?all").text.split(separator: "\r\n").count == 3)
    #expect(try plug.get("/").status == 200)
    server.send(signal: SIGINT)
    #expect(try await server.finished().exitCode == 0)
  }

  @Test("what is wrong with a source is told before anything is served")
  func missing() async throws {
    let place = try Workplace()
    try place.configure()
    let refused = try await place.run("serve", "--port", "0", "--every", "5m")
    #expect(refused.exitCode == 64 && refused.err.contains("TEST_TOKEN is not set") && !refused.err.contains("serving"))
    let none = try await Workplace().run("serve", "--port", "0", "--every", "5m")
    #expect(none.exitCode == 64 && !none.err.contains("serving"))
  }
}
