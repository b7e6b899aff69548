import Runs

/// An AgentsMesh organisation as one asks it now: `/runners`, `/runners/available`, `/runners/ID` and its pods. Nothing
/// can be changed there.
struct AgentsMeshAccount: RunnerAccount {
  private let reader: ListReader
  private let pods: PagedList
  private let headers: [String: Secret]
  private let instant: Instant

  init(door: AnswerDoor, _ access: SourceAccess, redactor: Redactor) {
    headers = access.secrets["token"].map { ["X-API-Key": $0] } ?? [:]
    instant = access.instant
    reader = ListReader(
      door: door, redactor: redactor,
      key: HarvestError.KeyHint(name: access.secrets.origin(of: "token"), scope: "runners:read"),
      clock: { access.instant })
    pods = PagedList(
      reader: reader, scheme: .offsets(limit: access.pageSize ?? 200), pageLimit: access.pageLimit ?? 10_000)
  }

  func fetchRunners() async throws -> LiveList<LiveRunner> { try await fetchList(["runners"]) }

  func fetchAvailableRunners() async throws -> LiveList<LiveRunner> { try await fetchList(["runners", "available"]) }

  private func fetchList(_ segments: [String]) async throws -> LiveList<LiveRunner> {
    // By the clock of the server, which wrote down the signs of life.
    var now = instant
    return try await reader.readLive(
      AnswerRequest(segments, headers: headers), list: "runners", id: \.record,
      begin: { now = $0.date(now: instant) },
      decode: { (json, fields) throws(JSONProblem) in try LiveRunner(agentsMesh: json, at: now, &fields) }
    ).map { $0.redacted(by: reader.redactor) }
  }

  func fetchRunner(_ id: String) async throws -> LiveRunner {
    var now = instant
    var (runner, _) = try await reader.readObject(
      AnswerRequest(["runners", id], headers: headers), object: "runner", begin: { now = $0.date(now: instant) },
      decode: { (json, fields) throws(JSONProblem) in try LiveRunner(agentsMesh: json, at: now, &fields) })
    runner.toldAt = now
    return runner.redacted(by: reader.redactor)
  }

  func fetchPods(of runner: String, status: String?) async throws -> LiveList<LivePod> {
    var found: [LivePod] = []
    let result = try await pods.read(
      AnswerRequest(
        ["runners", runner, "pods"], query: status.map { [.init("status", $0)] } ?? [], route: "pods", headers: headers),
      list: "pods", noun: "pod", batchSize: 1000, id: \.record.id, decode: LivePod.init(agentsMesh:_:),
      save: { found += $0 })
    return LiveList(
      rows: found.map { $0.redacted(by: reader.redactor) },
      reading: result.reading(of: .runs(runner: runner), redactor: reader.redactor), error: result.error)
  }

  func fetchRun(_ id: String, of runner: String) async throws -> RunRecord {
    throw NotOffered(.runs, at: .agentsMesh, instead: "its pods are in a list alone")
  }

  func fetchRuns(of runner: String, since instant: Instant) async throws -> [RunRecord] {
    try await fetchPods(of: runner, status: nil).rows.map(\.record).filter { run in
      run.createdAt.map { $0 >= instant } ?? false
    }
  }

  func checkOffer(of kind: ActionKind) throws { throw none(kind) }

  func draft(_ action: RunnerAction) throws -> ActionDraft { throw none(action.kind) }

  private func none(_ kind: ActionKind) -> NotOffered {
    NotOffered(.action(kind), at: .agentsMesh, instead: "its keys with the scope runners:read can read and no more")
  }

  func readResult(of answer: Answer, to draft: ActionDraft) async throws -> ActionResult {
    ActionResult(status: answer.status)
  }
}

extension LiveRunner {
  fileprivate init(
    agentsMesh json: UnsafeBufferPointer<UInt8>, at now: Instant, _ reading: inout FieldReading
  ) throws(JSONProblem) {
    self.init(
      record: try AgentsMeshRunner(json: json, at: now, &reading).record,
      details: try [LiveDetail](json, named: AgentsMeshNames.shownOfRunner))
  }
}

extension LivePod {
  fileprivate init(agentsMesh json: UnsafeBufferPointer<UInt8>, _ reading: inout FieldReading) throws(JSONProblem) {
    var pod = LivePod(record: try RunRecord(agentsMesh: json, &reading))
    try AgentsMeshNames.podDetail.visit(json) { (name, field) throws(JSONProblem) in
      switch name {
      case .agent: pod.agent = reading.text(field)
      case .prompt: pod.prompt = reading.text(field)
      }
    }
    self = pod
  }
}
