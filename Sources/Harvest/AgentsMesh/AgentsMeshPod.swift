import Runs

/// A pod as AgentsMesh writes it, in either shape: one run.
///
/// Its life can go back: an orphan that its runner reports again is `running` and has no end any more. That is only
/// another state of the same run, so nothing is judged here.
extension RunRecord {
  init(agentsMesh json: UnsafeBufferPointer<UInt8>) throws(JSONProblem) {
    var run = RunRecord(id: "", status: "")
    var problem: JSONProblem?
    try AgentsMeshNames.pod.visit(json) { (name, field) throws(JSONProblem) in
      do throws(JSONProblem) {
        switch name {
        case .id: run.id = try field.text() ?? ""
        case .status: run.status = try field.text() ?? ""
        case .createdAt: run.createdAt = try field.instant()
        case .startedAt: run.startedAt = try field.instant()
        case .completedAt: run.completedAt = try field.instant()
        case .updatedAt: run.updatedAt = try field.instant()
        }
      } catch {
        problem = problem ?? error
      }
    }
    try JSONProblem.judge(id: run.id, problem)
    self = run
  }
}
