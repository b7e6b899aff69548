import Foundation
import Testing

/// `runtally simulate`: a vendor's API to try things on.
@Suite(.timeLimit(.minutes(60)))
struct SimulateTests {
  @Test("it answers over HTTP, a harvest reads it, and a signal ends it", arguments: [SIGINT, SIGTERM])
  func serving(signal: Int32) async throws {
    let place = try Workplace()
    let simulator = try place.start("simulate", "--runs", "100", "--now", "2026-04-01T06:00:00Z")
    let url = try await announcedURL(of: simulator)
    try place.configure(url: url)
    let harvested = try await place.run("harvest", environment: ["TEST_TOKEN": "simulated-token"])
    #expect(harvested.exitCode == 0, "\(harvested.err)")
    #expect(harvested.err.contains("production    12 runners"))
    simulator.send(signal: signal)
    let ended = try await simulator.finished()
    #expect(ended.exitCode == 0 || ended.exitCode == 128 + signal)
    #expect(ended.out == "")
  }

  @Test("a port that is taken is an error that says so")
  func takenPort() async throws {
    let place = try Workplace()
    let simulator = try place.start("simulate", "--runs", "100", "--now", "2026-04-01T06:00:00Z")
    let url = try await announcedURL(of: simulator)
    let port = try #require(url.firstMatch(of: /:(\d+)\/v1$/)?.1)
    let second = try await place.run("simulate", "--port", String(port))
    #expect(
      second
        == Finished(
          exitCode: 1, out: "",
          err: "runtally: the simulator cannot listen on 127.0.0.1:\(port): another program does; "
            + "choose another port, or 0 for a free one\n"))
    simulator.send(signal: SIGTERM)
    _ = try await simulator.finished()
  }

  @Test("its answers can be written to a folder that import reads")
  func bodies() async throws {
    let place = try Workplace()
    let written = try await place.run(
      "simulate", "--bodies", "bodies", "--runs", "100", "--now", "2026-04-01T06:00:00Z")
    #expect(written.exitCode == 0)
    let count = try #require(written.err.wholeMatch(of: /wrote (\d+) runs to bodies\n/)?.1)
    #expect(place.files(in: "bodies").count == 13)
    let imported = try await place.importBodies(asOf: "2026-04-01T06:00:00Z")
    #expect(imported.exitCode == 0)
    #expect(imported.err.contains(" \(count) runs "))
  }

  @Test("the same seed gives the same answers, another seed others")
  func seeds() async throws {
    let place = try Workplace()
    for (folder, seed) in [("a", "7"), ("b", "7"), ("c", "8")] {
      let finished = try await place.run(
        "simulate", "--bodies", folder, "--runs", "60", "--seed", seed, "--now", "2026-04-01T06:00:00Z")
      #expect(finished.exitCode == 0)
    }
    func bodies(_ folder: String) throws -> [Data] {
      try place.files(in: folder).map { try place.bytes("\(folder)/\($0)") }
    }
    #expect(try bodies("a") == bodies("b"))
    #expect(try bodies("a") != bodies("c"))
  }

  /// Waits until the simulator has said where it is.
  private func announcedURL(of simulator: Started) async throws -> String {
    while true {
      if let url = try simulator.saidSoFar().firstMatch(of: /answers at (\S+), with/)?.1 { return String(url) }
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
