import Foundation
import Runs
import Simulator
import Testing

/// `runtally harvest` against the simulated API, over real HTTP.
@Suite struct HarvestTests {
  /// Tables that only tell when somebody looked, and the digests of them and of the others.
  static let harvestLog = ["harvest", "coverage", "sequence", "table_digest"]

  @Test("harvesting twice changes nothing but the harvest log")
  func twice() async throws {
    try await withSimulator(at: quiet) { place, _ in
      #expect(try await place.harvest().exitCode == 0)
      let (tables, reports) = (try await place.tables(), try await place.reports())
      #expect(tables.count == 25)
      #expect(tables["run"]?.split(separator: "\r\n").count ?? 0 > 300)
      let again = try await place.harvest()
      #expect(again.exitCode == 0)
      #expect(again.err.contains(" 0 new, 0 changed "))
      #expect(try await place.tables() == tables)
      #expect(try await place.reports() == reports)
      #expect(place.files() == ["ledger.sqlite", "runtally.yaml"])
      #expect(try await place.run("verify").exitCode == 0)
    }
  }

  @Test("a price and an instance type that change between visits are kept as history")
  func changes() async throws {
    try await withSimulator(at: quiet) { place, clock in
      #expect(try await place.harvest().exitCode == 0)
      clock.set(to: later)
      #expect(try await place.harvest().exitCode == 0)
      let prices = try await place.query(
        "SELECT price_second, origin FROM price_history WHERE instance_type = 'standard-m' ORDER BY price_id")
      #expect(prices == "price_second,origin\r\n0.0000038,observed\r\n0.0000044,observed\r\n")
      let types = try await place.query(
        """
        SELECT slug FROM runner_version JOIN instance_type USING (instance_type_id)
        WHERE runner_version.name = 'Nightly ETL' ORDER BY runner_version_id
        """)
      #expect(types == "slug\r\nstandard-m\r\nstandard-l\r\n")
      #expect(try await place.run("verify").exitCode == 0)
    }
  }

  @Test("a source may be named; an unknown one is wrong usage that names the known")
  func namedSource() async throws {
    try await withSimulator(at: quiet) { place, _ in
      #expect(try await place.harvest("production").exitCode == 0)
      let finished = try await place.harvest("prodction")
      #expect(
        finished
          == Finished(
            exitCode: 64, out: "", err: "runtally: runtally.yaml has no source \"prodction\"; it has production\n"))
    }
  }

  @Test("a wrong token is told in two lines without the token, and ends with 1: nothing arrived")
  func wrongToken() async throws {
    try await withSimulator(at: quiet) { place, server, _ in
      let finished = try await place.run("harvest", environment: ["TEST_TOKEN": "wrong-token"])
      #expect(
        finished
          == Finished(
            exitCode: 1, out: "",
            err: """
              production    could not be read: the vendor refused the key (401 from 127.0.0.1:\(server.port)): Invalid token
                            check $TEST_TOKEN, or create a key with the scope read
              runtally: 0 of 1 source read completely; nothing arrived

              """))
      for file in place.files() {
        #expect(try place.bytes(file).range(of: Data("wrong-token".utf8)) == nil, "\(file) has the token in it")
      }
      #expect(place.files() == ["ledger.sqlite", "runtally.yaml"])
    }
  }

  @Test("a port where nothing listens is told, and what was saved before stays")
  func refusedPort() async throws {
    let place = try Workplace()
    try place.configure()
    try await withSimulator(at: quiet) { other, server, _ in
      try place.configure(url: server.url)
      #expect(try await place.harvest().exitCode == 0)
    }
    // Other tests may have taken the simulator's port since; nobody takes this one.
    try place.configure(url: "http://127.0.0.1:1/v1", more: "    client: {attempts: 2, backoff: 1ms}\n")
    let tables = try await place.tables()
    let finished = try await place.harvest()
    #expect(
      finished
        == Finished(
          exitCode: 1, out: "",
          err: """
            production    could not be read: nothing listens at 127.0.0.1:1 (connection refused) (after 2 attempts)
                          check the source's url, and whether the service is up
            runtally: 0 of 1 source read completely; nothing arrived

            """))
    #expect(try await place.tables() == tables)
    let status = try await place.run("status", "--format", "csv")
    #expect(status.err.contains("production: the runners could not be read completely"))
  }

  @Test("--quiet says nothing of what went well")
  func quietly() async throws {
    try await withSimulator(at: quiet) { place, _ in
      let finished = try await place.harvest("--quiet")
      #expect(finished == Finished(exitCode: 0, out: "", err: ""))
    }
  }

  @Test("when nobody listens to what a harvest says, it goes on to its end")
  func deafListener() async throws {
    try await withSimulator(at: quiet) { place, _ in
      let closed = "runtally harvest 2>&-; echo $? > closed; { runtally harvest; echo $? > gone; } 2>&1 | true"
      _ = try await place.shell(closed, environment: Workplace.token)
      #expect(try place.read("closed") == "0\n")
      #expect(try place.read("gone") == "0\n")
      #expect(try await place.run("verify").exitCode == 0)
      #expect(place.files() == ["closed", "gone", "ledger.sqlite", "runtally.yaml"])
    }
  }

  @Test("what the ledger does not take of one source stops no other")
  func others() async throws {
    try await withSimulator(at: quiet) { place, server, _ in
      #expect(try await place.harvest().exitCode == 0)
      // The ledger knows the first source in another currency.
      let second = "  second: {vendor: nodion, url: \"\(server.url)\", token: \"${TEST_TOKEN}\"}\n"
      try place.configure(url: server.url, more: "    currency: USD\n" + second)
      let finished = try await place.harvest()
      #expect(finished.exitCode == 3)
      #expect(
        finished.err.contains("production    not visited: the ledger has prices of production in EUR"),
        "\(finished.err)")
      #expect(finished.err.contains("1 of 2 sources read completely"))
    }
  }

  /// An instant of the simulated company at which none of its runs is open.
  private let quiet = "2026-03-08T17:00:00+01:00"
  /// After the change of a price and of an instance type, again without an open run.
  private let later = SimulatorDefaults.demoVisits[3].advanced(byMilliseconds: -50 * 60_000)

  private func withSimulator<Result: Sendable>(
    at text: String, _ body: (Workplace, SimulatorServer, SimulatorClock) async throws -> Result
  ) async throws -> Result {
    let clock = SimulatorClock(at: try Instant(rfc3339: text))
    return try await SimulatorServer.withRunning(
      world: NodionWorld(runs: 400), clock: clock, token: "test-token"
    ) { server in
      let place = try Workplace()
      try place.configure(url: server.url)
      return try await body(place, server, clock)
    }
  }

  private func withSimulator(
    at text: String, _ body: (Workplace, SimulatorClock) async throws -> Void
  ) async throws {
    try await withSimulator(at: text) { place, _, clock in try await body(place, clock) }
  }
}

extension Workplace {
  static let token = ["TEST_TOKEN": "test-token"]

  func harvest(_ argument: String? = nil) async throws -> Finished {
    guard let argument else { return try await run("harvest", environment: Workplace.token) }
    return try await run("harvest", argument, environment: Workplace.token)
  }

  func query(_ sql: String) async throws -> String {
    try await run("query", sql, "--format", "csv").out
  }

  /// Every table as CSV, but for the harvest log.
  func tables() async throws -> [String: String] {
    let names = try await query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    var tables: [String: String] = [:]
    for name in names.split(separator: "\r\n").dropFirst().map(String.init)
    where !HarvestTests.harvestLog.contains(name) {
      tables[name] = try await query("SELECT * FROM \(name) ORDER BY 1, 2")
    }
    return tables
  }

  /// Every report but the coverage, for a fixed period.
  func reports(_ format: String = "csv") async throws -> [String: String] {
    var reports: [String: String] = [:]
    for name in ["monthly-cost", "charges", "failure-trend", "durations", "runs", "runners"] {
      reports[name] = try await run(
        "report", name, "--from", "2025-11-01", "--to", "2026-04-01", "--format", format
      ).out
    }
    return reports
  }
}
