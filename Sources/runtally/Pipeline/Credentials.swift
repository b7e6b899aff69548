import Harvest
import Runs

/// What lets one in at a vendor, with the name of the variable or file that it came from.
enum Credentials: Sendable {
  /// Saved answers need none.
  case none
  case token(Secret, name: String)
  case pair(SodaKey, name: String)

  /// - Throws: ``ConfigurationError`` naming what is missing.
  init(of source: SourceConfiguration, environment: [String: String]) throws {
    func lookUp(_ reference: SecretReference) throws -> Secret {
      try reference.lookUp(for: source.name, environment: environment)
    }
    switch source.vendor {
    case .nodion, .agentsmesh:
      guard let token = source.token else { throw ConfigurationError.missingToken(source: source.name) }
      self = .token(try lookUp(token), name: token.name)
    case .soda:
      guard let id = source.keyID, let secret = source.keySecret else {
        throw ConfigurationError.missingKeyPair(source: source.name)
      }
      self = .pair(SodaKey(id: try lookUp(id), secret: try lookUp(secret)), name: secret.name)
    }
  }

  /// Knows every secret in them.
  var redactor: Redactor {
    switch self {
    case .none: Redactor([])
    case .token(let token, _): Redactor([token])
    case .pair(let key, _): Redactor(key.secrets)
    }
  }

  var token: Secret? {
    if case .token(let token, _) = self { token } else { nil }
  }

  var pair: SodaKey? {
    if case .pair(let key, _) = self { key } else { nil }
  }

  var name: String? {
    switch self {
    case .none: nil
    case .token(_, let name), .pair(_, let name): name
    }
  }
}

extension SourceConfiguration {
  /// The source as its vendor's code asks it.
  /// - Parameter instant: the visit's; signs of life are old or new by it.
  func runnerSource(through door: AnswerDoor, _ credentials: Credentials, at instant: Instant) -> any RunnerSource {
    switch vendor {
    case .nodion:
      NodionSource(door: door, token: credentials.token, tokenName: credentials.name, project: project)
    case .agentsmesh:
      AgentsMeshSource(
        door: door, key: credentials.token, keyName: credentials.name, pageSize: client.pageSize ?? 200,
        pageLimit: client.pageLimit ?? 10_000, clock: { instant })
    case .soda:
      SodaSource(
        door: door, key: credentials.pair, keyName: credentials.name, pageSize: client.pageSize ?? 1000,
        pageLimit: client.pageLimit ?? 1000)
    }
  }
}
