import Runs
import Testing

/// The outcome of a whole run, by its vendor.
@Suite struct VendorTests {
  @Test("a Nodion run's runtime is from its start to its completion, or else to its last update")
  func nodionRuntime() {
    #expect(nodion(completed: "2026-01-15T10:05:00Z") == (.timeout, true))
    #expect(nodion(completed: "2026-01-15T10:04:59Z") == (.timeout, true))
    #expect(nodion(completed: "2026-01-15T10:04:58.999Z", updated: "2026-01-15T11:00:00Z") == (.failure, false))
    #expect(nodion(updated: "2026-01-15T10:05:00Z") == (.timeout, true))
    #expect(nodion(updated: "2026-01-15T10:00:02Z") == (.failure, false))
    #expect(nodion() == (.failure, false))
  }

  @Test("a Nodion run that never started or ended before it started has no time to run out of")
  func nodionWithoutRuntime() {
    #expect(nodion(started: nil, completed: "2026-01-15T10:05:00Z") == (.failure, false))
    #expect(nodion(completed: "2026-01-15T09:00:00Z") == (.failure, false))
  }

  @Test("an AgentsMesh pod is judged by its word alone, and a Soda check is unknown")
  func others() {
    let run = RunRecord(
      id: "1", status: "completed", exitCode: 137, startedAt: instant("2026-01-15T10:00:00Z"),
      completedAt: instant("2026-01-15T11:00:00Z"))
    #expect(Outcome.of(run, vendor: .agentsmesh, timeoutSeconds: 300) == (.success, false))
    #expect(Outcome.of(run, vendor: .soda, timeoutSeconds: 300) == (.unknown, false))
    #expect(Outcome.of(run, vendor: .nodion, timeoutSeconds: 300) == (.unknown, false))
  }

  @Test("the vendors' names are those of the configuration")
  func names() {
    #expect(Vendor.allCases.map(\.rawValue) == ["nodion", "agentsmesh", "soda"])
  }

  private func nodion(
    started: String? = "2026-01-15T10:00:00Z", completed: String? = nil, updated: String? = nil
  ) -> (Outcome, Bool) {
    let run = RunRecord(
      id: "1", status: "failed", exitCode: 137, createdAt: instant("2026-01-15T08:00:00Z"),
      startedAt: started.map { instant($0) }, completedAt: completed.map { instant($0) },
      updatedAt: updated.map { instant($0) })
    return Outcome.of(run, vendor: .nodion, timeoutSeconds: 300)
  }
}
