import Foundation
import Testing

/// `runtally report --split`: a test report in files that CI servers take.
@Suite struct SplitCommandTests {
  @Test("parts are numbered, and those of an earlier, longer report are removed")
  func parts() async throws {
    let place = try await Workplace.withDocumentedRuns()
    for name in ["report-002.xml", "report-003.xml", "report-005.xml"] { try place.write("old", to: name) }
    let arguments = ["report", "runs", "--month", "2026-01", "--format", "junit", "--output", "report.xml"]
    let finished = try await place.shell("runtally \(arguments.joined(separator: " ")) --split")
    #expect(finished.exitCode == 0)
    #expect(place.files().filter { $0.hasPrefix("report") } == ["report-001.xml", "report-005.xml"])

    _ = try await place.shell("runtally \(arguments.joined(separator: " "))")
    #expect(try place.read("report-001.xml") == place.read("report.xml"))
  }

  @Test("only a JUnit report with a file to name its parts after can be split")
  func usage() async throws {
    let place = try await Workplace.withDocumentedRuns()
    for arguments in ["--format csv --output report.csv", "--format junit"] {
      let finished = try await place.shell("runtally report runs --month 2026-01 \(arguments) --split")
      #expect(finished.exitCode == 64)
      let reason = "runtally: --split divides JUnit reports: give it --format junit and --output FILE too."
      #expect(finished.err.hasPrefix(reason))
    }
  }
}
