import Runs
import Testing

@testable import Harvest

/// The outcome of a whole run, by its vendor.
@Suite struct JudgeTests {
  @Test("a Nodion run's runtime is from its start to its completion, or else to its last update")
  func nodionRuntime() throws {
    #expect(try nodion(completed: "2026-01-15T10:05:00Z") == (.timeout, true))
    #expect(try nodion(completed: "2026-01-15T10:04:59Z") == (.timeout, true))
    #expect(try nodion(completed: "2026-01-15T10:04:58.999Z", updated: "2026-01-15T11:00:00Z") == (.failure, false))
    #expect(try nodion(updated: "2026-01-15T10:05:00Z") == (.timeout, true))
    #expect(try nodion(updated: "2026-01-15T10:00:02Z") == (.failure, false))
    #expect(try nodion() == (.failure, false))
  }

  @Test("a Nodion run that never started or ended before it started has no time to run out of")
  func nodionWithoutRuntime() throws {
    #expect(try nodion(started: nil, completed: "2026-01-15T10:05:00Z") == (.failure, false))
    #expect(try nodion(completed: "2026-01-15T09:00:00Z") == (.failure, false))
  }

  @Test("an AgentsMesh pod is judged by its word alone, and a Soda check is unknown")
  func others() throws {
    let run = RunRecord(
      id: "1", status: "completed", exitCode: 137, startedAt: try instant("2026-01-15T10:00:00Z"),
      completedAt: try instant("2026-01-15T11:00:00Z"))
    #expect(judged(run, .agentsMesh) == (.success, false))
    #expect(judged(run, .soda) == (.unknown, false))
    #expect(judged(run, .nodion) == (.unknown, false))
  }

  @Test("the vendors' names are those of the configuration")
  func names() {
    #expect(Vendors.all.ids == ["nodion", "agentsmesh", "soda"])
  }

  @Test(
    "an AgentsMesh pod",
    arguments: [
      ("initializing", .pending), ("running", .running), ("paused", .running), ("disconnected", .running),
      ("completed", .success), ("terminated", .cancellation), ("error", .error), ("orphaned", .error),
      ("", .unknown), ("Completed", .unknown), ("hibernating", .unknown), ("failed", .unknown),
    ] as [(String, Outcome)])
  func agentsMesh(status: String, outcome: Outcome) {
    #expect(judged(RunRecord(id: "1", status: status), .agentsMesh) == (outcome, false))
  }

  private func judged(_ run: RunRecord, _ vendor: Vendor) -> (Outcome, Bool) {
    let judgement = vendor.judge(run, 300)
    return (judgement.outcome, judgement.isInferred)
  }

  private func instant(_ text: String) throws -> Instant { try Instant(rfc3339: text) }

  private func nodion(
    started: String? = "2026-01-15T10:00:00Z", completed: String? = nil, updated: String? = nil
  ) throws -> (Outcome, Bool) {
    let run = RunRecord(
      id: "1", status: "failed", exitCode: 137, createdAt: try instant("2026-01-15T08:00:00Z"),
      startedAt: try started.map { try instant($0) }, completedAt: try completed.map { try instant($0) },
      updatedAt: try updated.map { try instant($0) })
    return judged(run, .nodion)
  }
}
