import Testing

/// FOCUS files as the binary writes them.
@Suite struct FOCUSCommandTests {
  private func place() async throws -> Workplace {
    let place = try Workplace()
    try place.writeBodies()
    try place.configure()
    #expect(try await place.importBodies().exitCode == 0)
    return place
  }

  @Test("whose months the billing periods are is said beside the rows", arguments: ["focus", "focus-1.2"])
  func months(format: String) async throws {
    let place = try await place()
    let finished = try await place.run("report", "charges", "--all", "--format", format)
    #expect(
      finished.err.contains(
        "billing periods are the months of Europe/Berlin, each from its first day 00:00Z to that of the next; "
          + "charge periods are the exact instants\n"), "\(finished.err)")
    #expect(finished.out.contains(",2026-02-01T00:00:00Z,2026-01-01T00:00:00Z,"))
    let csv = try await place.run("report", "charges", "--all", "--format", "csv")
    #expect(!csv.err.contains("billing periods"))
  }
}
