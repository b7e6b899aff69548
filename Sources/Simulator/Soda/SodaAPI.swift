import Foundation
import Runs

/// The simulated Soda Cloud API: the documented paths, limits and refusals, answers from the world as of the clock's
/// now.
///
/// Invented: the order of the checks (key, permission, rate, question), and all texts and codes of errors.
struct SodaAPI: Sendable {
  /// All paths of this API begin so.
  static let root = "/soda/"
  static let basePath = "/soda/api/v1"

  private enum Route {
    case list, create
    case show(String)
    case delete(String)
  }

  private let state: SodaState
  private let clock: SimulatorClock
  private let profile: SimulatorProfile
  private let lists: RateLimit
  private let singles: RateLimit
  private let creations: RateLimit
  private let deletions: RateLimit

  init(world: SodaWorld, clock: SimulatorClock, profile: SimulatorProfile, limits: SimulatorLimits) {
    state = SodaState(world: world)
    self.clock = clock
    self.profile = profile
    lists = RateLimit(60, limits)
    singles = RateLimit(1000, limits)
    creations = RateLimit(10, limits)
    deletions = RateLimit(10, limits)
  }

  func answer(to request: SimulatedRequest, path: String, _ faults: FaultsInForce) async -> SimulatedAnswer {
    var answer = await plainAnswer(to: request, path: path, faults)
    var trace = SplitMix64(seed: SplitMix64.hash(path), UInt64(bitPattern: clock.now.milliseconds))
    answer.headers["X-Soda-Trace-Id"] = NodionID(from: &trace).text
    return answer
  }

  private func plainAnswer(to request: SimulatedRequest, path: String, _ faults: FaultsInForce) async -> SimulatedAnswer
  {
    guard let user = user(of: request) else {
      var refusal = failed(401, "unauthorized", "The API key or the session is not valid")
      refusal.headers["WWW-Authenticate"] = "Basic realm=\"Soda Cloud\""
      return refusal
    }
    guard path == SodaAPI.basePath + "/runners" || path.hasPrefix(SodaAPI.basePath + "/runners/") else {
      return notFound
    }
    let id = String(path.dropFirst(SodaAPI.basePath.count + "/runners/".count))
    let isList = path == SodaAPI.basePath + "/runners"
    guard let route = route(request.method, isList: isList, id) else {
      var refusal = failed(405, "method_not_allowed", "This path does not have the method")
      refusal.headers["Allow"] = isList ? "GET, HEAD, POST" : "GET, HEAD, DELETE"
      return refusal
    }
    if !user.mayWrite {
      switch route {
      case .create, .delete:
        return failed(403, "forbidden", "The permission MANAGE_DATASOURCES_AND_AGENTS is missing")
      case .list, .show: break
      }
    }
    if !faults.settings.contains(.noLimits), let seconds = limit(of: route).refuse() {
      var refusal = failed(429, "too_many_requests", "Too many requests, try again later")
      refusal.headers["Retry-After"] = String(seconds)
      return refusal
    }
    return await answer(route, query: request.query, faults)
  }

  private func route(_ method: String, isList: Bool, _ id: String) -> Route? {
    switch method {
    case "GET", "HEAD": isList ? .list : .show(id)
    case "POST" where isList: .create
    case "DELETE" where !isList: .delete(id)
    default: nil
    }
  }

  private func limit(of route: Route) -> RateLimit {
    switch route {
    case .list: lists
    case .show: singles
    case .create: creations
    case .delete: deletions
    }
  }

  private func answer(_ route: Route, query: String, _ faults: FaultsInForce) async -> SimulatedAnswer {
    // One look at the clock, so that an answer is of one instant.
    let now = clock.now
    let json = SodaJSON(profile: profile, now: now, rows: faults.rows)
    let runners = faults.rows.withoutVanished(await state.runners(at: now), \.id.low)
    switch route {
    case .list:
      do {
        return ok(json.list(runners, try SodaPage(query), faults))
      } catch {
        return failed(400, "bad_request", error.text)
      }
    case .create:
      let key = await state.create(at: now)
      return ok(.object([("apiKeyId", .text(key.keyID)), ("apiKeySecret", .text(key.secret))]))
    case .show(let text):
      guard let id = NodionID(text), let runner = runners.first(where: { $0.id == id }) else { return notFound }
      return ok(.object([("runner", json.runner(runner))]))
    case .delete(let text):
      guard let id = NodionID(text), runners.contains(where: { $0.id == id }) else { return notFound }
      switch await state.delete(id, at: now) {
      case .done: return ok(.object([]))
      case .missing: return notFound
      case .inUse: return failed(400, "runner_in_use", "The runner is still in use")
      case .notSelfHosted:
        return failed(400, "runner_not_deletable", "Only self-hosted runners can be deleted")
      }
    }
  }
}

extension SodaAPI {
  private struct User {
    var mayWrite: Bool
  }

  /// By key, or by the cookie of a session. Invented: keys of created runners are for runners, and do not open the API.
  private func user(of request: SimulatedRequest) -> User? {
    if let header = request.headers["authorization"] {
      guard header.lowercased().hasPrefix("basic "), let data = Data(base64Encoded: String(header.dropFirst(6))) else {
        return nil
      }
      switch String(decoding: data, as: UTF8.self) {
      case SimulatorDefaults.sodaKeyID + ":" + SimulatorDefaults.sodaKeySecret: return User(mayWrite: true)
      case SimulatorDefaults.sodaReaderKeyID + ":" + SimulatorDefaults.sodaReaderKeySecret:
        return User(mayWrite: false)
      default: return nil
      }
    }
    let cookies = (request.headers["cookie"] ?? "").split(separator: ";").map { $0.drop { $0 == " " } }
    return cookies.contains { $0 == "token=" + SimulatorDefaults.sodaSessionToken } ? User(mayWrite: true) : nil
  }

  private var notFound: SimulatedAnswer { failed(404, "not_found", "There is no such runner") }

  private func failed(_ status: Int, _ code: String, _ message: String) -> SimulatedAnswer {
    let body = JSONTree.object([("code", .text(code)), ("message", .text(message))])
    return SimulatedAnswer(status, contentType, body.text)
  }

  private func ok(_ body: JSONTree) -> SimulatedAnswer {
    SimulatedAnswer(200, contentType, body.text)
  }
}
