import Runs

/// A Soda Cloud organisation as one asks it now and acts on it: `/runners` and `/runners/ID`.
struct SodaAccount: RunnerAccount {
  private let list: PagedList
  private let headers: [String: Secret]
  private let actingKey: HarvestError.KeyHint
  private let instant: Instant

  private var reader: ListReader { list.reader }

  init(door: AnswerDoor, key: SodaKey?, _ access: SourceAccess, redactor: Redactor) {
    let name = access.secrets.origin(of: "key_secret")
    headers = SodaSource.headers(key: key)
    instant = access.instant
    list = PagedList(
      reader: ListReader(
        door: door, redactor: redactor, key: HarvestError.KeyHint(name: name), clock: { access.instant }),
      scheme: .numbers(size: min(max(10, access.pageSize ?? 1000), 1000)), pageLimit: access.pageLimit ?? 1000)
    actingKey = HarvestError.KeyHint(
      name: name, need: "that its user has the global role permission MANAGE_DATASOURCES_AND_AGENTS")
  }

  // MARK: What there is

  func fetchRunners() async throws -> LiveList<LiveRunner> {
    var found = RowGathering<LiveRunner>(id: \.record.id, size: \.record.textSize)
    let result = try await list.read(
      AnswerRequest(["runners"], headers: headers), list: "content", noun: "runner",
      batchSize: RowGathering<LiveRunner>.batchSize, id: \.record.id, decode: LiveRunner.init(soda:_:),
      save: { found.add($0) })
    let reading = result.reading(of: .runners, problems: found.problems, redactor: reader.redactor)
    return LiveList(rows: found.rows.map { $0.redacted(by: reader.redactor) }, reading: reading, error: result.error)
  }

  func fetchAvailableRunners() async throws -> LiveList<LiveRunner> {
    throw NotOffered(
      .availableRunners, at: .soda, instead: "whether each runner is online is in the list of all of them")
  }

  func fetchRunner(_ id: String) async throws -> LiveRunner {
    var (runner, answer) = try await reader.readObject(
      AnswerRequest(["runners", id], route: "runner", headers: headers), object: "runner",
      decode: LiveRunner.init(soda:_:))
    runner.toldAt = answer.date(now: instant)
    return runner.redacted(by: reader.redactor)
  }

  func fetchPods(of runner: String, status: String?) async throws -> LiveList<LivePod> {
    throw NotOffered(.pods, at: .soda)
  }

  func fetchRun(_ id: String, of runner: String) async throws -> RunRecord { throw NotOffered(.runs, at: .soda) }

  func fetchRuns(of runner: String, since instant: Instant) async throws -> [RunRecord] {
    throw NotOffered(.runs, at: .soda)
  }

  // MARK: What can be changed

  func checkOffer(of kind: ActionKind) throws {
    if ![.create, .delete].contains(kind) { throw NotOffered(.action(kind), at: .soda) }
  }

  func draft(_ action: RunnerAction) throws -> ActionDraft {
    func draft(_ request: AnswerRequest) -> ActionDraft { ActionDraft(action, request, key: actingKey) }
    switch action {
    case .createKey:
      return draft(AnswerRequest(["runners"], method: .post, body: .nothing, route: "create", headers: headers))
    case .create:
      throw UnfitAction([
        "Soda makes a key, with which a runner registers itself: name a file for these credentials, and say nothing "
          + "of the runner"
      ])
    case .delete(let runner):
      return draft(AnswerRequest(["runners", runner], method: .delete, route: "delete", headers: headers))
    case .trigger, .update: throw NotOffered(.action(action.kind), at: .soda)
    }
  }

  func readResult(of answer: Answer, to draft: ActionDraft) async throws -> ActionResult {
    guard draft.action == .createKey else {
      _ = try await reader.idIfTold(in: answer, of: "runner")
      return ActionResult(status: answer.status, id: draft.action.runner)
    }
    let (id, secret) = try await reader.object(in: answer, named: nil) { (json, fields) throws(JSONProblem) in
      var (id, secret): (String?, String?)
      try JSONObject.visit(json) { (field) throws(JSONProblem) in
        switch field.key {
        case "apiKeyId": id = fields.text(field)
        case "apiKeySecret": secret = fields.text(field)
        default: break
        }
      }
      return (id, secret)
    }
    guard let id, let secret else {
      throw HarvestError(
        .otherObject(expected: "apiKeyId and apiKeySecret", found: "an answer without both"), at: answer.place)
    }
    return ActionResult(
      status: answer.status, credentials: Credentials(keyID: Secret(id), keySecret: Secret(secret)))
  }
}

extension LiveRunner {
  fileprivate init(soda json: UnsafeBufferPointer<UInt8>, _ reading: inout FieldReading) throws(JSONProblem) {
    self.init(
      record: try SodaRunner(json: json, &reading).record, details: try [LiveDetail](json, named: SodaNames.shown))
  }
}
