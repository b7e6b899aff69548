extension Outcome {
  /// The outcome of an AgentsMesh pod. Only `unknown` words depend on more than the status, and those stay unknown.
  public static func agentsMesh(status: String) -> Outcome {
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
