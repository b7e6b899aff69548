import Testing

/// Reports of old data, as the binary writes them.
@Suite struct StaleReportTests {
  private func asked(_ arguments: String, at seconds: String, policy: String? = nil) async throws -> Finished {
    let place = try await Workplace.withDocumentedRuns()
    if let policy { try place.write("policy: \(policy)\n", to: "runtally.yaml") }
    return try await place.shell("runtally \(arguments)", environment: ["SOURCE_DATE_EPOCH": seconds])
  }

  @Test("what has no room for it says it on standard error, before all else", arguments: ["csv", "jsonl"])
  func rows(format: String) async throws {
    let finished = try await asked("report runs --all --format \(format)", at: "1900000000")
    #expect(finished.err.hasPrefix("runtally: stale: production was last read completely "), "\(finished.err)")
    #expect(!finished.out.contains("stale"))
    let focus = try await asked("report charges --all --format focus", at: "1900000000")
    #expect(!focus.out.contains("stale"))
  }

  @Test("what has room says it there, and not twice", arguments: ["table", "json", "markdown", "html"])
  func pages(format: String) async throws {
    let finished = try await asked("report runs --all --format \(format)", at: "1900000000")
    #expect(finished.out.ranges(of: "stale: production was last read completely ").count == 1)
    #expect(!finished.err.contains("stale"))
  }

  @Test("the policy's patience counts, and it may ask for none")
  func policy() async throws {
    #expect(try await !asked("report runs --all", at: "0").err.contains("stale"))
    #expect(try await !asked("report runs --all", at: "1900000000", policy: "{stale: false}").err.contains("stale"))
    let patient = try await asked("report runs --all", at: "1900000000", policy: "{stale: {after: 72h}}")
    #expect(patient.err.contains(", more than 3 days ago\n"))
    let prices = try await asked("prices", at: "1900000000")
    #expect(prices.err.hasPrefix("runtally: stale: "))
    let whatIf = try await asked("whatif --all --price 1 --format csv", at: "1900000000")
    #expect(whatIf.err.hasPrefix("runtally: stale: "))
  }

  @Test("a clock that is no number is wrong usage")
  func clock() async throws {
    let finished = try await asked("report runs --all", at: "yesterday")
    #expect(finished.exitCode == 64)
    #expect(
      finished.err
        == "runtally: $SOURCE_DATE_EPOCH is \"yesterday\"; expected seconds since 1970, such as 1775023200\n")
  }
}
