import Foundation
import Testing

/// `runtally source`, and what a source that is renamed or read with a wrong clock does.
@Suite struct SourceCommandTests {
  private func configuration(_ names: [String]) -> String {
    "timezone: UTC\ncurrency: EUR\nsources:\n"
      + names.map { "  \($0): {vendor: nodion, url: \"http://127.0.0.1:9/v1\", token: \"${T}\"}\n" }.joined()
  }

  private func place(_ names: String...) async throws -> Workplace {
    let place = try Workplace()
    try place.writeBodies()
    try place.write(configuration(names), to: "runtally.yaml")
    return place
  }

  private func imports(_ source: String, _ asOf: String, in place: Workplace) async throws -> Finished {
    try await place.run("import", source, "bodies", "--as-of", asOf, "--quiet")
  }

  private func runs(in place: Workplace) async throws -> String {
    try await place.query("SELECT source, count(*) AS runs FROM run_detail GROUP BY source")
  }

  @Test("a source under a new name is refused with the command that keeps its history, which then goes on")
  func renamed() async throws {
    let place = try await place("old")
    #expect(try await imports("old", "2026-02-01T06:00:00Z", in: place).exitCode == 0)
    try place.write(configuration(["new name"]), to: "runtally.yaml")
    let refused = try await imports("new name", "2026-02-02T06:00:00Z", in: place)
    #expect(
      refused
        == Finished(
          exitCode: 1, out: "",
          err: "runtally: new name has the same runners as old, which the ledger knows (1 runner); run "
            + "`runtally source rename old 'new name'` to keep its history under the new name; or keep old in the "
            + "configuration too, and every run counts twice\n"))
    #expect(try await runs(in: place) == "source,runs\r\nold,2\r\n")
    let renamed = try await place.run("source", "rename", "old", "new name")
    #expect(renamed == Finished(exitCode: 0, out: "", err: "old is now called new name\n"))
    #expect(try await imports("new name", "2026-02-02T06:00:00Z", in: place).exitCode == 0)
    #expect(try await runs(in: place) == "source,runs\r\nnew name,2\r\n")
    #expect(try await place.run("verify").exitCode == 0)
  }

  @Test("two sources that are both configured are read, and the first visit says that runs count twice")
  func twice() async throws {
    let place = try await place("one", "two")
    #expect(try await imports("one", "2026-02-01T06:00:00Z", in: place).exitCode == 0)
    let second = try await place.run("import", "two", "bodies", "--as-of", "2026-02-01T06:00:00Z")
    #expect(second.exitCode == 0)
    #expect(second.err.contains("1 runner also in one: their runs count twice in all reports\n"))
    #expect(try await runs(in: place) == "source,runs\r\none,2\r\ntwo,2\r\n")
  }

  @Test("a visit ahead of the clock is told, keeps others out, and can be taken back")
  func ahead() async throws {
    let place = try await place("p")
    let far = try await place.run("import", "p", "bodies", "--as-of", "2999-01-15T06:00:00Z")
    #expect(far.exitCode == 0)
    #expect(far.err.contains("--as-of 2999-01-15T06:00:00.000Z is ahead of the clock"))
    let refused = try await imports("p", "2026-02-01T06:00:00Z", in: place)
    #expect(refused.exitCode == 1)
    #expect(refused.err.hasSuffix("take it back with `runtally source take-back p`\n"))
    let status = try await place.run("status", "--format", "csv")
    #expect(status.exitCode == 2)
    #expect(status.out.hasSuffix(",2999-01-15T06:00:00.000Z,,false,true\r\n"))
    #expect(
      status.err.contains(
        "the newest visit to p, of 2999-01-15T06:00:00.000Z, is ahead of the clock, and no other is taken before that"))
    try place.write("stale: {after: 36h}\n", to: "policy.yaml")
    let check = try await place.run("check", "--policy", "policy.yaml", "--format", "csv")
    #expect(check.exitCode == 2)
    #expect(check.out.contains("the newest visit, of 2999-01-15T06:00:00.000Z, is ahead of the clock"))
    let taken = try await place.run("source", "take-back", "p")
    #expect(
      taken
        == Finished(
          exitCode: 0, out: "",
          err: "took the visit to p of 2999-01-15T06:00:00.000Z back: 2 new runs and 1 new runner gone, "
            + "0 changed runs as before; it was the only one, so p is gone too\n"))
    #expect(try await imports("p", "2026-02-01T06:00:00Z", in: place).exitCode == 0)
    #expect(try await place.run("verify").exitCode == 0)
  }

  @Test("a name that is not there or taken is wrong usage")
  func wrongNames() async throws {
    let place = try await place("p")
    #expect(try await imports("p", "2026-02-01T06:00:00Z", in: place).exitCode == 0)
    #expect(
      try await place.run("source", "rename", "q", "r")
        == Finished(exitCode: 64, out: "", err: "runtally: the ledger has no source \"q\"; it knows p\n"))
    #expect(
      try await place.run("source", "rename", "p", "p")
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: the ledger has a source \"p\" already; choose another name; two sources are never joined\n"))
    #expect(try await place.run("source", "take-back", "q").exitCode == 64)
  }
}
