import Runs

/// A run as Nodion writes it. `command`, `argv` and `entrypoint`, which newer answers have, are never read.
extension RunRecord {
  init(nodion json: UnsafeBufferPointer<UInt8>, _ reading: inout FieldReading) throws(JSONProblem) {
    var run = RunRecord(id: "", status: "")
    try JSONObject.visit(json) { (field) throws(JSONProblem) in
      switch field.key {
      case "id": run.id = try reading.id(field)
      case "status": run.status = reading.text(field, needed: true) ?? ""
      case "exit_code": run.exitCode = reading.integer(field)
      case "created_at": run.createdAt = reading.instant(field)
      case "started_at": run.startedAt = reading.instant(field, needed: true)
      case "completed_at": run.completedAt = reading.instant(field, needed: true)
      case "updated_at": run.updatedAt = reading.instant(field)
      default: break
      }
    }
    try reading.finish(id: run.id)
    run.isPartlyRead = reading.isPartial
    self = run
  }
}
