import Runs

/// A run as Nodion writes it. `command`, `argv` and `entrypoint`, which newer answers have, are never read.
extension RunRecord {
  init(nodion json: UnsafeBufferPointer<UInt8>) throws(JSONProblem) {
    var run = RunRecord(id: "", status: "")
    var problem: JSONProblem?
    try JSONObject.visit(json) { (field) throws(JSONProblem) in
      do throws(JSONProblem) {
        switch field.key {
        case "id": run.id = try field.text() ?? ""
        case "status": run.status = try field.text() ?? ""
        case "exit_code": run.exitCode = try field.integer()
        case "created_at": run.createdAt = try field.instant()
        case "started_at": run.startedAt = try field.instant()
        case "completed_at": run.completedAt = try field.instant()
        case "updated_at": run.updatedAt = try field.instant()
        default: break
        }
      } catch {
        // Read on for the id, so that the note can name the run.
        problem = problem ?? error
      }
    }
    try JSONProblem.judge(id: run.id, problem)
    self = run
  }
}

extension JSONProblem {
  /// Throws what is wrong with an element, with its id where it has one.
  static func judge(id: String, _ problem: JSONProblem?) throws(JSONProblem) {
    if let problem { throw JSONProblem(reason: id.isEmpty ? problem.reason : "\(id): \(problem.reason)") }
    if id.isEmpty { throw JSONProblem(reason: "has no id") }
  }
}
