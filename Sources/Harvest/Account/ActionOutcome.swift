import Runs

/// What came of an action.
package enum ActionOutcome: Sendable {
  case done(ActionResult)
  /// The vendor refused it, with this status: nothing was done.
  case refused(HarvestError, status: Int)
  /// Nothing of it was sent.
  case unsent(HarvestError)
  /// It was sent, and nobody knows whether it was done. The status is nil where no answer came at all.
  case unknown(HarvestError, status: Int?)
  /// The same, because somebody ended the program while it waited for the answer.
  case interrupted
}

/// What an answer of success says.
package struct ActionResult: Sendable {
  package var status: Int
  /// The vendor's id of the run or runner that came of it; nil where the answer names none.
  package var id: String?
  package var run: RunRecord?
  /// What the vendor shows this once.
  package var credentials: Credentials?

  package init(status: Int, id: String? = nil, run: RunRecord? = nil, credentials: Credentials? = nil) {
    self.status = status
    self.id = id
    self.run = run
    self.credentials = credentials
  }
}

/// The two halves of a key that a runner registers itself with.
package struct Credentials: Equatable, Sendable {
  package var keyID: Secret
  package var keySecret: Secret

  /// As the API sends them. They are in no other text.
  package var json: String {
    RequestBody.object([.init("apiKeyId", .secret(keyID)), .init("apiKeySecret", .secret(keySecret))]).json(
      for: .vendor)
  }
}

extension ActionOutcome {
  /// Sends a request once. What is known in the end is all that this says: an answer that cannot be read, one of a
  /// server in trouble, and none at all leave open whether it was done.
  static func sending(
    _ draft: ActionDraft, through door: AnswerDoor, read: (Answer) async throws -> ActionResult
  ) async -> ActionOutcome {
    func told(_ error: HarvestError) -> HarvestError {
      var error = error
      error.deed = draft.action.kind.deed
      error.key = draft.key
      return error
    }
    do {
      let answer = try await door.fetch(draft.request)
      if let refusal = await answer.refusal() {
        let isSure = (400...499).contains(answer.status) && answer.status != 408 || (300...399).contains(answer.status)
        return isSure
          ? .refused(told(refusal), status: answer.status) : .unknown(told(refusal), status: answer.status)
      }
      do {
        return .done(try await read(answer))
      } catch let error as HarvestError {
        return .unknown(told(error), status: answer.status)
      }
    } catch let error as HarvestError {
      return error.isSurelyUnsent ? .unsent(told(error)) : .unknown(told(error), status: nil)
    } catch {
      return .interrupted
    }
  }

  /// With every foreign text fit to be shown.
  package func redacted(by redactor: Redactor) -> ActionOutcome {
    switch self {
    case .done(var result):
      result.id = result.id.map(redactor.redact)
      result.run = result.run?.redacted(by: redactor)
      return .done(result)
    case .refused(let error, let status): return .refused(error.redacted(by: redactor), status: status)
    case .unsent(let error): return .unsent(error.redacted(by: redactor))
    case .unknown(let error, let status): return .unknown(error.redacted(by: redactor), status: status)
    case .interrupted: return .interrupted
    }
  }
}

extension ActionKind {
  /// Follows "the key may not", and stands before an address.
  fileprivate var deed: String {
    switch self {
    case .trigger: "trigger a run at"
    case .create: "create a runner at"
    case .update: "change"
    case .delete: "delete"
    }
  }
}
