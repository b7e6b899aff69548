import Runs
import Testing

/// When a run ended, from the instants that a vendor gave.
@Suite struct RunRecordTests {
  private static let completed = instant("2026-01-15T10:04:30Z")
  private static let updated = instant("2026-01-15T10:04:31Z")
  private static let seen = instant("2026-01-16T06:00:00Z")

  @Test(
    "a finished run ended at its completion, else at its last update, else when it was seen finished",
    arguments: [.success, .failure, .error, .timeout, .cancellation, .skip] as [Outcome])
  func finished(outcome: Outcome) {
    #expect(run(completed: Self.completed, updated: Self.updated).end(of: outcome, seenAt: Self.seen) == Self.completed)
    #expect(run(updated: Self.updated).end(of: outcome, seenAt: Self.seen) == Self.updated)
    #expect(run().end(of: outcome, seenAt: Self.seen) == Self.seen)
  }

  @Test("an unfinished run has no end, even if it claims a completion", arguments: [.pending, .running] as [Outcome])
  func unfinished(outcome: Outcome) {
    #expect(run(completed: Self.completed, updated: Self.updated).end(of: outcome, seenAt: Self.seen) == nil)
  }

  @Test("a run with an unknown word ended only if it says when")
  func unknown() {
    #expect(run(completed: Self.completed).end(of: .unknown, seenAt: Self.seen) == Self.completed)
    #expect(run(updated: Self.updated).end(of: .unknown, seenAt: Self.seen) == nil)
    #expect(run().end(of: .unknown, seenAt: Self.seen) == nil)
  }

  private func run(completed: Instant? = nil, updated: Instant? = nil) -> RunRecord {
    RunRecord(id: "run-1", status: "any", completedAt: completed, updatedAt: updated)
  }
}
