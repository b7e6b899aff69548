import Foundation
import Testing

/// Prices that the user sets, as the binary shows and applies them.
@Suite struct PricesCommandTests {
  /// The documented runs: 270 s in success and 135 s in failure, at 0.0000019.
  private func place(_ prices: String) async throws -> Workplace {
    let place = try Workplace()
    try place.writeBodies()
    try place.configure()
    #expect(try await place.importBodies().exitCode == 0)
    try place.configure(more: prices)
    return place
  }

  private let doubled = "prices: [{source: production, instance_type: standard-s, price_second: \"0.0000038\"}]"

  @Test("a price for tallied time is planned, told by a harvest, applied, and shown with its origin")
  func whole() async throws {
    let place = try await place(doubled)
    let planned = try await place.run("prices", "plan", "--format", "csv")
    #expect(
      planned
        == Finished(
          exitCode: 0,
          out: """
            month,source,runs,cost_before,cost_after,billed_before_seconds,billed_after_seconds,unpriced_runs_before,\
            unpriced_runs_after,currency\r
            2026-01,production,2,0.0007695,0.001539,405.000,405.000,0,0,EUR\r

            """,
          err: """
            production, instance_type standard-s: 0.0000038 (configuration, entry 1): new
            would change what 2 runs cost
            runtally: nothing was changed; run `runtally prices apply` to do it

            """))
    let imported = try await place.importBodies(asOf: "2026-02-02T06:00:00Z")
    #expect(
      imported.err.contains(
        "runtally: 1 price would change what is tallied already; run `runtally prices apply` to do it"))
    #expect(try await place.run("report", "monthly-cost", "--all", "--format", "csv").out.contains(",0.0000019,"))

    let applied = try await place.run("prices", "apply", "--format", "csv")
    #expect(applied.out == planned.out)
    #expect(applied.err.hasSuffix("changed what 2 runs cost\n"))
    let report = try await place.run("report", "monthly-cost", "--all", "--format", "csv").out
    #expect(report.contains(",0.0000038,true,2,405.000,405.000,0.001539,0.000513,"))
    #expect(try await place.run("verify").exitCode == 0)
    let explained = try await place.run("explain", Bodies.firstRunID)
    #expect(explained.out.contains("270.000 s × 0.0000038 = 0.001026 EUR"))
    #expect(explained.out.contains("price configured"))

    let again = try await place.run("prices", "apply", "--format", "csv")
    #expect(again.err == "nothing to change: the ledger has every price and billing rule already\n")
    let listed = try await place.run("prices", "--format", "csv").out
    #expect(listed.contains("production,,,standard-s,0.0000038,EUR,configured,instance_type standard-s,"))
    #expect(listed.contains(",405.000,in force,"))
  }

  @Test("another billing rule is planned and applied like a price")
  func billingRule() async throws {
    let place = try await place("    billing: \"minimum-seconds: 300\"")
    let planned = try await place.run("prices", "plan", "--format", "csv")
    #expect(planned.err.hasPrefix("production: billing exact becomes minimum-seconds: 300\n"))
    #expect(planned.out.contains("2026-01,production,2,0.0007695,0.00114,405.000,600.000,0,0,EUR"))
    #expect(try await place.run("prices", "apply").exitCode == 0)
    #expect(try await place.run("verify").exitCode == 0)
    #expect(try await place.run("report", "monthly-cost", "--all", "--format", "csv").out.contains(",0.00114,"))
  }

  @Test("prices of a file are kept, once; a bad file is told by line and changes nothing")
  func csv() async throws {
    let place = try await place("")
    try place.write("source,runner,price_second\nproduction,Database*,0.01\n", to: "prices.csv")
    let first = try await place.run("prices", "import", "prices.csv", "--format", "csv")
    #expect(first.err.hasPrefix("1 new price in prices.csv\n"))
    #expect(first.out.contains("2026-01,production,2,0.0007695,4.05,"))
    #expect(try await place.run("prices", "import", "prices.csv").err.hasPrefix("0 new prices in prices.csv\n"))
    #expect(try await place.run("prices", "apply").exitCode == 0)
    #expect(try await place.run("report", "monthly-cost", "--all", "--format", "csv").out.contains(",4.05,"))

    let before = try await place.tables()
    try place.write("source,runner,price\nproduction,*,1\n", to: "bad.csv")
    let bad = try await place.run("prices", "import", "bad.csv")
    #expect(bad.exitCode == 64 && bad.err.hasPrefix("runtally: bad.csv:1: \"price\" is no column of a price table; "))
    #expect(try await place.run("prices", "import", "none.csv").exitCode == 64)
    #expect(try await place.tables() == before)
  }

  @Test("a price of a source that is not known is told with file and line, in the configuration and in a table")
  func unknownSource() async throws {
    let rest =
      "the price for runner x names the source \"prodction\", which is neither configured nor in the ledger; "
      + "near it: production\n"
    let place = try await place("prices:\n  - {source: prodction, runner: x, price_second: 1}")
    let line =
      (try place.read("runtally.yaml").split(separator: "\n", omittingEmptySubsequences: false)
        .firstIndex { $0.contains("prodction") } ?? 0) + 1
    for command in ["plan", "apply"] {
      let finished = try await place.run("prices", command)
      #expect(finished == Finished(exitCode: 64, out: "", err: "runtally: runtally.yaml:\(line): prices[1]: \(rest)"))
    }
    let other = try await self.place("")
    try other.write("source,runner,price_second\n\nprodction,x,1\n", to: "lists/bad.csv")
    let finished = try await other.run("prices", "import", "lists/bad.csv")
    #expect(finished == Finished(exitCode: 64, out: "", err: "runtally: lists/bad.csv:3: \(rest)"))
  }

  @Test(
    "a wrong entry of the configuration is told with file and line",
    arguments: [
      ("{source: production, runner: x}", "prices[1]: expected a price_second, such as \"0.00012\", found none"),
      (
        "{source: production, price_second: 1}",
        "prices[1]: expected exactly one of runner, instance_type and label, found none"
      ),
      (
        "{source: production, runner: x, price_second: cheap}",
        "prices[1].price_second: expected a decimal of at most 18 places, not below 0, found \"cheap\""
      ),
      (
        "{source: production, runner: x, price_second: 1, from: soon}",
        "prices[1].from: expected a day such as 2026-01-31, or an instant with its offset, found \"soon\""
      ),
    ])
  func wrongEntry(entry: String, sentence: String) async throws {
    let place = try await place("prices: [\(entry)]")
    let finished = try await place.run("prices", "plan")
    #expect(finished == Finished(exitCode: 64, out: "", err: "runtally: runtally.yaml:9: \(sentence)\n"))
  }
}
