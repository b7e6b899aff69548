import Foundation
import Testing

/// The two runs that the vendor documents cost exactly what a calculator says, in every format:
/// 270 s × 0.0000019 = 0.000513 and 135 s × 0.0000019 = 0.0002565, together 0.0007695.
@Suite struct SeedTests {
  private func documented(_ report: String, _ format: String) async throws -> String {
    let place = try await Workplace.withDocumentedRuns()
    let finished = try await place.run("report", report, "--month", "2026-01", "--format", format)
    #expect(finished.exitCode == 0)
    return finished.out
  }

  @Test("an import says what it read")
  func importing() async throws {
    let place = try Workplace()
    try place.writeBodies()
    let finished = try await place.importBodies()
    #expect(finished.exitCode == 0)
    #expect(finished.out == "")
    #expect(
      finished.err.replacing(/\d+\.\d s\n/, with: "0.0 s\n")
        == "production      1 runner          2 runs          2 new, 0 changed    0.0 s\n")
    #expect(
      place.files() == [
        "bodies/runners.json", "bodies/runs/\(Bodies.runnerID).json", "runtally.sqlite",
      ])
  }

  @Test("runs as CSV")
  func runsCSV() async throws {
    let expected = """
      source,runner,runner_id,run_id,status,outcome,outcome_inferred,exit_code,created_at,started_at,completed_at,\
      queue_seconds,runtime_seconds,billed_seconds,timeout_seconds,instance_type,region,cost,currency,price_assumed\r
      production,Database Backup,a1b2c3d4-e5f6-7890-abcd-ef1234567890,d4e5f6a7-b8c9-0123-defa-234567890123,failed,\
      failure,false,1,2026-01-14T06:59:50.000Z,2026-01-14T07:00:00.000Z,2026-01-14T07:02:15.000Z,\
      10.000,135.000,135.000,3600,standard-s,fra,0.0002565,,true\r
      production,Database Backup,a1b2c3d4-e5f6-7890-abcd-ef1234567890,c3f85434-5470-46de-bbeb-ce668ca2c351,succeeded,\
      success,false,0,2026-01-15T09:00:55.000Z,2026-01-15T09:01:00.000Z,2026-01-15T09:05:30.000Z,\
      5.000,270.000,270.000,3600,standard-s,fra,0.000513,,true\r

      """
    #expect(try await documented("runs", "csv") == expected)
  }

  @Test("charges as JSON Lines")
  func chargesJSONLines() async throws {
    let expected = """
      {"month":"2026-01","day":"2026-01-14","source":"production","runner":"Database Backup",\
      "runner_id":"a1b2c3d4-e5f6-7890-abcd-ef1234567890","run_id":"d4e5f6a7-b8c9-0123-defa-234567890123",\
      "outcome":"failure","instance_type":"standard-s","price_second":"0.0000019","price_assumed":true,\
      "from_at":"2026-01-14T07:00:00.000Z","to_at":"2026-01-14T07:02:15.000Z","billed_seconds":135.000,\
      "cost":"0.0002565","currency":null}
      {"month":"2026-01","day":"2026-01-15","source":"production","runner":"Database Backup",\
      "runner_id":"a1b2c3d4-e5f6-7890-abcd-ef1234567890","run_id":"c3f85434-5470-46de-bbeb-ce668ca2c351",\
      "outcome":"success","instance_type":"standard-s","price_second":"0.0000019","price_assumed":true,\
      "from_at":"2026-01-15T09:01:00.000Z","to_at":"2026-01-15T09:05:30.000Z","billed_seconds":270.000,\
      "cost":"0.000513","currency":null}

      """
    #expect(try await documented("charges", "jsonl") == expected)
  }

  @Test("the monthly cost as a table")
  func monthlyCostTable() async throws {
    let expected = """
      Monthly cost · January 2026, UTC

      runner                  month         cost     wasted   runs       billed   instance type     price/s   \
      assumed   source       state
      Database Backup         2026-01   0.000770   0.000256      2   6 min 45 s   standard-s      0.0000019   \
      yes       production   final
      total of exact values             0.000770   0.000256      2   6 min 45 s


      """
    #expect(try await documented("monthly-cost", "table") == expected)
  }

  /// Money is text in JSON, which knows only floating numbers.
  private struct Report: Decodable {
    struct Row: Decodable, Equatable {
      var runId: String?
      var cost: String
    }
    struct Totals: Decodable { var cost: String }
    var rows: [Row]
    var totals: Totals
  }

  @Test(
    "every report with a cost has the same total in JSON", arguments: ["monthly-cost", "charges", "runs", "runners"])
  func totals(report: String) async throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let answer = try decoder.decode(Report.self, from: Data(try await documented(report, "json").utf8))
    #expect(answer.totals.cost == "0.0007695")
    let single = [
      Report.Row(runId: Bodies.secondRunID, cost: "0.0002565"), Report.Row(runId: Bodies.firstRunID, cost: "0.000513"),
    ]
    #expect(answer.rows == (report == "charges" || report == "runs" ? single : [Report.Row(cost: "0.0007695")]))
  }

  @Test(
    "monthly cost, charges, runs and runners say the same money as CSV, JSON, JSON Lines and, with --exact, as table")
  func everyFormat() async throws {
    let place = try await Workplace.withDocumentedRuns()
    for report in ["charges", "runs"] {
      for format in ["csv", "json", "jsonl", "table"] {
        let out = try await place.run("report", report, "--month", "2026-01", "--format", format, "--exact").out
        let found = numbers(in: out)
        #expect(found.count { $0 == "0.000513" } == 1, "\(report) \(format)")
        #expect(found.count { $0 == "0.0002565" } == 1, "\(report) \(format)")
      }
    }
    for report in ["monthly-cost", "runners"] {
      for format in ["csv", "json", "jsonl", "table"] {
        let out = try await place.run("report", report, "--month", "2026-01", "--format", format, "--exact").out
        #expect(numbers(in: out).contains("0.0007695"), "\(report) \(format)")
      }
    }
  }

  private func numbers(in text: String) -> [Substring] {
    text.split { !($0.isNumber || $0 == ".") }
  }

  @Test("runs as JUnit have their durations and the failure")
  func runsJUnit() async throws {
    let expected = """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
        <testsuite id="0" name="Database Backup" package="production" hostname="fra" timestamp="2026-01-14T07:00:00" \
      tests="2" failures="1" errors="0" skipped="0" time="405.000">
          <properties>
            <property name="runner.id" value="a1b2c3d4-e5f6-7890-abcd-ef1234567890"/>
            <property name="instance_type" value="standard-s"/>
          </properties>
          <testcase name="run d4e5f6a7-b8c9-0123-defa-234567890123" classname="production.database-backup" \
      time="135.000">
            <failure message="exit code 1" type="ExitCode">exit code 1
      created 2026-01-14T06:59:50.000Z, started 2026-01-14T07:00:00.000Z, completed 2026-01-14T07:02:15.000Z</failure>
          </testcase>
          <testcase name="run c3f85434-5470-46de-bbeb-ce668ca2c351" classname="production.database-backup" \
      time="270.000"/>
          <system-out/>
          <system-err/>
        </testsuite>
      </testsuites>

      """
    #expect(try await documented("runs", "junit") == expected)
  }

  @Test(
    "xmllint finds both JUnit files valid", .enabled(if: Tool.xmllint.isThere, "xmllint is not installed"),
    arguments: ["runs", "runners"])
  func xmllint(report: String) async throws {
    let place = try await Workplace.withDocumentedRuns()
    let schema = House.root.appending(path: "Tests/Fixtures/junit-portable.xsd").path(percentEncoded: false)
    let finished = try await place.shell(
      """
      runtally report \(report) --all --format junit --output r.xml --quiet &&
      xmllint --noout --schema '\(schema)' r.xml
      """)
    #expect(finished == Finished(exitCode: 0, out: "", err: "r.xml validates\n"))
  }

  @Test(
    "junitparser reads both JUnit files", .enabled(if: Tool.junitparser.isThere, "junitparser is not installed"),
    arguments: ["runs", "runners"])
  func junitparser(report: String) async throws {
    let place = try await Workplace.withDocumentedRuns()
    let finished = try await place.shell(
      """
      runtally report \(report) --all --format junit --output r.xml --quiet &&
      python3 -c 'import junitparser; x = junitparser.JUnitXml.fromfile("r.xml"); print(sum(len(s) for s in x))'
      """)
    #expect(finished == Finished(exitCode: 0, out: report == "runs" ? "2\n" : "1\n", err: ""))
  }
}
