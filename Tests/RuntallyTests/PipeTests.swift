import Foundation
import Testing

/// Whoever reads our output may stop whenever they have seen enough.
@Suite struct PipeTests {
  @Test("a reader that stops early ends a report quietly with 0", arguments: ["csv", "json", "jsonl", "table"])
  func head(format: String) async throws {
    let place = try Workplace()
    _ = try await place.run("simulate", "--bodies", "bodies", "--runs", "3000", "--now", "2026-04-01T06:00:00Z")
    #expect(try await place.importBodies(asOf: "2026-04-01T06:00:00Z").exitCode == 0)
    // The report is longer than a pipe holds.
    let finished = try await place.shell(
      "{ runtally report runs --all --quiet --format \(format); echo $? > code; } | head -n 1")
    #expect(finished.exitCode == 0)
    #expect(finished.err == "")
    #expect(finished.out.split(separator: "\n").count == 1)
    #expect(try place.read("code") == "0\n")
  }

  @Test(
    "a reader that is gone from the start is no failure either",
    arguments: ["--help", "reports", "help report", "report runs --month 2026-01 --format json", "query 'SELECT 1'"])
  func goneReader(command: String) async throws {
    let place = try await Workplace.withDocumentedRuns()
    let finished = try await place.shell("{ sleep 0.2; runtally \(command) 2>/dev/null; echo $? > code; } | true")
    #expect(finished.err == "")
    #expect(try place.read("code") == "0\n")
  }

  @Test("a closed standard error stops nothing")
  func closedError() async throws {
    let place = try await Workplace.withDocumentedRuns()
    #expect(
      try await place.shell("runtally verify 2>&-; runtally report nosuch 2>&-; echo $?")
        == Finished(exitCode: 0, out: "64\n", err: ""))
  }
}
