import Reporting
import Runs
import Store
import TestSupport
import Testing

/// Which runners there are, worked out by hand: what is known of a period, and what is not.
@Suite struct FleetReportTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  private func agent(
    _ id: String = "gpu", online: Bool? = true, active: Int64? = 0, capacity: Int64? = 4, seen: String? = nil
  ) throws -> RunnerRecord {
    RunnerRecord(
      id: id, name: id.capitalized, status: online.map { $0 ? "online" : "offline" }, kind: "SELF_HOSTED",
      isOnline: online, lastSeenAt: try seen.map(instant), active: active, capacity: capacity, version: "1.2")
  }

  private func visit(_ time: String, _ runners: RunnerRecord..., isBroken: Bool = false) async throws {
    var answer = VendorAnswer(runners)
    answer.runnersAreComplete = !isBroken
    try await ledger.harvest(answer, at: time, source: HandMadeLedger.agents)
  }

  private func days(_ from: String, _ to: String) -> ReportRequest {
    ReportRequest(period: .days(from: day(from), to: day(to)))
  }

  private func shares(_ request: ReportRequest = .everything) throws -> [String] {
    try ledger.make("fleet", request).lines("runner", "utilisation", "availability")
  }

  @Test("a state holds between visits that both read the list; beside one that did not, nothing is known")
  func knownTime() async throws {
    try await visit("2026-01-10T00:00:00Z", agent(active: 1))
    try await visit("2026-01-10T06:00:00Z", agent(active: 3))
    try await visit("2026-01-10T12:00:00Z", isBroken: true)
    try await visit("2026-01-10T18:00:00Z", agent(online: false, active: 0))
    try await visit("2026-01-11T00:00:00Z", agent(online: false, active: 0))
    // Known are 6 h online with 1 of 4 active, and 6 h offline with none of 4.
    #expect(try shares() == ["Gpu | 0.125 | 0.5"])
    // A part of it, from the same two visits: 00 to 06 lies on the 10th, and all of 18 to 24 too.
    #expect(try shares(days("2026-01-10", "2026-01-11")) == ["Gpu | 0.125 | 0.5"])
    // Nothing is known of the days before, nor after the last visit.
    #expect(try shares(days("2026-01-01", "2026-01-10")) == ["Gpu | – | –"])
    #expect(try shares(days("2026-01-11", "2026-01-20")) == ["Gpu | – | –"])
  }

  @Test("a state that changed holds until the visit that saw the next one")
  func changes() async throws {
    try await visit("2026-01-10T00:00:00Z", agent(active: 4))
    try await visit("2026-01-10T01:00:00Z", agent(active: 2))
    try await visit("2026-01-10T02:00:00Z", agent(active: 2))
    try await visit("2026-01-10T04:00:00Z", agent(online: false, active: 0))
    // 1 h with 4, 3 h with 2 of 4: 10 of 16; online throughout.
    #expect(try shares() == ["Gpu | 0.625 | 1.0"])
    try await visit("2026-01-10T08:00:00Z", agent(online: false, active: 0))
    // 4 h offline with 0 of 4.
    #expect(try shares() == ["Gpu | 0.3125 | 0.5"])
  }

  @Test("26 hours between two visits are known, a millisecond more is not")
  func gaps() async throws {
    try await visit("2026-01-10T00:00:00Z", agent())
    try await visit("2026-01-11T02:00:00Z", agent(online: false))
    #expect(try shares() == ["Gpu | 0.0 | 1.0"])
    try await visit("2026-01-12T04:00:00.001Z", agent(online: false))
    // Of these hours, too much is unknown to call the runner offline in them.
    #expect(try shares() == ["Gpu | 0.0 | 1.0"])
    try await visit("2026-01-13T06:00:00.001Z", agent(online: false))
    #expect(try shares() == ["Gpu | 0.0 | 0.5"])
  }

  @Test("a period is cut out of what is known, also between two visits on either side of its end")
  func cutting() async throws {
    try await visit("2026-01-10T18:00:00Z", agent(online: true, active: 1))
    try await visit("2026-01-11T06:00:00Z", agent(online: false, active: 0))
    try await visit("2026-01-11T12:00:00Z", agent(online: false, active: 0))
    #expect(try shares(days("2026-01-10", "2026-01-11")) == ["Gpu | 0.25 | 1.0"])
    // 00 to 06 online with 1 of 4, 06 to 12 not.
    #expect(try shares(days("2026-01-11", "2026-01-12")) == ["Gpu | 0.125 | 0.5"])
    // In another zone other hours belong to a day: the 11th in Kiritimati is from 10:00 on the 10th to 10:00.
    let zone = try TimeZoneDatabase.rules(named: "Pacific/Kiritimati")
    var request = days("2026-01-11", "2026-01-12")
    request.zone = zone
    // 12 h online, 4 h not.
    #expect(try shares(request) == ["Gpu | 0.1875 | 0.75"])
  }

  @Test("what a vendor does not say is unknown: an unknown capacity is not 1, no word of being online is not offline")
  func unknown() async throws {
    for time in ["2026-01-10T00:00:00Z", "2026-01-10T06:00:00Z"] {
      try await visit(
        time, agent("a", online: nil), agent("b", active: 2, capacity: nil), agent("c", capacity: 0),
        agent("d", active: 9_000_000_000_000_000_000, capacity: 4), agent("e", active: 6, capacity: 4),
        RunnerRecord(id: "f", name: "F"))
    }
    #expect(
      try shares() == [
        "A | 0.0 | –", "B | – | 1.0", "C | – | 1.0", "D | – | 1.0", "E | 1.5 | 1.0", "F | – | –",
      ])
  }

  @Test("a runner that is gone is known until the last list that had it, and shown as it was last seen")
  func missing() async throws {
    try await visit("2026-01-10T00:00:00Z", agent("a", seen: "2026-01-09T23:59:50Z"), agent("b"))
    try await visit("2026-01-10T06:00:00Z", agent("a", online: false, seen: "2026-01-10T05:00:00Z"), agent("b"))
    try await visit("2026-01-10T12:00:00Z", agent("b", active: nil))
    try await visit("2026-01-10T18:00:00Z", agent("b", active: nil))
    #expect(
      try ledger.make("fleet", .everything).lines == [
        "agents | A | a | SELF_HOSTED | offline | 0 | 2026-01-10T05:00:00.000Z | 0 | 4 | 0.0 | 1.0 | 1.2"
          + " | 2026-01-10T12:00:00.000Z",
        "agents | B | b | SELF_HOSTED | online | 1 | – | – | 4 | 0.0 | 1.0 | 1.2 | –",
      ])
  }

  @Test("time in which complete lists lack a runner is unknown, while it is gone and after it came back")
  func back() async throws {
    let (gpu, other) = (try agent(), try agent("other"))
    try await visit("2026-01-10T00:00:00Z", gpu, other)
    try await visit("2026-01-10T01:00:00Z", try agent(online: false), other)
    try await visit("2026-01-10T03:00:00Z", other)
    try await visit("2026-01-10T07:00:00Z", other)
    #expect(try shares() == ["Gpu | 0.0 | 1.0", "Other | 0.0 | 1.0"])
    try await visit("2026-01-10T15:00:00Z", try agent(online: false), other)
    #expect(try shares() == ["Gpu | 0.0 | 1.0", "Other | 0.0 | 1.0"])
    // 1 h online and 2 h offline; it goes a second time, and is offline for an hour more.
    try await visit("2026-01-10T17:00:00Z", try agent(online: false), other)
    #expect(try shares() == ["Gpu | 0.0 | 0.333333", "Other | 0.0 | 1.0"])
    try await visit("2026-01-10T18:00:00Z", other)
    try await visit("2026-01-10T20:00:00Z", try agent(online: false), other)
    try await visit("2026-01-10T21:00:00Z", try agent(online: false), other)
    #expect(try shares() == ["Gpu | 0.0 | 0.25", "Other | 0.0 | 1.0"])
    // Of a period that begins while it is gone, or ends then, the same is known.
    #expect(try shares(days("2026-01-10", "2026-01-11")) == ["Gpu | 0.0 | 0.25", "Other | 0.0 | 1.0"])
  }

  @Test("a visit that was killed tells neither that the list could be read nor that it could not")
  func killed() async throws {
    try await visit("2026-01-10T00:00:00Z", agent(active: 1))
    try await ledger.harvest(
      VendorAnswer([try agent(online: false, active: 0)]), at: "2026-01-10T06:00:00Z", source: HandMadeLedger.agents,
      until: .runnersSaved)
    try await visit("2026-01-10T12:00:00Z", agent(online: false, active: 0))
    // What it saw was so from then on.
    #expect(try shares() == ["Gpu | 0.125 | 0.5"])
  }

  @Test("filters pick runners, and the period is that of the last 30 days")
  func asking() async throws {
    try await visit("2026-01-10T00:00:00Z", agent("a"), agent("b"))
    try await visit("2026-01-10T06:00:00Z", agent("a"), agent("b"))
    #expect(try ledger.make("fleet").period == "2025-12-12 2026-01-11 UTC")
    #expect(try shares(ReportRequest(runners: ["b"])) == ["B | 0.0 | 1.0"])
    #expect(try shares(ReportRequest(sources: ["agents"])).count == 2)
    #expect(ledger.refusal("fleet", ReportRequest(decimals: 2)) == .roundingNotTaken(report: "fleet"))
  }

  @Test("a runner called online without a sign of life is doubted where it is called so")
  func silence() async throws {
    try await visit(
      "2026-01-10T12:00:00Z", agent("a", seen: "2026-01-10T10:59:59Z"), agent("b", seen: "2026-01-10T11:00:00Z"),
      agent("c", seen: "2027-01-01T00:00:00Z"), agent("d"), agent("e", online: false, seen: "2025-01-01T00:00:00Z"))
    #expect(
      try ledger.make("fleet").summary.coverage.notes.last
        == "1 runner called online without a sign of life for an hour: A")
    #expect(try ledger.make("runs").summary.coverage.notes.last == "2026-01 is provisional")
  }
}
