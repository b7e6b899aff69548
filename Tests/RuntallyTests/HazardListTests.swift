import Foundation
import Harvest
import Runs
import Simulator
import Testing

/// What vendors may do to their lists and answers: the ledger gets what there is, each row once, or knows what it lacks.
///
/// One after another, since each has a server and many connections of its own.
@Suite(.serialized, .timeLimit(.minutes(60))) struct HazardListTests {
  private static let pageSize = 20

  /// One visit to vendors that misbehave so, beside a visit on a good day, with lists in pages of twenty.
  private func visit(
    _ faults: [SimulatorFault],
    _ check: (HazardVendors, [Vendor: Visit], _ good: CrashTables, _ bad: CrashTables) throws -> Void
  ) async throws {
    try await HazardVendors.running(nodion: NodionWorld(runs: 300)) { vendors in
      try await vendors.visit(into: "good.sqlite", pageSize: HazardListTests.pageSize)
      vendors.server.faults = faults
      let visits = try await vendors.visit(pageSize: HazardListTests.pageSize)
      #expect(try vendors.problems() == [])
      try check(vendors, visits, vendors.place.crashTables("good.sqlite"), vendors.place.crashTables())
    }
  }

  /// The readings of lists that come in pages.
  private func paged(_ visits: [Vendor: Visit]) -> [ResourceReading] {
    (visits[.agentsMesh]?.readings.dropFirst() ?? []) + (visits[.soda]?.readings ?? [])
  }

  @Test("hazard 20: pages that drift while they are read lose nothing and double nothing")
  func drift() async throws {
    try await visit([SimulatorFault(.pageDrift)]) { _, _, good, bad in
      #expect(bad.differences(from: good) == [])
    }
  }

  @Test("hazard 20: a row that slips through between two pages is known to be missing")
  func gap() async throws {
    try await visit([SimulatorFault(.pageGap)]) { _, visits, good, bad in
      #expect(Set(bad["run"]).isSubset(of: good["run"]) && bad["run"].count < good["run"].count)
      for reading in paged(visits) {
        #expect(reading.isComplete == (reading.requests == 1 || reading.rows == reading.claimed), "\(reading)")
      }
      #expect(paged(visits).contains { !$0.isComplete })
    }
  }

  @Test("hazard 21: a vendor that sends its first page for ever is left, and what it held back is known to be missing")
  func repeated() async throws {
    try await visit([SimulatorFault(.repeatedPage)]) { vendors, visits, good, bad in
      #expect(Set(bad["run"]).isSubset(of: good["run"]))
      for reading in paged(visits) { #expect(reading.isComplete == (reading.rows == reading.claimed), "\(reading)") }
      #expect(paged(visits).contains { !$0.isComplete && $0.rows == HazardListTests.pageSize })
      #expect(vendors.server.requestCount < 200)
    }
  }

  @Test("hazard 22: pages shorter than asked for lose nothing")
  func shortPages() async throws {
    try await HazardVendors.running { vendors in
      try await vendors.visit([.agentsMesh, .soda], into: "good.sqlite")
      vendors.server.faults = [SimulatorFault(.echoedLimit)]
      // Asked for 200, the vendor sends 10.
      let visits = try await vendors.visit([.agentsMesh, .soda], pageSize: 200)
      #expect(visits.areComplete)
      let good = try vendors.place.crashTables("good.sqlite")
      #expect(try vendors.place.crashTables().differences(from: good) == [])
    }
  }

  @Test(
    "hazard 23: a wrong total ends no list early, and one that claims more than came makes it incomplete",
    arguments: [SimulatorFault.Name.wrongTotal, .lowTotal])
  func totals(name: SimulatorFault.Name) async throws {
    try await visit([SimulatorFault(name)]) { _, visits, good, bad in
      #expect(bad.differences(from: good) == [])
      for reading in paged(visits) {
        let claimed = try #require(reading.claimed)
        #expect(reading.isComplete == (reading.rows >= claimed), "\(reading)")
        #expect((reading.note != nil) == (reading.rows != claimed))
      }
    }
  }

  @Test("hazard 19: a list that is cut in silence takes nothing away: what it lacks is kept as missing")
  func silentCap() async throws {
    try await HazardVendors.running { vendors in
      try await vendors.visit([.nodion])
      let before = try vendors.place.crashTables()
      vendors.server.faults = [SimulatorFault(.silentCap)]
      try await vendors.visit([.nodion])
      let after = try vendors.place.crashTables()
      #expect(after["run"].count == before["run"].count && after["run_day"] == before["run_day"])
      #expect(after["run"].contains { $0.hasSuffix(" | 1") })
      vendors.server.faults = []
      try await vendors.visit([.nodion])
      #expect(try vendors.place.crashTables().differences(from: before) == [])
    }
  }

  @Test(
    "hazard 25: a vendor that says wait is waited for, with or without a word how long, and nothing is missing",
    arguments: [SimulatorFault.Name.tooManyRequests, .tooManyRequestsSeconds, .tooManyRequestsDate, .errorEmpty])
  func throttled(name: SimulatorFault.Name) async throws {
    try await visit([SimulatorFault(name, times: 2)]) { vendors, visits, good, bad in
      #expect(visits.areComplete)
      #expect(bad.differences(from: good) == [])
      #expect(vendors.server.requestLog.count { $0.status == 429 || $0.status == 503 } > 40)
      #expect(vendors.waits.now > SimulatorDefaults.now)
    }
  }

  @Test(
    "hazard 24 and 26: a page or an error in any form saves nothing, and is told in one line",
    arguments: [
      SimulatorFault.Name.html, .htmlAsJSON, .errorText, .errorHTML, .serverError, .emptyBody, .emptyObject,
      .errorSecret,
    ])
  func noList(name: SimulatorFault.Name) async throws {
    try await visit([SimulatorFault(name)]) { _, visits, _, bad in
      #expect(bad["runner"] == [] && bad["run"] == [])
      for visit in visits.values {
        let reading = try #require(visit.readings.first)
        #expect(visit.readings.count == 1 && !reading.isComplete)
        let note = try #require(reading.note)
        #expect(!note.contains("\n") && note.count < 500 && note.hasPrefix("127.0.0.1:"), "\(note)")
        #expect(!note.contains("simulated-"), "\(note)")
      }
    }
  }

  @Test(
    "hazard 27: no redirect is followed, to another path or another host",
    arguments: [SimulatorFault.Name.redirect, .redirectElsewhere])
  func redirects(name: SimulatorFault.Name) async throws {
    try await visit([SimulatorFault(name)]) { vendors, visits, _, bad in
      #expect(bad["runner"] == [])
      #expect(visits.values.allSatisfy { $0.error?.problem.contains("a key is never sent on") == true })
      #expect(!vendors.server.requests.contains { $0.contains("/moved/") })
    }
  }

  @Test(
    "hazard 19: packed, slow and padded answers are read like any other",
    arguments: [SimulatorFault.Name.gzip, .slowBody, .hugeBody])
  func unusualBodies(name: SimulatorFault.Name) async throws {
    let fault = SimulatorFault(name, rate: name == .gzip ? 1 : 0.1, delay: .milliseconds(50))
    try await visit([fault]) { _, visits, good, bad in
      #expect(visits.areComplete)
      #expect(bad.differences(from: good) == [])
    }
  }
}
