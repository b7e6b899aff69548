import Runs

/// A pod as AgentsMesh writes it, in either shape: one run.
///
/// Its life can go back: an orphan that its runner reports again is `running` and has no end any more. That is only
/// another state of the same run, so nothing is judged here.
extension RunRecord {
  init(agentsMesh json: UnsafeBufferPointer<UInt8>, _ reading: inout FieldReading) throws(JSONProblem) {
    var run = RunRecord(id: "", status: "")
    try AgentsMeshNames.pod.visit(json) { (name, field) throws(JSONProblem) in
      switch name {
      case .id: run.id = try reading.id(field)
      case .status: run.status = reading.text(field, needed: true) ?? ""
      case .createdAt: run.createdAt = reading.instant(field)
      case .startedAt: run.startedAt = reading.instant(field, needed: true)
      case .completedAt: run.completedAt = reading.instant(field, needed: true)
      case .updatedAt: run.updatedAt = reading.instant(field)
      }
    }
    try reading.finish(id: run.id)
    run.isPartlyRead = reading.isPartial
    self = run
  }
}
