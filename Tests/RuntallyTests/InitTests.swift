import Foundation
import Testing

/// `runtally init`: the beginning, and the only way to another time zone.
@Suite struct InitTests {
  @Test("init makes a configuration that reads back and an empty ledger")
  func fresh() async throws {
    let place = try Workplace()
    let finished = try await place.run("init", "--timezone", "Europe/Berlin", "--currency", "EUR")
    #expect(
      finished
        == Finished(
          exitCode: 0, out: "",
          err: """
            made the ledger runtally.sqlite, days and months in Europe/Berlin
            wrote runtally.yaml; add your sources to it

            """))
    #expect(place.files() == ["runtally.sqlite", "runtally.yaml"])
    #expect(try await place.run("verify").err == "runtally.sqlite is sound: 0 runs, 0 lines of tally agree with them\n")
    #expect(
      try await place.harvest()
        == Finished(exitCode: 64, out: "", err: "runtally: runtally.yaml names no sources; add one under `sources:`\n"))

    let configuration = try place.read("runtally.yaml")
    let again = try await place.run("init")
    #expect(again.err == "the ledger runtally.sqlite is there already, days and months in Europe/Berlin\n")
    #expect(try place.read("runtally.yaml") == configuration)
  }

  @Test("the sources of the starter configuration work once the comment signs are gone")
  func starter() async throws {
    let place = try Workplace()
    _ = try await place.run("init")
    let filled = try place.read("runtally.yaml").replacing("# sources:", with: "sources:")
      .replacing("\n#   ", with: "\n   ").replacing("https://api.nodion.com/v1", with: "http://127.0.0.1:1/v1")
    try place.write(filled, to: "runtally.yaml")
    let finished = try await place.run("harvest", environment: ["NODION_TOKEN": "test-token"])
    #expect(finished.exitCode == 1)
    #expect(finished.err.hasPrefix("production    could not be read: nothing listens at 127.0.0.1:1 "))
  }

  @Test("a ledger may have any path")
  func oddPath() async throws {
    let place = try Workplace()
    let name = "my #1: \"ledger\".sqlite"
    #expect(try await place.run("init", "--database", name).exitCode == 0)
    #expect(place.files() == [name, "runtally.yaml"])
    #expect(try await place.run("verify").exitCode == 0)
  }

  @Test("an unknown zone or currency is wrong usage and writes nothing")
  func mistakes() async throws {
    let place = try Workplace()
    #expect(
      try await place.run("init", "--timezone", "Europe/Berln")
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: \"Europe/Berln\" is not a time zone; expected an IANA name such as Europe/Berlin. "
            + "Near it: Europe/Berlin, Europe/Dublin, Europe/Jersey\n"))
    #expect(try await place.run("init", "--currency", "euro").exitCode == 64)
    #expect(place.files() == [])
  }

  @Test("a zone changed in the configuration stops a harvest; init shows what it changes, --rezone changes it")
  func rezone() async throws {
    let place = try Workplace()
    try place.configure(timeZone: "UTC")
    // 23:30 to 00:30 in UTC on New Year's Eve: in Tokyo it is all next year.
    let run = """
      {"id": "night", "status": "succeeded", "exit_code": 0, "created_at": "2025-12-31T23:30:00Z",
      "started_at": "2025-12-31T23:30:00Z", "completed_at": "2025-12-31T23:59:00Z",
      "updated_at": "2025-12-31T23:59:00Z"}
      """
    try place.writeBodies(runs: [Bodies.runnerID: [run]])
    #expect(try await place.run("import", "production", "bodies", "--as-of", Bodies.asOf).exitCode == 0)
    let before = try await place.reports()

    try place.configure(timeZone: "Asia/Tokyo")
    #expect(
      try await place.harvest()
        == Finished(
          exitCode: 1, out: "",
          err: "runtally: ledger.sqlite counts days and months in UTC, the configuration says Asia/Tokyo; "
            + "run `runtally init` to see what that changes, or set the time zone back\n"))
    let shown = try await place.run("init")
    let table = """
      What Asia/Tokyo changes

      month     runs before   runs after   billed before   billed after
      2025-12             1            0          29 min            0 s
      2026-01             0            1             0 s         29 min


      """
    #expect(
      shown
        == Finished(
          exitCode: 1, out: table, err: "runtally: nothing was changed; run `runtally init --rezone` to do it\n"))
    #expect(try await place.reports() == before)

    let changed = try await place.run("init", "--rezone")
    #expect(
      changed
        == Finished(exitCode: 0, out: table, err: "the ledger counts days and months in Asia/Tokyo from now on\n"))
    let months = try await place.run("report", "monthly-cost", "--all", "--format", "csv").out
    #expect(months.split(separator: "\r\n").dropFirst().map { $0.prefix(7) } == ["2026-01"])
    #expect(try await place.run("verify").exitCode == 0)
  }

  @Test("another zone than the configuration's is wrong usage")
  func contradiction() async throws {
    let place = try Workplace()
    try place.configure()
    #expect(
      try await place.run("init", "--timezone", "UTC")
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: runtally.yaml says timezone Europe/Berlin; change it there to UTC\n"))
    #expect(place.files() == ["runtally.yaml"])
  }
}
