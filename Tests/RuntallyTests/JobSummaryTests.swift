import Foundation
import Testing

/// `--github`: a report in the summary of a GitHub Actions job.
@Suite struct JobSummaryTests {
  @Test("a report joins what the job's summary holds already")
  func appended() async throws {
    let place = try await Workplace.withDocumentedRuns()
    try place.write("# Mine\n", to: "summary.md")
    let finished = try await place.shell(
      "GITHUB_STEP_SUMMARY=summary.md runtally report monthly-cost --month 2026-01 --github")
    #expect(finished.exitCode == 0)
    #expect(finished.out == "")
    let summary = try place.read("summary.md")
    #expect(summary.hasPrefix("# Mine\n## Monthly cost\n\nJanuary 2026, "))
    let direct = try await place.shell("runtally report monthly-cost --month 2026-01 --format markdown")
    #expect(summary == "# Mine\n" + direct.out)
  }

  @Test("without a job there is an error that says what to do")
  func elsewhere() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let finished = try await place.shell("GITHUB_STEP_SUMMARY= runtally report monthly-cost --month 2026-01 --github")
    #expect(finished.exitCode == 64)
    #expect(
      finished.err
        == "runtally: --github needs a GitHub Actions job, which sets $GITHUB_STEP_SUMMARY; "
        + "elsewhere use --format markdown\n")
  }

  @Test("flags that contradict each other are wrong usage")
  func usage() async throws {
    let place = try await Workplace.withDocumentedRuns()
    for flags in ["--github --format csv", "--github --output x.md", "--raw --format json", "--excel --format table"] {
      #expect(try await place.shell("runtally report monthly-cost --month 2026-01 \(flags)").exitCode == 64)
    }
  }
}
