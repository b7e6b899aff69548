import Foundation
import Testing

/// Reports narrowed down, sorted and cut short, and months and runners explained, as they are typed.
@Suite struct FilterCommandTests {
  @Test("rows that are sorted and cut short say on standard error how many there are")
  func limit() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let report = try await place.run(
      "report", "runs", "--all", "--sort", "runtime_seconds:desc", "--limit", "1", "--format", "csv")
    #expect(report.exitCode == 0)
    #expect(report.out.split(separator: "\r\n").count == 2)
    #expect(report.err.contains("1 of 2 rows are shown, and totals are those of all\n"))
    let junit = try await place.run("report", "runs", "--all", "--limit", "1", "--format", "junit")
    #expect(junit.exitCode == 64)
    #expect(
      junit.err
        == "runtally: --limit and --sort are about rows that people read; junit needs all of them in its order\n")
    #expect(try await place.run("report", "runs", "--limit", "0").exitCode == 64)
    #expect(try await place.run("report", "runs", "--sort", "nothing").exitCode == 64)
  }

  @Test("why there are no rows stands where they would, in the notes of JSON, or on standard error")
  func empty() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let reason = "None of the 2 runs that finished on these days fits: 1 failure, 1 success."
    let advice = " Try another --outcome or --exit-code, or leave them out."
    func ask(_ format: String) async throws -> Finished {
      try await place.run("report", "runs", "--all", "--exit-code", "99", "--format", format)
    }
    #expect(try await ask("table").out.contains("\n\n" + reason + advice + "\n\n"))
    #expect(try await ask("json").out.contains("\"notes\":[\"" + reason + advice + "\","))
    #expect(try await ask("csv").err.contains("\n" + reason + advice + "\n"))
    #expect(try await ask("html").out.contains(reason))
    #expect(try await ask("markdown").out.contains(reason))
    let all = try await place.run("report", "regressions", "--all", "--format", "csv")
    #expect(
      all.err.contains("There is nothing before this period to compare it with. Try a period with days before it"))
  }

  @Test("an exit code that is none is wrong usage")
  func exitCode() async throws {
    let place = try await Workplace.withDocumentedRuns()
    #expect(
      try await place.run("report", "runs", "--exit-code", "bad")
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: --exit-code cannot be \"bad\"; "
            + "expected a whole number such as 137, or none for runs without one\n"))
  }

  @Test("a month and a runner are explained as text and as JSON")
  func explain() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let months = try await place.query("SELECT DISTINCT substr(ended_at, 1, 7) AS month FROM run_detail")
    let month = try #require(months.split(separator: "\r\n").last.map(String.init))
    let text = try await place.run("explain", "cost", month)
    #expect(text.exitCode == 0)
    #expect(text.out.hasPrefix("cost of \(month), "))
    let json = try await place.run("explain", "cost", month, "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any]
    #expect(object?["month"] as? String == month)
    let runners = try await place.query("SELECT runner FROM runner_detail LIMIT 1")
    let runner = try #require(runners.split(separator: "\r\n").last.map(String.init))
    let told = try await place.run("explain", "runner", runner, "--format", "json")
    let facts = try JSONSerialization.jsonObject(with: Data(told.out.utf8)) as? [String: Any]
    #expect(facts?["runner"] as? String == runner)
    #expect(try await place.run("explain", "runner", runner).out.hasPrefix("runner \(runner) ("))
    #expect(try await place.run("explain", "cost", "march").exitCode == 64)
    #expect(
      try await place.run("explain", "run", Bodies.firstRunID) == (try await place.run("explain", Bodies.firstRunID)))
  }
}
