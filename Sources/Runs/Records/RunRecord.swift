/// A run as a vendor told it: the status word untouched, every instant that was given, nothing filled in.
package struct RunRecord: Hashable, Sendable {
  /// The vendor's id, unique under its runner.
  package var id: String
  package var status: String
  package var exitCode: Int64?
  package var createdAt: Instant?
  package var startedAt: Instant?
  package var completedAt: Instant?
  package var updatedAt: Instant?
  /// Something that it said could not be read: what is missing here may be that, so it says nothing.
  package var isPartlyRead = false

  package init(
    id: String, status: String, exitCode: Int64? = nil, createdAt: Instant? = nil, startedAt: Instant? = nil,
    completedAt: Instant? = nil, updatedAt: Instant? = nil
  ) {
    self.id = id
    self.status = status
    self.exitCode = exitCode
    self.createdAt = createdAt
    self.startedAt = startedAt
    self.completedAt = completedAt
    self.updatedAt = updatedAt
  }

  /// When the run ended; nil while it is open.
  ///
  /// A finished run without a completion ended at its last update, and without that when it was seen finished. A run
  /// whose status is unknown ended if it says when it was completed.
  package func end(of outcome: Outcome, seenAt: Instant) -> Instant? {
    switch outcome {
    case .pending, .running: nil
    case .unknown: completedAt
    case .success, .failure, .error, .timeout, .cancellation, .skip: completedAt ?? updatedAt ?? seenAt
    }
  }
}
