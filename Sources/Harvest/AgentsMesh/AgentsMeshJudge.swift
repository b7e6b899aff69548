import Runs

/// What became of an AgentsMesh pod: its word says it all. None is final: an `orphaned` pod runs on when its runner
/// reports it again.
enum AgentsMeshJudge {
  static func judge(_ run: RunRecord, timeoutSeconds: Int64?) -> Judgement {
    switch run.status {
    case "initializing": Judgement(.pending)
    case "running", "paused", "disconnected": Judgement(.running)
    case "completed": Judgement(.success)
    case "terminated": Judgement(.cancellation)
    case "error", "orphaned": Judgement(.error)
    default: Judgement(.unknown)
    }
  }
}
