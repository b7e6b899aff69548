import Testing

/// What docs/machines.md says of restoring a backup: the ledger works again, and the next visit brings what it lacks.
@Suite struct RestoreTests {
  @Test("a restored ledger learns from the next visit what happened since its backup")
  func restore() async throws {
    let place = try Workplace()
    try place.writeBodies(runs: [Bodies.runnerID: []], to: "monday")
    try place.writeBodies(to: "tuesday")
    #expect(try await place.importBodies(from: "monday", asOf: "2026-01-10T06:00:00Z").exitCode == 0)
    #expect(try await place.run("backup", "monday.sqlite").exitCode == 0)
    #expect(try await place.importBodies(from: "tuesday").exitCode == 0)
    let before = try await place.reports("json")

    try place.write("no ledger any more", to: "runtally.sqlite")
    #expect(try await place.run("verify").exitCode == 1)
    let restored = try await place.shell(
      "mkdir damaged && mv runtally.sqlite* damaged/ && cp monday.sqlite runtally.sqlite && runtally verify")
    #expect(restored.exitCode == 0, "\(restored.err)")
    #expect(try await place.reports("json") != before)
    #expect(try await place.importBodies(from: "tuesday").exitCode == 0)
    #expect(try await place.reports("json") == before)
    #expect(try await place.run("verify").exitCode == 0)
  }
}
