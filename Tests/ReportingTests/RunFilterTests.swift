import Harvest
import Reporting
import Runs
import Store
import TestSupport
import Testing

/// Runs by how they ended: on the ledger made by hand.
@Suite struct RunFilterTests {
  let made: HandMadeLedger
  var ledger: Ledger { made.ledger }

  init() async throws {
    made = try await HandMadeLedger()
  }

  private func request(_ outcomes: [String] = [], _ codes: [String] = []) -> ReportRequest {
    var request = ReportRequest(period: .all, outcomes: outcomes)
    request.exitCodes = codes
    return request
  }

  private func found(_ outcomes: [String] = [], _ codes: [String] = []) throws -> [String] {
    try ledger.make("runs", request(outcomes, codes)).lines("run_id")
  }

  @Test("of several outcomes all count; without one, and with any, all do")
  func outcomes() throws {
    let all = ["a1", "a2", "a3", "s1", "s2", "s3", "s4", "i1", "i2", "i3"]
    #expect(try found() == all)
    #expect(try found(["any"]) == all)
    #expect(try found(["failure"]) == ["s2"])
    #expect(try found(["timeout", "error", "failure"]) == ["a3", "s2", "i2"])
    #expect(try found(["skip"]).isEmpty)
    let report = try ledger.make("runs", request(["failure"]))
    #expect(report.totals == ["runtime_seconds 135", "billed_seconds 135", "cost 0.0002565 EUR"])
    #expect(report.head.filters == [ReportFilter(name: "outcome", value: "failure")])
    #expect(try ledger.make("runs", request()).head.filters.isEmpty)
  }

  @Test("exit codes are numbers, and none is a run without one")
  func exitCodes() throws {
    #expect(try found([], ["1"]) == ["s2"])
    #expect(try found([], ["0"]) == ["s1", "s3", "s4", "i1"])
    #expect(try found([], ["none"]) == ["a1", "a2", "a3", "i2", "i3"])
    #expect(try found([], ["none", "1", "1"]) == ["a1", "a2", "a3", "s2", "i2", "i3"])
    #expect(try found([], ["137", "-1"]).isEmpty)
    #expect(try found(["timeout", "success"], ["none"]) == ["a1", "i2"])
    #expect(
      try ledger.make("runs", request([], ["none", "1"])).head.filters == [
        ReportFilter(name: "exit-code", value: "none"), ReportFilter(name: "exit-code", value: "1"),
      ])
    for text in ["", "one", "1.0", "1,2", "None"] {
      #expect(ledger.refusal("runs", request([], [text])) == .badExitCode(text))
    }
  }

  @Test("suites of JUnit count what fits, and runners without it have none")
  func junit() throws {
    let report = try ledger.make("runs", request(["failure", "timeout"]), format: "junit")
    #expect(report.lines("name") == ["run s2", "run i2"])
    let tests = report.head.groupColumns.firstIndex { $0.name == "tests" }
    #expect(report.collector.groups.map { $0[tests ?? 0] } == [.integer(1), .integer(1)])
  }

  @Test("reports that are of no single runs refuse an exit code")
  func refused() {
    #expect(
      ledger.refusal("durations", request([], ["0"]))
        == .parameterNotTaken(
          report: "durations", parameter: "exit-code", takes: ["group-by", "outcome", "period", "runner", "source"]))
  }
}
