import Foundation
import Harvest
import Reporting
import Runs
import Store
import TestSupport
import Testing

@testable import Policy
@testable import runtally

/// The rule about runs that do not end. The ledger's now is 20 January; two runs of two runners are open.
@Suite struct OpenRuleTests {
  private let folder: TemporaryFolder
  private let ledger: Ledger

  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
    let backup = try make(openRun: "r1", started: "2026-01-10T00:00:00Z")
    try await ledger.harvest(
      VendorAnswer([make(runner: "backup"), make(runner: "index")], runs: ["backup": [backup]]),
      at: "2026-01-11T00:00:00Z")
    let index = try make(openRun: "r2", started: "2026-01-18T12:00:00Z")
    try await ledger.harvest(
      VendorAnswer([make(runner: "backup"), make(runner: "index")], runs: ["index": [index]]),
      at: "2026-01-20T00:00:00Z")
  }

  private func check(_ rule: String) throws -> [String] {
    let reader = try #require(try YAMLReader(file: "policy.yaml", text: "open: \(rule)\nstale: false"))
    return try PolicyCheck.answer(
      ledger, try Policy(reader, currency: "EUR"), labels: [], generator: "test", now: instant("2026-01-20T01:00:00Z")
    ).findings.map { "\($0.rule) | \($0.result) | \($0.detail)" }
  }

  private let stuck =
    "production / Backup / r1 | violation | open for 10 days by the ledger's now, no longer listed since "
    + "2026-01-20T00:00:00.000Z, 7 days allowed"

  @Test("each run that is open for too long is a violation, by its name")
  func late() throws {
    #expect(try check("{}") == ["open / " + stuck])
    #expect(try check("{after: 7d, name: stuck}") == ["stuck / " + stuck])
    let both = try check("{after: 1d}").map { line in line.components(separatedBy: " | ")[0] }
    #expect(both == ["open / production / Backup / r1", "open / production / Index / r2"])
  }

  @Test("where none is, the rule passes and says how long the longest is open")
  func passes() throws {
    #expect(
      try check("{after: 10d}") == [
        "open | pass | 2 runs open by the ledger's now, for at most 10 days, 10 days allowed"
      ])
    #expect(
      try check("{runner: Index}") == [
        "open Index | pass | 1 run open by the ledger's now, for at most 36 h, 7 days allowed"
      ])
    for run in ["r1", "r2"] {
      _ = try ledger.settle(
        run: run, source: "production", as: .neverEnded, by: "ops", now: instant("2026-01-20T01:00:00Z"))
    }
    #expect(try check("{}") == ["open | pass | no run is open, 7 days allowed"])
  }

  @Test("a runner that is not there is a warning, for the name may be mistyped")
  func unknown() throws {
    #expect(try check("{runner: Bakcup}").first?.hasPrefix("open Bakcup | warn | ") == true)
  }
}
