import Runs

/// What is asked of a vendor, beside telling.
package enum RunnerAction: Equatable, Sendable {
  case trigger(runner: String, environment: [EnvironmentVariable])
  case create(RunnerSetup)
  /// A key with which a runner of one's own registers itself.
  case createKey
  case update(runner: String, RunnerSetup)
  case delete(runner: String)

  package var kind: ActionKind {
    switch self {
    case .trigger: .trigger
    case .create, .createKey: .create
    case .update: .update
    case .delete: .delete
    }
  }

  /// The vendor's id of the runner that it is about; nil where a new one is asked for.
  package var runner: String? {
    switch self {
    case .trigger(let runner, _), .update(let runner, _), .delete(let runner): runner
    case .create, .createKey: nil
    }
  }
}

/// A variable of a run's environment. Its value may be a secret, so it is treated as one.
package struct EnvironmentVariable: Equatable, Sendable {
  package var name: String
  package var value: Secret

  package init(_ name: String, _ value: Secret) {
    self.name = name
    self.value = value
  }
}

/// An action as the request that it is.
package struct ActionDraft: Equatable, Sendable {
  package var action: RunnerAction
  package var request: AnswerRequest
  /// For the sentence that says what the key may not do.
  package var key: HarvestError.KeyHint

  package init(_ action: RunnerAction, _ request: AnswerRequest, key: HarvestError.KeyHint) {
    self.action = action
    self.request = request
    self.key = key
  }

  /// Where it is sent.
  ///
  /// - Parameter base: the source's url.
  package func address(below base: String) throws -> String { try BaseURL(base).address(of: request) }

  /// What is sent, for whoever asks to see it; nil for nothing.
  package func shownBody(_ redactor: Redactor) -> String? {
    guard let body = request.body, body != .nothing else { return nil }
    return redactor.redact(body.json(for: .person))
  }

  /// What was asked for, as the ledger keeps it: without secrets, values and commands.
  package func asked(_ redactor: Redactor) -> String { redactor.redact((request.body ?? .nothing).json(for: .ledger)) }
}

/// Why something cannot be asked for: all that a vendor's page says against it.
package struct UnfitAction: Error, Equatable, CustomStringConvertible {
  package var problems: [String]

  package init(_ problems: [String]) {
    self.problems = problems
  }

  package var description: String { problems.joined(separator: "; ") }
}
