import Runs

/// An AgentsMesh organisation: `GET /runners`, one whole list, and `GET /runners/ID/pods`, in pages.
///
/// `GET /runners/available` is not asked for by a harvest: it is the part of the runner list that is online and not
/// full, which status, pods and capacity of each runner tell already, and asked a moment later it could only contradict
/// them. Nor is `status` in the query of the pods: a list of one status would miss what just left it.
package struct AgentsMeshSource: RunnerSource {
  private let reader: ListReader
  private let pods: PagedList
  private let headers: [String: Secret]
  private let clock: @Sendable () -> Instant

  /// - Parameters:
  ///   - door: below `https://mesh.example.com/api/v1/ext/orgs/SLUG`.
  ///   - key: an API key with the scope `runners:read`; none for a folder of saved answers.
  ///   - keyName: the variable the key came from, for the sentence that says what to check.
  ///   - pageSize: pods asked for at once. The server's own default is 50 and it knows no maximum.
  ///   - pageLimit: requests for the pods of one runner.
  ///   - redactor: knows more secrets than this source's own.
  ///   - clock: when an answer came, to see which signs of life are old.
  package init(
    door: AnswerDoor, key: Secret? = nil, keyName: String? = nil, pageSize: Int = 200, pageLimit: Int = 10_000,
    redactor: Redactor? = nil, clock: @escaping @Sendable () -> Instant
  ) {
    headers = key.map { ["X-API-Key": $0] } ?? [:]
    reader = ListReader(
      door: door, redactor: redactor ?? Redactor(key.map { [$0] } ?? []),
      key: HarvestError.KeyHint(name: keyName, scope: "runners:read"), clock: clock)
    pods = PagedList(reader: reader, scheme: .offsets(limit: max(1, pageSize)), pageLimit: max(1, pageLimit))
    self.clock = clock
  }

  package func fetchRunners() async throws -> RunnerList {
    var found = RowGathering<AgentsMeshRunner>(id: \.record.id, size: \.record.textSize)
    // By the clock of the server, which wrote down the signs of life; by ours where it names no time.
    var now: Instant?
    let result = try await reader.read(
      AnswerRequest(["runners"], headers: headers), list: "runners",
      batchSize: RowGathering<AgentsMeshRunner>.batchSize, begin: { now = $0.date(now: clock()) },
      decode: { (json, fields) throws(JSONProblem) in
        let answered = now ?? clock()
        now = answered
        return try AgentsMeshRunner(json: json, at: answered, &fields)
      }, save: { found.add($0) })
    let reading = result.reading(
      of: .runners, problems: found.problems, remarks: AgentsMeshRunner.missingFields(in: found.rows),
      redactor: reader.redactor)
    return RunnerList(runners: found.rows.map(\.record), reading: reading, error: result.error)
  }

  package func fetchRuns(
    of runnerID: String, batchSize: Int, save: ([RunRecord]) async throws -> Void
  ) async throws -> ResourceReading {
    let result = try await pods.read(
      AnswerRequest(["runners", runnerID, "pods"], route: "pods", headers: headers), list: "pods", noun: "pod",
      batchSize: max(1, batchSize), id: \.id, decode: RunRecord.init(agentsMesh:_:), save: save)
    return result.reading(of: .runs(runner: runnerID), redactor: reader.redactor)
  }
}
