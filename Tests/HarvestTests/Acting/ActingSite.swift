import Foundation
import Harvest
import Runs
import Synchronization

/// A vendor that is acted on over real HTTP, with the whole client around it, on a clock that turns itself.
struct ActingSite: Sendable {
  enum Way: String, CaseIterable, Sendable {
    case nodion, soda

    var api: VendorAPI { self == .nodion ? .nodion : .soda }
    var path: String { self == .nodion ? "/v1" : SodaBodies.path }

    /// What a vendor may repeat of what it was sent.
    var echoed: String { secrets.entries.map { $0.secret.reveal() }.joined(separator: " ") }

    /// Secrets under the names that errors call them by.
    var secrets: SourceSecrets {
      let names = self == .nodion ? ["token"] : ["key_id", "key_secret"]
      return SourceSecrets(names.map { .init(key: $0, secret: Secret("test-\($0)"), origin: "KEY_\($0.uppercased())") })
    }
  }

  /// By the server's clock, and by the client's.
  static let now = "2026-02-01T00:00:00Z"

  var account: any RunnerAccount
  var door: AnswerDoor
  let redactor: Redactor

  func send(_ action: RunnerAction) async throws -> ActionOutcome {
    await account.send(try account.draft(action), through: door).redacted(by: redactor)
  }

  /// - Returns: what `use` gives, and what the server was asked.
  static func with<Result: Sendable>(
    _ way: Way, limits: LiveLimits = LiveLimits(), retries: RetryPolicy = RetryPolicy(), hiding: [Secret] = [],
    _ reply: @escaping @Sendable (Asked) async -> Reply, _ use: (ActingSite) async throws -> Result
  ) async throws -> (Result, [Asked]) {
    let asked = Mutex<[Asked]>([])
    let now = try Instant(rfc3339: ActingSite.now)
    let result = try await withLiveDoor(below: way.path, limits: limits, now: ActingSite.now) { request in
      asked.withLock { $0.append(request) }
      return await reply(request)
    } _: { door in
      try await use(site(way, door, retries: retries, hiding: hiding, now: now))
    }
    return (result, asked.withLock { $0 })
  }

  static func site(
    _ way: Way, _ live: AnswerDoor, retries: RetryPolicy = RetryPolicy(), hiding: [Secret] = [], now: Instant
  ) -> ActingSite {
    let pace = FakeTime().pace
    let door = live.paced(by: way.api.rates, pace: pace).persistent(retries, pace: pace)
    let redactor = Redactor(way.api.hidden(way.secrets) + hiding)
    let access = SourceAccess(secrets: way.secrets, instant: now)
    guard let make = way.api.makeAccount else { preconditionFailure("\(way) is an account") }
    return ActingSite(account: make(door, access, redactor), door: door, redactor: redactor)
  }
}

extension ActionOutcome {
  /// What became of it, in a word and a status.
  var word: String {
    switch self {
    case .done(let result): "done \(result.status)"
    case .refused(_, let status): "refused \(status)"
    case .unsent: "unsent"
    case .unknown(_, let status): "unknown" + (status.map { " \($0)" } ?? "")
    case .interrupted: "interrupted"
    }
  }

  var error: HarvestError? {
    switch self {
    case .refused(let error, _), .unsent(let error), .unknown(let error, _): error
    case .done, .interrupted: nil
    }
  }
}
