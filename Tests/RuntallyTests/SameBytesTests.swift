import Foundation
import Reporting
import Testing

/// The same ledger gives the same bytes, whoever asks and from where.
@Suite struct SameBytesTests {
  private static let surroundings: [[String: String]] = [
    ["TZ": "Asia/Tokyo"], ["TZ": "America/Sao_Paulo", "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8"],
    ["LANG": "tr_TR.UTF-8", "LC_NUMERIC": "fr_FR.UTF-8"], ["LANG": "C", "TERM": "dumb", "COLUMNS": "20"],
  ]

  @Test("every report in every format is the same under another time zone, language and working directory")
  func everyReport() async throws {
    let place = try await Workplace.withDocumentedRuns(currency: "EUR")
    try place.write("", to: "elsewhere/deep/file")
    for definition in try ReportCatalog.builtIn() {
      let report = definition.name
      // Each process is some 40 ms: every report meets one other surrounding in every format.
      let surrounding = SameBytesTests.surroundings[report.count % SameBytesTests.surroundings.count]
      for format in definition.formats {
        let plain = try await place.run(
          "report", report, "--format", format, "--database", "runtally.sqlite")
        #expect(plain.exitCode == 0)
        // Two runs are too few to tell a change, no month is closed, no run is open, and a stream of no rows is empty.
        let hasNoRows = ["regressions", "corrections", "open-runs"].contains(report)
        #expect(plain.out.isEmpty == (hasNoRows && format == "jsonl"))
        let other = try await place.run(
          "report", report, "--format", format, "--database", "../../runtally.sqlite", environment: surrounding,
          in: "elsewhere/deep")
        #expect(other == plain, "\(report) as \(format)")
      }
    }
  }

  @Test("all surroundings give the same monthly cost", arguments: surroundings)
  func everySurrounding(surrounding: [String: String]) async throws {
    let place = try await Workplace.withDocumentedRuns()
    let plain = try await place.run("report", "monthly-cost", "--format", "json", "--last", "6m")
    let other = try await place.run(
      "report", "monthly-cost", "--format", "json", "--last", "6m", environment: surrounding)
    #expect(other == plain)
    #expect(plain.out.contains("\"cost\":\"0.0007695\""))
  }

  @Test("a file has the bytes that standard output would have")
  func fileAndOutput() async throws {
    let place = try await Workplace.withDocumentedRuns()
    for format in ["table", "csv", "json", "jsonl", "html", "junit"] {
      let printed = try await place.run("report", "runs", "--format", format)
      let written = try await place.run("report", "runs", "--format", format, "--output", "r")
      #expect(written == Finished(exitCode: 0, out: "", err: printed.err))
      #expect(try place.read("r") == printed.out)
    }
  }

  @Test("an import in a zone of another machine counts the same days")
  func importElsewhere() async throws {
    let (here, there) = (try Workplace(), try Workplace())
    for (place, zone) in [(here, "UTC"), (there, "Asia/Kolkata")] {
      try place.writeBodies()
      let imported = try await place.run(
        "import", "production", "bodies", "--vendor", "nodion", "--as-of", Bodies.asOf, environment: ["TZ": zone])
      #expect(imported.exitCode == 0)
    }
    #expect(try await here.tables()["run_day"] == (try await there.tables()["run_day"]))
    #expect(try await here.reports("json") == (try await there.reports("json")))
  }
}
