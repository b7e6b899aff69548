import Harvest
import Runs
import TestSupport
import Testing

@testable import Store

/// How completely each list was read, as stretches of visits that found it alike.
@Suite struct CoverageLogTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  /// `list | from | until | complete | rows`
  private func coverage() throws -> [String] {
    try ledger.lines(
      """
      SELECT coalesce(runner.external_id, 'runners') AS list, from_harvest_id, until_harvest_id, complete, rows
      FROM coverage LEFT JOIN runner USING (runner_id) ORDER BY list <> 'runners', list, from_harvest_id
      """)
  }

  private func readAt() throws -> [String] {
    try ledger.lines(
      """
      SELECT external_id, strftime('%d', read_at / 1000, 'unixepoch')
      FROM run_list_read JOIN runner USING (runner_id) ORDER BY 1
      """)
  }

  @Test("visits that find the same extend a stretch; one that does not closes it at the visit before")
  func stretches() async throws {
    let run = try make(run: "r1")
    for day in 10...12 { try await ledger.harvest(VendorAnswer(run), at: "2026-01-\(day)T00:00:00Z") }
    #expect(try coverage() == ["runners | 1 | – | 1 | 1", "backup | 1 | – | 1 | 1"])
    #expect(try readAt() == ["backup | 12"])

    var broken = VendorAnswer(run)
    broken.brokenLists = ["backup"]
    for day in 13...14 { try await ledger.harvest(broken, at: "2026-01-\(day)T00:00:00Z") }
    #expect(
      try coverage() == ["runners | 1 | – | 1 | 1", "backup | 1 | 3 | 1 | 1", "backup | 4 | – | 0 | 1"])
    #expect(try readAt() == ["backup | 12"])
    #expect(try ledger.lines("SELECT complete FROM harvest ORDER BY harvest_id") == ["1", "1", "1", "0", "0"])
    #expect(
      try ledger.read { try $0.incompleteLists() } == [
        Snapshot.IncompleteList(source: "production", runner: "Backup", note: "the list broke off")
      ])

    try await ledger.harvest(VendorAnswer(run), at: "2026-01-15T00:00:00Z")
    #expect(
      try coverage() == [
        "runners | 1 | – | 1 | 1", "backup | 1 | 3 | 1 | 1", "backup | 4 | 5 | 0 | 1", "backup | 6 | – | 1 | 1",
      ])
    #expect(try readAt() == ["backup | 15"])
    #expect(try ledger.read { try $0.incompleteLists() } == [])
  }

  @Test("a list that a visit did not ask for ends with the visit before")
  func notAskedFor() async throws {
    let both = VendorAnswer([make(runner: "backup"), make(runner: "index")])
    for day in 10...11 { try await ledger.harvest(both, at: "2026-01-\(day)T00:00:00Z") }
    try await ledger.harvest(VendorAnswer([make(runner: "index")]), at: "2026-01-12T00:00:00Z")
    #expect(
      try coverage() == ["runners | 1 | – | 1 | 1", "backup | 1 | 2 | 1 | 0", "index | 1 | – | 1 | 0"])
    #expect(try readAt() == ["backup | 11", "index | 12"])
  }

  @Test("a killed visit extends nothing, and a stretch that it opened ends with itself or goes on")
  func killed() async throws {
    var broken = VendorAnswer([make(runner: "backup")])
    broken.brokenLists = ["backup"]
    try await ledger.harvest(VendorAnswer(), at: "2026-01-10T00:00:00Z")
    try await ledger.harvest(broken, at: "2026-01-11T00:00:00Z", until: .beforeFinish)
    #expect(try readAt() == ["backup | 10"])
    try await ledger.harvest(VendorAnswer(), at: "2026-01-12T00:00:00Z")
    #expect(
      try coverage() == [
        "runners | 1 | – | 1 | 1", "backup | 1 | 1 | 1 | 0", "backup | 2 | 2 | 0 | 0", "backup | 3 | – | 1 | 0",
      ])
    #expect(try readAt() == ["backup | 12"])
  }

  @Test("a list that grows rewrites its row and adds none")
  func growing() async throws {
    for day in 10...13 {
      let runs = try (10...day).map { try make(run: "r\($0)") }
      try await ledger.harvest(
        VendorAnswer([make(runner: "backup")], runs: ["backup": runs]), at: "2026-01-\(day)T00:00:00Z")
    }
    #expect(try coverage() == ["runners | 1 | – | 1 | 1", "backup | 1 | – | 1 | 4"])
  }

  @Test("what status tells of a ledger")
  func facts() async throws {
    #expect(try ledger.read { try $0.asOf() } == nil)
    try await ledger.harvest(
      VendorAnswer(make(run: "r1"), make(openRun: "r2", started: "2025-12-31T23:00:00Z")), at: "2026-01-16T00:00:00Z")
    var partial = VendorAnswer([make(runner: "backup", name: "Nightly")])
    partial.runnersAreComplete = false
    try await ledger.harvest(
      partial, at: "2026-01-17T00:00:00Z", source: SourceSettings(name: "agents", vendor: .agentsMesh))
    try ledger.read { snapshot in
      #expect(try snapshot.asOf() == instant("2026-01-17T00:00:00Z"))
      #expect(try snapshot.sourceNames() == ["agents", "production"])
      let sixteenth = try instant("2026-01-16T00:00:00Z")
      #expect(
        try snapshot.sourceReads() == [
          .init(
            source: "agents", vendor: "agentsmesh", lastVisit: instant("2026-01-17T00:00:00Z"), lastComplete: nil),
          .init(source: "production", vendor: "nodion", lastVisit: sixteenth, lastComplete: sixteenth),
        ])
      #expect(
        try snapshot.incompleteLists() == [.init(source: "agents", runner: nil, note: "the list broke off")])
      #expect(try snapshot.openMonths() == [Month(year: 2025, month: 12)])
      #expect(
        try snapshot.sizes().map { "\($0.source) \($0.runners) \($0.runs)" } == ["agents 1 0", "production 1 2"])
      #expect(
        try snapshot.runnerNames().map { "\($0.source) \($0.externalID) \($0.name)" } == [
          "agents backup Nightly", "production backup Backup",
        ])
    }
  }
}
