extension Outcome {
  /// Exit codes that a container ends with when it was stopped for running too long: none at all, GNU timeout's 124,
  /// SIGKILL (128 + 9), SIGTERM (128 + 15).
  private static let timeoutExitCodes: Set<Int64?> = [nil, 124, 137, 143]

  /// The outcome of a Nodion run, and whether it was inferred.
  ///
  /// Nodion says `failed` for a non-zero exit and for a timeout alike. It is taken for a timeout when the run lasted
  /// its runner's timeout, give or take a second, and its exit code does not contradict that.
  /// - Parameters:
  ///   - runtime: milliseconds from start to completion; nil when it never started.
  ///   - timeoutSeconds: the runner's setting when the run started.
  package static func nodion(
    status: String, exitCode: Int64?, runtime: Int64?, timeoutSeconds: Int64?
  ) -> (outcome: Outcome, inferred: Bool) {
    switch status {
    case "pending": return (.pending, false)
    case "running": return (.running, false)
    case "succeeded": return (.success, false)
    case "failed":
      // Whole seconds, so that no absurd timeout can overflow.
      if let runtime, let timeoutSeconds, timeoutSeconds > 0, runtime / 1000 >= timeoutSeconds - 1,
        timeoutExitCodes.contains(exitCode)
      {
        return (.timeout, true)
      }
      return (exitCode == nil ? .error : .failure, false)
    default: return (.unknown, false)
    }
  }
}
