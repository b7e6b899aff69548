/// A finished run as the tally sees it.
package struct FinishedRun: Equatable, Sendable {
  package var runner: Int64
  package var outcome: Outcome
  package var createdAt: Instant?
  package var startedAt: Instant?
  package var endedAt: Instant

  package init(
    runner: Int64, outcome: Outcome, createdAt: Instant? = nil, startedAt: Instant? = nil, endedAt: Instant
  ) {
    self.runner = runner
    self.outcome = outcome
    self.createdAt = createdAt
    self.startedAt = startedAt
    self.endedAt = endedAt
  }

  /// Milliseconds from start to end, never below 0; nil when it never started.
  package var runtime: Int64? {
    startedAt.map { max(0, endedAt.milliseconds - $0.milliseconds) }
  }

  /// Milliseconds from creation to start, never below 0; nil when either is missing.
  package var queue: Int64? {
    guard let createdAt, let startedAt else { return nil }
    return max(0, startedAt.milliseconds - createdAt.milliseconds)
  }
}
