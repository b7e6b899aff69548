import Runs

/// What became of a run: the design's table of vendors' words, line by line.
enum PlainOutcome {
  static func of(_ run: RunRecord, vendor: String, timeout: Int64?) -> (word: String, isInferred: Bool) {
    switch (vendor, run.status) {
    case ("nodion", "pending"), ("agentsmesh", "initializing"): return ("pending", false)
    case ("nodion", "running"), ("agentsmesh", "running"), ("agentsmesh", "paused"), ("agentsmesh", "disconnected"):
      return ("running", false)
    case ("nodion", "succeeded"), ("agentsmesh", "completed"): return ("success", false)
    case ("agentsmesh", "terminated"): return ("cancellation", false)
    case ("agentsmesh", "error"), ("agentsmesh", "orphaned"): return ("error", false)
    case ("nodion", "failed"):
      if let start = run.startedAt?.milliseconds, let timeout, timeout > 0,
        let end = (run.completedAt ?? run.updatedAt)?.milliseconds,
        max(0, end - start) >= (timeout - 1) * 1000,
        run.exitCode == nil || run.exitCode == 124 || run.exitCode == 137 || run.exitCode == 143
      {
        return ("timeout", true)
      }
      return (run.exitCode == nil ? "error" : "failure", false)
    default: return ("unknown", false)
    }
  }

  static func isFailed(_ word: String) -> Bool { ["failure", "error", "timeout"].contains(word) }
  static func isRated(_ word: String) -> Bool { ["success", "failure", "error", "timeout"].contains(word) }
  static func isWasted(_ word: String) -> Bool { ["failure", "error", "timeout", "cancellation"].contains(word) }
}
