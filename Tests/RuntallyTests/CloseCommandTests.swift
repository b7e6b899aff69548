import Foundation
import Testing

/// `runtally close`, and what follows from it, as the binary says it.
@Suite struct CloseCommandTests {
  private func monthly(_ place: Workplace, _ more: String...) async throws -> String {
    try await place.shell(
      "runtally report monthly-cost --month 2026-01 --format csv --quiet \(more.joined(separator: " "))"
    ).out
  }

  /// A run that nobody had told of, a run of another length, another name and another price.
  private func learn(_ place: Workplace) async throws {
    try place.writeBodies(
      runners: [Bodies.runner(name: "Nightly", price: "0.0000038")],
      runs: [
        Bodies.runnerID: [
          Bodies.firstRun(id: "late"), Bodies.firstRun(completed: "2026-01-15T10:06:30.000+01:00"), Bodies.secondRun(),
        ]
      ])
    #expect(try await place.importBodies(asOf: "2026-02-02T06:00:00Z").exitCode == 0)
  }

  @Test("a closed month has the same bytes after anything that is learned later, and the rest is a correction")
  func sameBytes() async throws {
    let place = try await Workplace.withDocumentedRuns()
    #expect(try await monthly(place).contains("2026-01,final,production,Database Backup,"))
    #expect(
      try await place.run("close", "2026-01", "--yes")
        == Finished(exitCode: 0, out: "", err: "closed 2026-01: 2 runs, 0.0007695\n"))
    let groups = ["runner", "source", "instance-type"]
    var closed: [String] = []
    for group in groups { closed.append(try await monthly(place, "--group-by", group)) }
    #expect(closed[0].contains("2026-01,closed,production,Database Backup,"))
    try await learn(place)
    for (group, before) in zip(groups, closed) {
      #expect(try await monthly(place, "--group-by", group) == before, "\(group)")
    }
    let filtered = try await monthly(place, "--runner", Bodies.runnerID, "--source", "production")
    #expect(filtered == closed[0])
    #expect(
      try await place.run("report", "corrections", "--format", "csv", "--quiet").out == """
        month,discovered,source,runner,runner_id,instance_type,price_second,price_assumed,runs,runtime_seconds,\
        billed_seconds,cost,wasted_cost,unpriced_runs,currency\r
        2026-01,2026-02,production,Nightly,\(Bodies.runnerID),standard-s,0.0000019,true,1,330.000,330.000,0.000627,0,0,\r

        """)
    #expect(try await place.run("verify").exitCode == 0)
    let status = try await place.run("status", "--stale-after", "10000000")
    #expect(status.err == "runtally.sqlite, days and months in UTC\nclosed: 2026-01\n")
  }

  @Test("a month is closed once; a second time is an error that changes nothing")
  func twice() async throws {
    let place = try await Workplace.withDocumentedRuns()
    #expect(try await place.run("close", "2026-01", "--yes", "--quiet") == Finished(exitCode: 0, out: "", err: ""))
    let before = try await place.tables()
    let again = try await place.run("close", "2026-01", "--yes", "--force")
    #expect(again.exitCode == 1 && again.out == "")
    #expect(again.err.hasPrefix("runtally: 2026-01 is closed already, since 20"))
    #expect(try await place.tables() == before)
    #expect(
      try await place.run("close", "2026-03", "--yes").err
        == "runtally: 2026-03 cannot be closed now: months are closed one after the other, 2026-01 was the first and "
        + "2026-02 is next; run `runtally close 2026-02`\n")
  }

  @Test("a month that is not over is refused, and closed with --force, which is told ever after")
  func force() async throws {
    let place = try await Workplace.withDocumentedRuns()
    _ = try await place.run("close", "2026-01", "--yes")
    let reason = "it is not over at the ledger's now, 2026-02-01; not read completely since its end: production"
    #expect(
      try await place.run("close", "2026-02", "--yes")
        == Finished(
          exitCode: 1, out: "",
          err: "runtally: 2026-02 is provisional: \(reason); close it when that is over, or all the same with --force\n"
        ))
    #expect(
      try await place.run("close", "2026-02", "--yes", "--force")
        == Finished(exitCode: 0, out: "", err: "closed 2026-02 (forced): 0 runs\nin the way was: \(reason)\n"))
    let report = try await place.run("report", "monthly-cost", "--month", "2026-02")
    #expect(report.err.hasSuffix("; 2026-02 is closed (by force: \(reason))\n"))
  }

  @Test("what is no month is wrong usage; no ledger is an error", arguments: ["january", "2026-13", "2026-1"])
  func wrong(month: String) async throws {
    let place = try Workplace()
    #expect(
      try await place.run("close", month, "--yes")
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: \"\(month)\" is no month; expected one such as 2026-01, or last, or this\n"))
    #expect(try await place.run("close", "2026-01", "--yes").exitCode == 1)
    #expect(place.files().filter { $0.hasSuffix(".sqlite") } == [])
  }

  @Test("--require-final writes the report, and ends with 2 and the reason where the period is provisional")
  func requireFinal() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let arguments = ["report", "monthly-cost", "--format", "csv", "--quiet", "--month"]
    func run(_ month: String, _ more: String = "") async throws -> Finished {
      try await place.shell("runtally \(arguments.joined(separator: " ")) \(month) \(more)")
    }
    #expect(try await run("2026-01", "--require-final") == run("2026-01"))
    let going = try await run("2026-02", "--require-final")
    #expect(going.exitCode == 2)
    #expect(try await going.out == run("2026-02").out && !going.out.isEmpty)
    #expect(going.err == "runtally: provisional: not read completely since its end: production\n")
    #expect(try await place.run("close", "2026-02", "--yes", "--force").exitCode == 0)
    #expect(try await run("2026-02", "--require-final").exitCode == 0)
    #expect(
      try await place.run("report", "prices", "--require-final")
        == Finished(
          exitCode: 64, out: "", err: "runtally: --require-final is about a period, and the report prices has none\n"))
  }

  @Test("prices plan and init say that a closed month keeps its numbers")
  func plans() async throws {
    let place = try Workplace()
    try place.writeBodies()
    try place.configure()
    #expect(try await place.importBodies().exitCode == 0)
    #expect(try await place.run("close", "2026-01", "--yes").err == "closed 2026-01: 2 runs, 0.0007695 EUR\n")
    try place.configure(
      more: "prices: [{source: production, instance_type: standard-s, price_second: \"0.0000038\"}]")
    func line(_ verb: String) -> String {
      "2026-01 is closed and keeps its numbers: the difference \(verb) a correction in 2026-02\n"
    }
    #expect(try await place.run("prices", "plan").err.contains(line("would be")))
    #expect(try await place.run("prices", "apply").err.contains(line("is")))
    #expect(try await monthly(place).contains(",0.0007695,"))
    let corrections = try await place.run("report", "corrections", "--format", "csv")
    #expect(corrections.out.contains(",0.0000038,true,2,405.000,405.000,0.001539,0.000513,0,EUR\r\n"))
    #expect(corrections.out.contains(",-405.000,-0.0007695,-0.0002565,0,EUR\r\n"))
  }

  @Test("an edited closing is found by verify", .enabled(if: Tool.sqlite3.isThere, "sqlite3 is not installed"))
  func edited() async throws {
    let place = try await Workplace.withDocumentedRuns()
    _ = try await place.run("close", "2026-01", "--yes")
    _ = try await place.shell("sqlite3 runtally.sqlite \"UPDATE closing_line SET runner = 'Other'\"")
    let finished = try await place.run("verify")
    #expect(finished.exitCode == 2)
    #expect(finished.err.hasPrefix("runtally: the table closing_line is not as Runtally wrote it\n"))
  }
}
