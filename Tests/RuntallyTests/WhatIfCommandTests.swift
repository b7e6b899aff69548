import Testing

/// What runs would have cost, as the binary shows it.
@Suite struct WhatIfCommandTests {
  /// The documented runs: 270 s in success and 135 s in failure, at 0.0000019.
  private func place() async throws -> Workplace {
    let place = try Workplace()
    try place.writeBodies()
    try place.configure()
    #expect(try await place.importBodies().exitCode == 0)
    return place
  }

  @Test("a doubled price is replayed for the last full month, and the ledger stays as it is")
  func doubled() async throws {
    let place = try await place()
    let before = try await place.run("report", "monthly-cost", "--all", "--format", "csv")
    let replayed = try await place.run("whatif", "--price", "standard-s=0.0000038", "--format", "csv")
    #expect(
      replayed.out == """
        month,source,runner,runner_id,billed_seconds,cost,whatif_cost,difference,currency\r
        2026-01,production,Database Backup,a1b2c3d4-e5f6-7890-abcd-ef1234567890,405.000,0.0007695,0.001539,0.0007695,\
        EUR\r

        """)
    #expect(replayed.exitCode == 0)
    #expect(replayed.err.hasPrefix("What if · 2026-01-01 to 2026-02-01, Europe/Berlin\ncomplete: 1 of 1 source, "))
    #expect(try await place.run("report", "monthly-cost", "--all", "--format", "csv") == before)
  }

  @Test("the answer as JSON says what was supposed, and what is saved adds up")
  func json() async throws {
    let place = try await place()
    let out = try await place.run(
      "whatif", "--month", "2026-01", "--runner", "Data*", "--price", "0", "--format", "json"
    ).out
    #expect(out.contains("\"report\": \"whatif\""))
    #expect(out.contains("\"filters\": {\"runner\":\"Data*\",\"price\":\"0\"}"))
    #expect(
      out.contains(
        """
        "totals": {"billed_seconds":405.000,"cost":"0.0007695","whatif_cost":"0","difference":"-0.0007695"}
        """))
  }

  @Test("what cannot be supposed is wrong usage")
  func wrongUsage() async throws {
    let place = try await place()
    let cases = [
      [], ["--price", "standard-s=cheap"], ["--price", "standard-x=1"], ["--instance-type", "large"],
      ["--price", "1", "--runner", "nobody"], ["--price", "1", "--format", "junit"],
    ]
    for arguments in cases {
      let refused = try await place.start(["whatif"] + arguments).finished()
      #expect(refused.exitCode == 64, "\(arguments)")
      #expect(refused.out == "", "\(arguments)")
    }
    #expect(
      try await place.run("whatif", "--price", "standard-x=1").err
        == "runtally: the sources that are asked for have no instance type \"standard-x\"; "
        + "did you mean \"standard-s\"?\n")
  }
}
