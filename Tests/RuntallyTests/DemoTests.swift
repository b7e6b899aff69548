import Foundation
import Reporting
import Testing

/// `runtally demo`: the whole way of the data in one command.
@Suite struct DemoTests {
  @Test("a demo writes every file it lists, shows two tables, and a second one gives the same bytes")
  func wholeDemo() async throws {
    let place = try Workplace()
    let first = try await place.run("demo", "--output", "demo")
    #expect(first.exitCode == 0)
    let listed = first.err.split(separator: "\n").filter { $0.hasPrefix("  demo/") }.map { String($0.dropFirst(2)) }
    #expect(listed.sorted() == place.files().sorted(), "nothing else, such as a write-ahead file or a lock, is left")
    // No month is closed, and JSON Lines of no rows are no lines.
    for file in listed where file != "demo/reports/corrections.jsonl" {
      #expect(try !place.bytes(file).isEmpty, "\(file) is empty")
    }
    #expect(listed.filter { $0.hasPrefix("demo/reports/") } == expectedReports)
    #expect(first.err.contains("\nread this first, in a browser: demo/reports/summary.html\n"))

    let monthlyCost = try place.read("demo/reports/monthly-cost.txt")
    #expect(first.out == monthlyCost + searchIndexTrend)
    try await checkObservations(place)

    try await checkRegressions(place)
    try await checkPolicy(place)

    let before = try reports(place)
    try place.write("an older demo's\n", to: "demo/reports/runners.csv")
    let second = try await place.run("demo", "--output", "demo")
    #expect(second.exitCode == 0)
    #expect(second.out == first.out)
    #expect(try reports(place) == before)
    #expect(listed.sorted() == place.files().sorted())
  }

  private func reports(_ place: Workplace) throws -> [String: Data] {
    var reports: [String: Data] = [:]
    for file in place.files(in: "demo/reports") { reports[file] = try place.bytes("demo/reports/" + file) }
    return reports
  }

  private static let endings = [
    "table": "txt", "markdown": "md", "junit": "xml", "focus": "focus.csv", "focus-1.2": "focus-1.2.csv",
    "openmetrics": "prom",
  ]

  private let expectedReports = ((try? ReportCatalog.builtIn()) ?? []).flatMap { report in
    report.formats.map { "demo/reports/\(report.name).\(DemoTests.endings[$0] ?? $0)" }
  }

  /// The simulated company's worst runner, as everyone who tries the demo sees it.
  private let searchIndexTrend = """
    Failure trend · Search Index · 1 May 2025 to 1 April 2026, Europe/Berlin

    period        rate   change           95 % interval    runs   failed
    2025-11-01   1.7 %                     0.8 –  3.5 %     410        7
    2025-12-01   2.6 %   p = 0.48          1.5 –  4.6 %     421       11
    2026-01-01   2.0 %   p = 0.64          1.0 –  3.8 %     408        8
    2026-02-01   7.3 %   up, p = 0.0003    5.1 – 10.4 %     383       28
    2026-03-01   8.8 %   p = 0.51          6.4 – 11.9 %     410       36
    2026-04-01   0.0 %   p = 1.0           0.0 – 56.1 %       3        0
    total                                                 2,035       90


    """

  /// The runner that got worse in February, and the one that moved to a larger machine on 12 March, each alone.
  private func checkRegressions(_ place: Workplace) async throws {
    for (month, expected) in [
      ("2026-01", []), ("2026-02", ["Search Index,failure-rate,worse,2026-02-01"]),
      ("2026-03", ["Nightly ETL,runtime,better,2026-03-13"]),
    ] {
      let finished = try await place.run(
        "report", "regressions", "--month", month, "--format", "csv", "--database", "demo/ledger.sqlite")
      let rows = finished.out.split(separator: "\r\n").dropFirst().map { row in
        let fields = row.split(separator: ",", omittingEmptySubsequences: false)
        return [1, 3, 4, 5].map { String(fields[$0]) }.joined(separator: ",")
      }
      #expect(rows == expected, "\(month)")
    }
  }

  /// The demo's policy shows a violation, a warning, and rules that hold.
  private func checkPolicy(_ place: Workplace) async throws {
    let finished = try await place.run("check", "--format", "junit", "--config", "demo/runtally.yaml")
    #expect(finished.exitCode == 2)
    #expect(finished.err.hasSuffix("\n1 violation, 1 warning, 8 passed, 0 skipped\n"))
    #expect(try place.read("demo/check.xml") == finished.out)
  }

  /// The price and the instance type were seen to change by harvests, not written as if they had.
  private func checkObservations(_ place: Workplace) async throws {
    let database = "demo/ledger.sqlite"
    let verified = try await place.run("verify", "--database", database)
    #expect(verified.exitCode == 0)
    #expect(verified.err.hasPrefix("demo/ledger.sqlite is sound: 6674 runs, "))

    let prices = try await place.run(
      "query", "SELECT price_second, valid_from, unsure_from FROM price_history WHERE instance_type = 'standard-m'",
      "--format", "csv", "--database", database)
    #expect(
      prices.out == """
        price_second,valid_from,unsure_from\r
        0.0000038,2026-01-05T05:00:00.000Z,\r
        0.0000044,2026-03-20T05:00:00.000Z,2026-03-08T05:00:00.000Z\r

        """)
    let versions = try await place.run(
      "query",
      """
      SELECT instance_type.slug, rfc3339(valid_from) AS valid_from
      FROM runner_version JOIN instance_type USING (instance_type_id)
      WHERE runner_version.name = 'Nightly ETL' ORDER BY valid_from
      """, "--format", "csv", "--database", database)
    #expect(
      versions.out == """
        slug,valid_from\r
        standard-m,2026-01-05T05:00:00.000Z\r
        standard-l,2026-03-20T05:00:00.000Z\r

        """)
  }

  @Test("--quiet leaves only the two tables")
  func quiet() async throws {
    let place = try Workplace()
    let finished = try await place.run("demo", "--runs", "300", "--quiet")
    #expect(finished.exitCode == 0)
    #expect(finished.err == "")
    #expect(finished.out.hasPrefix("Monthly cost · March 2026, Europe/Berlin\n\n"))
    #expect(place.exists("demo/ledger.sqlite"))
  }

  @Test("another seed gives another history")
  func seeds() async throws {
    let place = try Workplace()
    let one = try await place.run("demo", "--runs", "200", "--seed", "1", "--output", "one", "--quiet")
    let two = try await place.run("demo", "--runs", "200", "--seed", "2", "--output", "two", "--quiet")
    #expect(one.exitCode == 0 && two.exitCode == 0)
    #expect(one.out != two.out)
  }

  @Test("a folder with something else in it is refused and left as it is")
  func foreignFolder() async throws {
    let place = try Workplace()
    try place.write("mine", to: "photos/reports/cat.txt")
    let finished = try await place.run("demo", "--output", "photos")
    #expect(
      finished
        == Finished(
          exitCode: 1, out: "",
          err: "runtally: photos is not empty and holds no earlier demo; choose another folder with --output\n"))
    #expect(place.files() == ["photos/reports/cat.txt"])
    #expect(try place.read("photos/reports/cat.txt") == "mine")
  }

  @Test("a folder that cannot be made is an error that names it", arguments: ["file", "file/demo"])
  func unwritable(folder: String) async throws {
    let place = try Workplace()
    try place.write("mine", to: "file")
    let finished = try await place.run("demo", "--output", folder)
    #expect(
      finished
        == Finished(
          exitCode: 1, out: "",
          err: "runtally: \(folder) cannot be written (Not a directory); choose another folder with --output\n"))
    #expect(place.files() == ["file"])
    #expect(try place.read("file") == "mine")
  }
}
