import Runs
import TestSupport
import Testing

@testable import Store

/// Which rule gave a run its outcome.
@Suite struct ExplainRuleTests {
  private static let hour = OutcomeRule.Ran(runtime: 3_599_000, timeoutSeconds: 3600)
  private static let minute = OutcomeRule.Ran(runtime: 60_000, timeoutSeconds: 3600)

  private func rule(_ run: RunRecord, timeout: Int64? = 3600, vendor: Vendor = .nodion) async throws -> OutcomeRule {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    try await ledger.harvest(
      Answer(of: make(runner: "backup", timeout: timeout), run), at: "2026-01-16T00:00:00Z",
      source: SourceSettings(name: "production", vendor: vendor, currency: "EUR"))
    return try ledger.read { try $0.explain(run: run.id).outcomeRule }
  }

  private func failed(after end: String?, exit: Int64?) throws -> RunRecord {
    try make(run: "r1", "failed", completed: end.map { "2026-01-15T\($0)Z" }, exit: exit)
  }

  @Test("a failed run that lasted its timeout is a timeout, if its exit code does not contradict that")
  func timeouts() async throws {
    for exit: Int64? in [nil, 124, 137, 143] {
      #expect(try await rule(failed(after: "10:59:59", exit: exit)) == .timeout(ExplainRuleTests.hour, exitCode: exit))
    }
    #expect(
      try await rule(failed(after: "10:59:59", exit: 1)) == .exitCode(1, .exitCode(ExplainRuleTests.hour)))
  }

  @Test("one that did not last it is a failure by its exit code, or an error without one")
  func noTimeouts() async throws {
    #expect(
      try await rule(failed(after: "10:01:00", exit: 137)) == .exitCode(137, .tooShort(ExplainRuleTests.minute)))
    #expect(try await rule(failed(after: "10:01:00", exit: nil)) == .noExitCode(.tooShort(ExplainRuleTests.minute)))
    #expect(try await rule(failed(after: "10:59:59", exit: nil), timeout: nil) == .noExitCode(.withoutLimit))
    #expect(try await rule(failed(after: nil, exit: 2)) == .exitCode(2, .withoutRuntime))
  }

  @Test("other words mean what they say, and those that nobody knows are called so")
  func words() async throws {
    #expect(try await rule(make(run: "r1")) == .word)
    #expect(try await rule(make(openRun: "r1", started: nil)) == .word)
    #expect(try await rule(make(run: "r1", "evicted")) == .unknownWord)
    #expect(try await rule(make(run: "r1", "error"), vendor: .agentsmesh) == .word)
    #expect(try await rule(make(run: "r1", "failed"), vendor: .agentsmesh) == .unknownWord)
  }
}
