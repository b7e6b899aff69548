extension Outcome {
  /// The outcome of an AgentsMesh pod. None is final: an `orphaned` pod runs on when its runner reports it again.
  package static func agentsMesh(status: String) -> Outcome {
    switch status {
    case "initializing": .pending
    case "running", "paused", "disconnected": .running
    case "completed": .success
    case "terminated": .cancellation
    case "error", "orphaned": .error
    default: .unknown
    }
  }
}
