import Foundation
import Harvest
import Runs
import Simulator
import Store
import Testing

@testable import runtally

/// A vendor is a folder and a line in one list: one that is in no list of the program is configured, harvested over
/// real HTTP, judged, explained, priced and exported.
@Suite struct InventedVendorTests {
  private static let vendors = Vendors(Vendors.all.apis + [.acme])
  private static let now = Instant(milliseconds: 1_767_322_800_000)  // 2026-01-02T03:00:00Z

  private static let bodies = [
    "/v2/machines": #"{"machines": [{"id": "m1", "label": "Builder", "price": "0.0002"}]}"#,
    "/v2/machines/m1/jobs": #"""
    {"jobs": [
      {"id": "job-000001", "state": "good", "began": "2026-01-01T10:00:00Z", "ended": "2026-01-01T10:10:00Z"},
      {"id": "job-000002", "state": "bad", "code": 99, "began": "2026-01-01T11:00:00Z",
       "ended": "2026-01-01T11:01:00Z"}]}
    """#,
  ]

  private func configuration(port: Int) -> String {
    """
    timezone: UTC
    currency: EUR
    sources:
      builds:
        vendor: acme
        url: http://127.0.0.1:\(port)/v2
        password: "${ACME_PASSWORD}"
        team: blue

    """
  }

  /// Harvests the invented vendor into the ledger of a workplace.
  private func harvest(into place: Workplace) async throws {
    let server = try await LoopbackServer.start { request in
      let isKnown = request.headers["x-password"] == "test-password"
      let body = isKnown ? Self.bodies[request.path] : nil
      return SimulatedAnswer(
        status: body == nil ? 403 : 200, headers: ["Content-Type": "application/json"],
        pieces: [Array((body ?? "{}").utf8)])
    }
    try await server.stopping {
      let file = place.url("acme.yaml").path(percentEncoded: false)
      try place.write(configuration(port: server.port), to: "acme.yaml")
      let configuration = try Configuration(file: file, vendors: Self.vendors)
      let pipeline = HarvestPipeline(
        configuration: configuration, concurrency: 1, wait: .seconds(10), quiet: true, clock: { Self.now })
      try await PreparedSource.with(
        configuration.sources(named: []), environment: ["ACME_PASSWORD": "test-password"]
      ) { prepared in
        try await pipeline.run(prepared.map { ($0.source, .network($0, savingTo: nil)) }, arrival: Arrival())
      }
    }
  }

  @Test("it is harvested, and its cost and its name for people stand in the files for finance")
  func exported() async throws {
    let place = try Workplace()
    try await harvest(into: place)
    let charges = try await place.run(
      "report", "charges", "--all", "--format", "focus", "--database", "runtally.sqlite")
    #expect(charges.exitCode == 0, "\(charges.err)")
    let rows = charges.out.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let names = try #require(rows.first)
    func column(_ name: Substring) throws -> [String] {
      let index = try #require(names.firstIndex(of: name))
      return rows.dropFirst().map { String($0[index]) }
    }
    #expect(try column("BilledCost") == ["0.12", "0.012"])
    #expect(rows.dropFirst().allSatisfy { $0.contains("Acme Cloud") && $0.contains("Acme Cloud Runners") })
  }

  @Test("its runs are judged by its own rule, and explained with the rule's reason")
  func explained() async throws {
    let place = try Workplace()
    try await harvest(into: place)
    let ledger = try Ledger(at: place.url("runtally.sqlite").path(percentEncoded: false), for: .reading)
    defer { ledger.close() }
    let run = try ledger.read { try $0.explain(run: "job-000002", vendors: Self.vendors.vendors) }
    #expect(run.state.outcome == .error && run.state.isInferred)
    #expect(run.outcomeRule.because(of: run.state) == "bad with code 99, which is out of memory")
    #expect(run.cost.total == (try Money("0.012")))
  }

  @Test("its keys are asked for, and the other vendors' are not known to it")
  func configured() throws {
    func mistake(_ lines: String) -> String {
      do {
        _ = try Configuration(
          text: "sources:\n  b:\n    vendor: acme\n\(lines)", file: "runtally.yaml", vendors: Self.vendors)
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(
      mistake("    token: \"${TOKEN}\"\n").contains(
        "expected vendor, url, password, password_file, team, currency, billing, account_id, account_name, allow, client"
      ))
    #expect(mistake("    password: typed\n").contains("expected an environment variable such as \"${ACME_PASSWORD}\""))
  }
}
