import Runs

@testable import Harvest

/// `GET /machines` and `GET /machines/ID/jobs`, each one whole list.
struct AcmeSource: RunnerSource {
  private let reader: ListReader
  private let query: [AnswerRequest.QueryItem]
  private let headers: [String: Secret]

  init(door: AnswerDoor, password: Secret?, team: String?) {
    headers = password.map { ["X-Password": $0] } ?? [:]
    query = team.map { [AnswerRequest.QueryItem("team", $0)] } ?? []
    reader = ListReader(door: door, redactor: Redactor(password.map { [$0] } ?? []), key: HarvestError.KeyHint())
  }

  func fetchRunners() async throws -> RunnerList {
    var runners: [RunnerRecord] = []
    let result = try await reader.read(
      AnswerRequest(["machines"], query: query, headers: headers), list: "machines", batchSize: .max,
      decode: RunnerRecord.init(acme:_:), save: { runners += $0 })
    return RunnerList(
      runners: runners, reading: result.reading(of: .runners, redactor: reader.redactor), error: result.error)
  }

  func fetchRuns(
    of runnerID: String, batchSize: Int, save: ([RunRecord]) async throws -> Void
  ) async throws -> ResourceReading {
    let result = try await reader.read(
      AnswerRequest(["machines", runnerID, "jobs"], headers: headers), list: "jobs", batchSize: batchSize,
      decode: RunRecord.init(acme:_:), save: save)
    return result.reading(of: .runs(runner: runnerID), redactor: reader.redactor)
  }
}

extension RunnerRecord {
  fileprivate init(acme json: UnsafeBufferPointer<UInt8>, _ reading: inout FieldReading) throws(JSONProblem) {
    var runner = RunnerRecord(id: "", name: "")
    try JSONObject.visit(json) { (field) throws(JSONProblem) in
      switch field.key {
      case "id": runner.id = try reading.id(field)
      case "label": runner.name = reading.text(field) ?? ""
      case "price":
        guard let price = reading.text(field, needed: true).flatMap({ try? Price($0) }) else { break }
        runner.instanceType = InstanceTypeRecord(id: "standard", name: "Standard", pricePerSecond: price)
      default: break
      }
    }
    try reading.finish(id: runner.id)
    runner.isPartlyRead = reading.hasLostSettings
    self = runner
  }
}

extension RunRecord {
  fileprivate init(acme json: UnsafeBufferPointer<UInt8>, _ reading: inout FieldReading) throws(JSONProblem) {
    var run = RunRecord(id: "", status: "")
    try JSONObject.visit(json) { (field) throws(JSONProblem) in
      switch field.key {
      case "id": run.id = try reading.id(field)
      case "state": run.status = reading.text(field, needed: true) ?? ""
      case "code": run.exitCode = reading.integer(field)
      case "began": run.startedAt = reading.instant(field, needed: true)
      case "ended": run.completedAt = reading.instant(field, needed: true)
      default: break
      }
    }
    try reading.finish(id: run.id)
    run.isPartlyRead = reading.isPartial
    self = run
  }
}
