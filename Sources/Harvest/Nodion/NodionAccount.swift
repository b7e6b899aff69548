import Runs

/// A Nodion account as one asks it now and acts on it: `/runners`, `/runners/ID` and `/runners/ID/runs`.
struct NodionAccount: RunnerAccount {
  private let reader: ListReader
  private let headers: [String: Secret]
  private let actingKey: HarvestError.KeyHint

  init(door: AnswerDoor, _ access: SourceAccess, redactor: Redactor) {
    let name = access.secrets.origin(of: "token")
    headers = NodionSource.headers(token: access.secrets["token"], project: access.values["project"])
    reader = ListReader(
      door: door, redactor: redactor, key: HarvestError.KeyHint(name: name, scope: "read"), clock: { access.instant })
    actingKey = HarvestError.KeyHint(name: name, need: "that it may write: the scope read covers no more than reading")
  }

  // MARK: What there is

  func fetchRunners() async throws -> LiveList<LiveRunner> {
    try await reader.readLive(
      request(["runners"]), list: "runners", id: \.record, decode: LiveRunner.init(nodion:_:)
    ).map { $0.redacted(by: reader.redactor) }
  }

  func fetchAvailableRunners() async throws -> LiveList<LiveRunner> {
    throw NotOffered(
      .availableRunners, at: .nodion, instead: "the status of each runner is in the list of all of them")
  }

  func fetchRunner(_ id: String) async throws -> LiveRunner {
    var (runner, answer) = try await reader.readObject(
      request(["runners", id]), object: "runner", decode: LiveRunner.init(nodion:_:))
    runner.toldAt = reader.clock.map { answer.date(now: $0()) }
    return runner.redacted(by: reader.redactor)
  }

  func fetchPods(of runner: String, status: String?) async throws -> LiveList<LivePod> {
    throw NotOffered(.pods, at: .nodion, instead: "a harvest reads its runs, for the report of runs")
  }

  /// The path of one run is on a newer page of the vendor's. Where it is not there yet, the list has the run.
  func fetchRun(_ id: String, of runner: String) async throws -> RunRecord {
    do {
      let (run, _) = try await reader.readObject(
        request(["runners", runner, "runs", id]), object: "run", decode: RunRecord.init(nodion:_:))
      return run.redacted(by: reader.redactor)
    } catch let error as HarvestError where error.reason == .notFound {
      guard let run = try await fetchRuns(of: runner, where: { $0.id == id }).first else { throw error }
      return run
    }
  }

  func fetchRuns(of runner: String, since instant: Instant) async throws -> [RunRecord] {
    try await fetchRuns(of: runner) { run in run.createdAt.map { $0 >= instant } ?? false }
  }

  private func fetchRuns(of runner: String, where isWanted: (RunRecord) -> Bool) async throws -> [RunRecord] {
    var found: [RunRecord] = []
    let result = try await reader.read(
      request(["runners", runner, "runs"]), list: "runs", batchSize: 1000, decode: RunRecord.init(nodion:_:),
      save: { found += $0.filter(isWanted) })
    if let error = result.error { throw error }
    return found.map { $0.redacted(by: reader.redactor) }
  }

  // MARK: What can be changed

  func checkOffer(of kind: ActionKind) {}

  func draft(_ action: RunnerAction) throws -> ActionDraft {
    switch action {
    case .trigger(let runner, let environment):
      let body = try NodionSetup.environment(environment)
      return draft(action, request(["runners", runner, "runs"], .post, body))
    case .create(let setup):
      return draft(action, request(["runners"], .post, try NodionSetup.body(creating: setup)))
    case .createKey:
      throw UnfitAction([
        "Nodion makes runners and no keys for them: say how the runner is to be, and name no file for credentials"
      ])
    case .update(let runner, let changes):
      return draft(action, request(["runners", runner], .patch, try NodionSetup.body(changing: changes)))
    case .delete(let runner):
      return draft(action, request(["runners", runner], .delete))
    }
  }

  func readResult(of answer: Answer, to draft: ActionDraft) async throws -> ActionResult {
    if draft.action.kind == .trigger {
      let run = try await reader.object(in: answer, named: "run", decode: RunRecord.init(nodion:_:))
      return ActionResult(status: answer.status, id: run.id, run: run)
    }
    let id = try await reader.idIfTold(in: answer, of: "runner")
    return ActionResult(status: answer.status, id: draft.action.runner ?? id)
  }

  private func request(
    _ segments: [String], _ method: AnswerRequest.Method = .get, _ body: RequestBody? = nil
  ) -> AnswerRequest {
    AnswerRequest(segments, method: method, body: body, headers: headers)
  }

  private func draft(_ action: RunnerAction, _ request: AnswerRequest) -> ActionDraft {
    ActionDraft(action, request, key: actingKey)
  }
}

extension LiveRunner {
  fileprivate init(nodion json: UnsafeBufferPointer<UInt8>, _ reading: inout FieldReading) throws(JSONProblem) {
    self.init(
      record: try NodionRunner(json: json, &reading).record, setup: try RunnerSetup(nodion: json),
      details: try [LiveDetail](json, named: NodionNames.shown))
  }
}
