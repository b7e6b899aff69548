import Foundation
import SQLFiles
import Testing

/// `runtally report --new`: a report of one's own that runs before a word of it is changed.
@Suite struct NewReportTests {
  @Test("it runs at once, and gives what it says")
  func runs() async throws {
    let place = try await Workplace.withDocumentedRuns()
    #expect(
      try await place.run("report", "--new", "mine")
        == Finished(exitCode: 0, out: "", err: "mine.sql is written; `runtally report ./mine.sql` runs it\n"))
    let finished = try await place.run("report", "./mine.sql", "--month", "2026-01", "--format", "csv", "--quiet")
    #expect(
      finished
        == Finished(
          exitCode: 0,
          out: "day,runs,failed,failure_rate,runtime_seconds,cost,currency\r\n"
            + "2026-01-14,1,1,1,135.000,0.0002565,\r\n2026-01-15,1,0,0,270.000,0.000513,\r\n", err: ""))
  }

  @Test("every common format can be made of it", arguments: ["table", "csv", "json", "jsonl", "markdown", "html"])
  func formats(format: String) async throws {
    let place = try await Workplace.withDocumentedRuns()
    _ = try await place.run("report", "--new", "own/mine.sql")
    try FileManager.default.createDirectory(at: place.url("own"), withIntermediateDirectories: true)
    #expect(try await place.run("report", "--new", "own/mine.sql").exitCode == 0)
    let finished = try await place.run("report", "own/mine.sql", "--all", "--format", format)
    #expect(finished.exitCode == 0, "\(finished.err)")
    #expect(finished.out.contains("2026-01-15") && finished.out.contains("0.000513"))
  }

  @Test("what is there is never overwritten, and a folder that is not there is told")
  func exists() async throws {
    let place = try Workplace()
    try place.write("SELECT 1\n", to: "mine.sql")
    #expect(
      try await place.run("report", "--new", "mine.sql")
        == Finished(
          exitCode: 1, out: "",
          err: "runtally: mine.sql is there already and was left as it is; choose another name\n"))
    #expect(try place.read("mine.sql") == "SELECT 1\n")
    #expect(
      try await place.run("report", "--new", "nowhere/mine")
        == Finished(
          exitCode: 1, out: "",
          err: "runtally: nowhere/mine.sql cannot be written; create its folder first, or choose another one\n"))
    #expect(try await place.run("report", "runs", "--new", "other").exitCode == 64)
    #expect(place.files() == ["mine.sql"])
  }

  @Test("it shows every key of a header that a report of one's own needs")
  func keys() {
    for key in [
      "title", "question", "parameters", "default_period", "default_outcome", "empty", "columns", "sort", "totals",
      "prints_closings", "tally", "rounding", "chart", "sections", "formats",
    ] {
      #expect(ReportFiles.new.contains("\n\(key):") || ReportFiles.new.contains("\n# \(key):"), "\(key)")
    }
  }
}
