import Runs

/// A Nodion account: `GET /runners` and `GET /runners/ID/runs`, each one whole list without pages.
package struct NodionSource: RunnerSource {
  private let reader: ListReader
  private let headers: [String: Secret]

  /// - Parameters:
  ///   - token: a user key or a project key; none for a folder of saved answers.
  ///   - tokenName: the variable the token came from, for the sentence that says what to check.
  ///   - project: for a user key, the project to look at instead of its default one.
  ///   - redactor: knows more secrets than this source's own.
  ///   - clock: when the visit is made, to see what lies ahead of it.
  package init(
    door: AnswerDoor, token: Secret? = nil, tokenName: String? = nil, project: String? = nil,
    redactor: Redactor? = nil, clock: (@Sendable () -> Instant)? = nil
  ) {
    headers = NodionSource.headers(token: token, project: project)
    reader = ListReader(
      door: door, redactor: redactor ?? Redactor(token.map { [$0] } ?? []),
      key: HarvestError.KeyHint(name: tokenName, scope: "read"), clock: clock)
  }

  static func headers(token: Secret?, project: String?) -> [String: Secret] {
    var headers: [String: Secret] = [:]
    if let token { headers["Authorization"] = Secret("Bearer " + token.reveal()) }
    if let project { headers["X-Nodion-Project"] = Secret(project) }
    return headers
  }

  package func fetchRunners() async throws -> RunnerList {
    var found = RowGathering<NodionRunner>(id: \.record.id, size: \.record.textSize)
    let result = try await reader.read(
      AnswerRequest(["runners"], headers: headers), list: "runners",
      batchSize: RowGathering<NodionRunner>.batchSize, decode: NodionRunner.init(json:_:), save: { found.add($0) })
    let (runners, remarks) = NodionRunner.onePricePerType(found.rows.map(\.record))
    let reading = result.reading(
      of: .runners, problems: found.rows.compactMap(\.priceProblem) + found.problems, remarks: remarks,
      redactor: reader.redactor)
    return RunnerList(runners: runners, reading: reading, error: result.error)
  }

  package func fetchRuns(
    of runnerID: String, batchSize: Int, save: ([RunRecord]) async throws -> Void
  ) async throws -> ResourceReading {
    let result = try await reader.read(
      AnswerRequest(["runners", runnerID, "runs"], headers: headers), list: "runs", batchSize: max(1, batchSize),
      decode: RunRecord.init(nodion:_:), save: save)
    return result.reading(of: .runs(runner: runnerID), redactor: reader.redactor)
  }
}
