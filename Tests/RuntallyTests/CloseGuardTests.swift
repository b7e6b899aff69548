import Foundation
import Testing

/// What stands between a word typed too soon and a month that is frozen: the plan, the question, and the way back.
@Suite struct CloseGuardTests {
  @Test("without a terminal a month is closed only with --yes, and nothing is done without")
  func yes() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let before = try await place.tables()
    #expect(
      try await place.run("close", "2026-01")
        == Finished(
          exitCode: 64, out: "",
          err: """
            runtally: closing a month stays on record, so it is asked on a terminal; elsewhere look at \
            `runtally close 2026-01 --plan`, and say --yes

            """))
    #expect(try await place.tables() == before)
    #expect(try await place.run("close", "last", "--yes").err == "closed 2026-01: 2 runs, 0.0007695\n")
  }

  @Test(
    "on a terminal the plan is shown and asked; only a yes closes the month", arguments: ["\n", "no\n", "y\n", "YES\n"])
  func asked(typed: String) async throws {
    let place = try await Workplace.withDocumentedRuns()
    let shown = try await Terminal.show("runtally close 2026-01; echo $?", in: place, typed: typed)
    let isYes = typed.lowercased().hasPrefix("y")
    #expect(
      shown.prefix(4) == [
        "closing 2026-01 would freeze 2 runs, 0.0007695", "it is final: nothing is expected to change",
        "at an assumed price: 405.000 s, 0.0007695",
        "Close 2026-01? [y/N] " + (isYes ? "closed 2026-01: 2 runs, 0.0007695" : "2026-01 was not closed"),
      ])
    #expect(shown.contains(isYes ? "0" : "1"))
    let status = try await place.run("status", "--stale-after", "10000000")
    #expect(status.err.contains("closed: 2026-01") == isYes)
  }

  @Test("what is in the way is told before anything is asked")
  func refused() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let shown = try await Terminal.show("runtally close 2026-02; echo $?", in: place, typed: "y\n")
    #expect(
      shown.prefix(2) == [
        "runtally: 2026-02 is no good beginning: runs are known from 2026-01-14 on, and no month before the first closed "
          + "one is ever closed: 2026-01 would stay open; begin with `runtally close 2026-01`, or close it all the same "
          + "with --force", "1",
      ])
  }

  @Test("--plan has a row for each source and currency, in the formats of other answers, and changes nothing")
  func plan() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let before = try await place.tables()
    #expect(
      try await place.run("close", "--plan", "last", "--format", "csv")
        == Finished(
          exitCode: 0,
          out: """
            month,source,runs,billed_seconds,cost,unpriced_runs,unpriced_seconds,assumed_seconds,assumed_cost,open_runs,\
            accrued_seconds,accrued_cost,corrections,correction_cost,currency\r
            2026-01,production,2,405.000,0.0007695,0,0.000,405.000,0.0007695,0,0.000,0,0,0,\r

            """,
          err: """
            closing 2026-01 would freeze 2 runs, 0.0007695
            it is final: nothing is expected to change
            at an assumed price: 405.000 s, 0.0007695

            """))
    #expect(
      try await place.run("close", "2026-01", "--plan", "--output", "plan.json", "--format", "json").exitCode == 0)
    #expect(try place.read("plan.json").contains("\"accrued_cost\""))
    #expect(try await place.run("close", "--plan", "2026-03").exitCode == 1)
    #expect(try await place.tables() == before)
  }

  @Test("the newest closing is taken back with a reason, which is told from then on")
  func reopened() async throws {
    let place = try await Workplace.withDocumentedRuns()
    #expect(try await place.run("close", "2026-01", "--yes", "--quiet").exitCode == 0)
    #expect(
      try await place.run("close", "--reopen", "2026-01", "the wrong price")
        == Finished(
          exitCode: 0, out: "",
          err: """
            reopened 2026-01: the wrong price
            it is counted from the runs again; `runtally close 2026-01 --plan` shows what closing it would freeze

            """))
    let report = try await place.run("report", "monthly-cost", "--month", "2026-01", "--format", "csv")
    #expect(report.out.contains("2026-01,final,"))
    let note = try #require(report.err.firstMatch(of: /2026-01 was reopened at 20\S+Z: the wrong price/))
    #expect(try await place.run("status", "--stale-after", "10000000").err.contains("reopened: 2026-01 at 20"))
    #expect(try await place.run("close", "2026-01", "--yes").exitCode == 0)
    let again = try await place.run("report", "monthly-cost", "--month", "2026-01", "--format", "csv")
    #expect(again.err.hasSuffix("; \(note.0); 2026-01 is closed\n"))
    #expect(try await place.run("verify").exitCode == 0)
    #expect(
      try await place.run("close", "--reopen", "2026-02", "why").err
        == "runtally: 2026-02 is not closed, so it cannot be reopened; `runtally status` says which months are\n")
  }

  @Test(
    "words that do not go together are wrong usage",
    arguments: [
      "--reopen 2026-01", "--reopen 2026-01 ' '", "2026-01 why", "2026-01 --plan --yes", "2026-01 --reopen --force why",
      "2026-01 --yes --format csv", "january --plan", "2026-13 --yes",
    ])
  func usage(words: String) async throws {
    let place = try await Workplace.withDocumentedRuns()
    let before = try await place.tables()
    let finished = try await place.shell("runtally close \(words)")
    #expect(finished.exitCode == 64 && finished.out == "")
    #expect(finished.err.hasPrefix("runtally: "))
    #expect(try await place.tables() == before)
  }
}
