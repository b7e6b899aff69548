/// A run as a vendor told it: the status word untouched, every instant that was given, nothing filled in.
public struct RunRecord: Hashable, Sendable {
  /// The vendor's id, unique under its runner.
  public var id: String
  public var status: String
  public var exitCode: Int64?
  public var createdAt: Instant?
  public var startedAt: Instant?
  public var completedAt: Instant?
  public var updatedAt: Instant?

  public init(
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
  public func end(of outcome: Outcome, seenAt: Instant) -> Instant? {
    switch outcome {
    case .pending, .running: nil
    case .unknown: completedAt
    case .success, .failure, .error, .timeout, .cancellation, .skip: completedAt ?? updatedAt ?? seenAt
    }
  }
}
