import Foundation
import Testing

/// `--as-of`, `log` and `diff` as the binary does them: the bytes that were printed, again.
@Suite struct PastCommandTests {
  /// Everything that is told of a past, in every format.
  private static let questions: [[String]] =
    ["table", "csv", "json", "jsonl", "markdown", "html"].map { ["report", "monthly-cost", "--all", "--format", $0] }
    + [
      ["report", "summary", "--month", "2026-01", "--format", "html"],
      ["report", "charges", "--all", "--format", "focus"], ["report", "runs", "--all", "--format", "junit"],
      ["report", "metrics", "--format", "openmetrics"], ["explain", "cost", "2026-01"],
      ["explain", "cost", "2026-01", "--format", "json"], ["explain", "run", Bodies.firstRunID],
      ["explain", "runner", "Database Backup"], ["check", "--format", "csv"], ["check", "--format", "junit"],
      ["prices", "--format", "csv"], ["log", "--format", "csv"],
      ["whatif", "--price", "0.5", "--month", "2026-01", "--format", "csv"],
      ["query", "SELECT * FROM run_detail", "--format", "csv"],
    ]

  private func place() async throws -> Workplace {
    let place = try Workplace()
    try place.configure(more: "policy: {budget: {amount: \"0.0007\"}, stale: false}\n")
    try place.writeBodies(runs: [Bodies.runnerID: [Bodies.firstRun()]])
    #expect(try await place.importBodies(asOf: "2026-01-30T06:00:00Z").exitCode == 0)
    return place
  }

  private func answers(_ place: Workplace, _ more: String...) async throws -> [Finished] {
    var answers: [Finished] = []
    for question in PastCommandTests.questions { answers.append(try await place.start(question + more).finished()) }
    return answers
  }

  @Test("what was printed after an event is printed again as of it, in every format")
  func bytes() async throws {
    let place = try await place()
    var then = [try await answers(place)]
    try place.writeBodies()
    #expect(try await place.importBodies(asOf: "2026-02-02T06:00:00Z").exitCode == 0)
    then.append(try await answers(place))
    #expect(try await place.run("close", "2026-01", "--yes", "--quiet").exitCode == 0)
    then.append(try await answers(place))
    try place.writeBodies(runs: [Bodies.runnerID: [Bodies.firstRun(status: "failed"), Bodies.secondRun()]])
    #expect(try await place.importBodies(asOf: "2026-02-03T06:00:00Z").exitCode == 0)
    for (number, printed) in then.enumerated() {
      let told = try await answers(place, "--as-of", "#\(number + 1)")
      for (question, (was, now)) in zip(PastCommandTests.questions, zip(printed, told)) {
        #expect(was.exitCode != 64, "\(question): \(was.err)")
        #expect(now.out == was.out, "\(question), #\(number + 1)")
        #expect(now.exitCode == was.exitCode, "\(question), #\(number + 1)")
        #expect(now.err.hasPrefix(was.err), "\(question), #\(number + 1): \(now.err)")
        #expect(now.err.dropFirst(was.err.count).hasPrefix("as of #\(number + 1), "), "\(question): \(now.err)")
      }
    }
  }

  @Test("an instant is told with the event that it means, and a point that is none with what is expected")
  func points() async throws {
    let place = try await place()
    let cost = ["report", "monthly-cost", "--month", "2026-01", "--format", "csv", "--as-of"]
    let line =
      "as of #1, import of production, over at 2026-01-30T06:00:00.000Z; labels, accounts and budgets are those of the "
      + "configuration now\n"
    for point in ["1", "#1", "2026-01-30T07:00:00+01:00", "2026-06-01T00:00:00Z"] {
      let told = try await place.start(cost + [point]).finished()
      #expect(told.exitCode == 0)
      #expect(told.err.hasSuffix(line), "\(told.err)")
    }
    #expect(
      try await place.start(cost + ["2026-01-30T05:59:59Z"]).finished()
        == Finished(
          exitCode: 64, out: "",
          err:
            "runtally: no event of the ledger was over at 2026-01-30T05:59:59.000Z; `runtally log` lists the events\n"
        ))
    #expect(
      try await place.start(cost + ["#2"]).finished()
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: the ledger has no event #2; its events are #1 to #1; `runtally log` lists the events\n"))
    let wrong = try await place.start(cost + ["yesterday"]).finished()
    #expect(wrong.exitCode == 64)
    #expect(wrong.err.contains("--as-of \"yesterday\": expected an event such as '#12', or an instant"))
  }

  @Test("diff shows a row as it was and as it is, with why")
  func difference() async throws {
    let place = try await place()
    try place.writeBodies()
    #expect(try await place.importBodies(asOf: "2026-02-02T06:00:00Z").exitCode == 0)
    let diff = try await place.run(
      "diff", "monthly-cost", "--month", "2026-01", "--from", "#1", "--to", "#2", "--format", "csv")
    #expect(diff.exitCode == 0)
    let lines = diff.out.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(lines.count == 3)
    let header = lines[0].map(String.init)
    func values(_ name: String) throws -> [String] {
      let index = try #require(header.firstIndex(of: name))
      return lines.dropFirst().map { String($0[index]) }
    }
    #expect(try values("change") == ["was", "is"])
    // 270 s at 0.0000019, and 135 s more.
    #expect(try values("cost") == ["0.000513", "0.0007695"])
    #expect(try values("runs") == ["1", "2"])
    #expect(try values("why") == ["1 late run", "1 late run"])
    #expect(diff.err.hasPrefix("1 row changed, 0 new, 0 gone · 2026-01-01 to 2026-02-01, Europe/Berlin\nas of #1, "))
    let none = try await place.run(
      "diff", "monthly-cost", "--month", "2026-01", "--from", "2", "--format", "csv", "--quiet")
    #expect(none.out.split(separator: "\r\n").count == 1)
    let backwards = try await place.run(
      "diff", "monthly-cost", "--month", "2026-01", "--from", "#2", "--to", "#1")
    #expect(backwards.exitCode == 64)
    #expect(
      backwards.err
        == "runtally: --from is event #2, which is after --to, event #1: name the earlier one first\n")
  }
}
