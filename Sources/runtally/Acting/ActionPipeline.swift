import Harvest
import Runs
import Store

/// Has something changed at a vendor, once, and keeps what was asked for and what came of it.
///
///     ledger: what is asked for ──► vendor ──► ledger: the answer ──► the runner is read ──► ledger: its settings
///
/// The ledger is held from the first step to the last, so that no other command takes an answer that is under way for
/// one that never came.
struct ActionPipeline {
  var open: OpenAccount
  var quiet: Bool
  var clock: @Sendable () -> Instant = { .now() }

  /// What was changed.
  struct Done {
    var result: ActionResult
    /// The runner afterwards; nil where there is none, or it could not be read.
    var runner: LiveRunner?
    /// The action's number in the ledger.
    var action: Int64
  }

  /// Refuses what the vendor does not offer, and what the source does not allow.
  func permit(_ kind: ActionKind) throws {
    try open.account.checkOffer(of: kind)
    let source = open.source
    guard source.allowed.contains(kind) else {
      throw ActionFailure.notAllowed(
        kind, source: source.name, allowed: source.allowed, file: open.configuration.file)
    }
  }

  /// - Parameters:
  ///   - name: what the runner is called.
  ///   - before: the runner as it was read just now; nil where there is none yet.
  ///   - isRepeatable: it was worked out from what is there now, so that nothing is done twice by it.
  func run(
    _ action: RunnerAction, named name: String, before: LiveRunner? = nil, isRepeatable: Bool = false
  ) async throws -> Done {
    try permit(action.kind)
    let draft = try open.account.draft(action)
    let subject = ActionSubject(kind: action.kind, source: open.source.name, name: name)
    return try await WritableLedger.with(open.configuration, waiting: .seconds(10), creating: false, now: clock()) {
      ledger in
      let asked = draft.asked(open.redactor)
      let isAskedAlready = try await tellUnanswered(in: ledger).contains { earlier in
        earlier.kind == action.kind && earlier.subject == action.runner
          && (action.runner != nil || earlier.asked == asked)
      }
      if isAskedAlready, !isRepeatable { throw ActionFailure.before(subject) }
      let began = clock()
      let number = try ledger.beginAction(
        action.kind, at: open.settings, subject: action.runner, asked: asked, vendorAt: before?.toldAt,
        now: began)
      // What is changed is changed from what it was just now, and not from what a visit once saw.
      if action.kind == .update, let before {
        try ledger.saveSighting(of: before.record, at: open.settings, action: number, now: began)
      }
      let outcome = open.harmless(await open.account.send(draft, through: open.door))
      let result = try await settle(outcome, draft, subject, number, vendorAt: before?.toldAt, in: ledger)
      let runner = try await look(after: draft, result, number, (before, began), in: ledger)
      return Done(result: result, runner: runner, action: number)
    }
  }

  // MARK: Before

  /// The runner that is called so now. Where there is none, an earlier action whose answer nobody has may be why, and is
  /// told.
  func fetchRunner(called text: String) async throws -> LiveRunner {
    do {
      return try await open.fetchRunner(called: text)
    } catch let error as UsageError {
      _ = try await WritableLedger.with(open.configuration, waiting: .seconds(10), creating: false, now: clock()) {
        try await tellUnanswered(in: $0)
      }
      throw error
    }
  }

  /// Tells of each action of the source that has no answer, and what is found of it.
  ///
  /// - Returns: these actions.
  private func tellUnanswered(in ledger: Ledger) async throws -> [UnansweredAction] {
    let unanswered = try ledger.read { try $0.unansweredActions(of: open.source.name) }
    for earlier in unanswered {
      let found = try await ActionSearch(open: open, ledger: ledger).look(
        earlier.kind, subject: earlier.subject, asked: earlier.asked, vendorAt: earlier.vendorAt)
      Console.warn(
        "nobody knows whether \(earlier.about.was) at \(earlier.at): the program was ended before the answer came; "
          + found.words)
      try ledger.tellAction(earlier.id, resultID: found.resultID, note: found.words, now: clock())
      try save(found.runner, seenAfter: earlier.id, in: ledger)
    }
    return unanswered
  }

  // MARK: After

  /// Keeps what came of it.
  ///
  /// - Throws: ``ActionFailure`` where it was not done for sure.
  private func settle(
    _ outcome: ActionOutcome, _ draft: ActionDraft, _ subject: ActionSubject, _ number: Int64, vendorAt: Instant?,
    in ledger: Ledger
  ) async throws -> ActionResult {
    switch outcome {
    case .done(let result):
      try ledger.finishAction(number, ActionEnd(.done, status: result.status, resultID: result.id), now: clock())
      return result
    case .refused(let error, let status):
      try ledger.finishAction(number, ActionEnd(.refused, status: status, note: error.problem), now: clock())
      throw ActionFailure.refused(subject, error)
    case .unsent(let error):
      try ledger.finishAction(number, ActionEnd(.unsent, note: error.problem), now: clock())
      throw ActionFailure.unsent(subject, error)
    case .unknown(let error, let status):
      // Before anything else is asked: whoever ends the program now finds it in the ledger.
      try ledger.finishAction(number, ActionEnd(.unknown, status: status, note: error.problem), now: clock())
      let action = draft.action
      let found = try await ActionSearch(open: open, ledger: ledger).look(
        action.kind, subject: action.runner, asked: draft.asked(open.redactor), vendorAt: vendorAt)
      try ledger.tellAction(
        number, resultID: found.resultID, note: "\(error.problem); \(found.words)", now: clock())
      try save(found.runner, seenAfter: number, in: ledger)
      throw ActionFailure.unknown(subject, error, found: found.words)
    case .interrupted:
      // The ledger has it without an answer, which the next command tells.
      throw ActionFailure.interrupted(subject)
    }
  }

  /// Keeps how a runner is set up after an update whose answer nobody has.
  private func save(_ runner: LiveRunner?, seenAfter action: Int64, in ledger: Ledger) throws {
    guard let runner else { return }
    try ledger.saveSighting(of: runner.record, at: open.settings, action: action, now: clock())
  }

  /// Reads the runner that was acted on, so that its settings and its price begin now. What cannot be read is told, and
  /// read by the next harvest.
  ///
  /// - Parameter before: the runner as it was, and when.
  private func look(
    after draft: ActionDraft, _ result: ActionResult, _ number: Int64, _ before: (runner: LiveRunner?, at: Instant),
    in ledger: Ledger
  ) async throws -> LiveRunner? {
    let action = draft.action
    let runs = result.run.map { [$0] } ?? []
    do {
      guard action.kind != .delete, action != .createKey, let id = try await runner(of: draft, result, in: ledger)
      else {
        return nil
      }
      let runner = try await open.account.fetchRunner(id)
      try ledger.saveSighting(
        of: runner.record, runs: runs, at: open.settings, action: number,
        before: action.kind == .update ? before.at : nil, now: clock())
      return runner
    } catch let error as HarvestError {
      Console.warn("it is done, and the runner could not be read afterwards: \(error.problem); a harvest will")
      // A new run belongs to a runner that was there a moment ago.
      guard let runner = before.runner, !runs.isEmpty else { return nil }
      try ledger.saveSighting(of: runner.record, runs: runs, at: open.settings, action: number, now: clock())
      return runner
    }
  }

  /// The vendor's id of the runner that is to be read.
  private func runner(of draft: ActionDraft, _ result: ActionResult, in ledger: Ledger) async throws -> String? {
    if let id = draft.action.runner ?? result.id { return id }
    // An answer need not name what was made.
    return try await ActionSearch(open: open, ledger: ledger).look(
      draft.action.kind, subject: nil, asked: draft.asked(open.redactor), vendorAt: nil
    ).resultID
  }
}

extension OpenAccount {
  /// What came of an action, with a vendor's words fit to be shown and kept.
  fileprivate func harmless(_ outcome: ActionOutcome) -> ActionOutcome {
    if case .done = outcome { outcome.redacted(by: redactor) } else { outcome.redacted(by: wordRedactor) }
  }
}

extension ActionPipeline {
  /// Shows the request that an action is, and sends nothing.
  func show(_ action: RunnerAction) throws {
    try open.account.checkOffer(of: action.kind)
    let draft = try open.account.draft(action)
    let target = try StandardFile.output(nil)
    let address = open.redactor.clean(try draft.address(below: open.prepared.address), limit: 2000)
    try target.append("\(draft.request.method.rawValue) \(address)\n")
    if let body = draft.shownBody(open.redactor) { try target.append(body.harmless + "\n") }
    try target.commit()
  }
}
