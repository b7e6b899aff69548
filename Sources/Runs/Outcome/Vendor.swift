/// Whose API a source speaks.
package enum Vendor: String, CaseIterable, Sendable {
  case nodion
  case agentsmesh
  case soda
}

extension Outcome {
  /// The outcome of a run of any vendor, and whether it was inferred rather than said.
  ///
  /// A status that is unknown but names an end still ends the run; that is decided by ``RunRecord/end(of:)``.
  package static func of(
    _ run: RunRecord, vendor: Vendor, timeoutSeconds: Int64?
  ) -> (outcome: Outcome, inferred: Bool) {
    switch vendor {
    case .nodion:
      let end = run.completedAt ?? run.updatedAt
      let runtime: Int64? =
        if let start = run.startedAt, let end { max(0, end.milliseconds - start.milliseconds) } else { nil }
      return Outcome.nodion(
        status: run.status, exitCode: run.exitCode, runtime: runtime, timeoutSeconds: timeoutSeconds)
    case .agentsmesh: return (.agentsMesh(status: run.status), false)
    case .soda: return (.unknown, false)
    }
  }
}
