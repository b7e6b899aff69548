import Runs

/// The simulated AgentsMesh API: its four documented routes, answered as its server does.
///
/// What a page of the documentation says and what the server does differ; the profile chooses whose names and fields
/// the rows have. Paging, validation and refusals are the server's in both.
struct AgentsMeshAPI: Sendable {
  /// All paths of this API begin so.
  static let root = "/api/v1/ext/"
  static let basePath = root + "orgs/" + SimulatorDefaults.agentsMeshOrganization
  /// Invented: the id of a runner of another organisation.
  static let foreignRunner = 9001

  let world: AgentsMeshWorld
  let clock: SimulatorClock
  let profile: SimulatorProfile

  private enum Route {
    case runners, available
    case runner(Substring)
    case pods(Substring)
  }

  func answer(to request: SimulatedRequest, path: String, _ faults: FaultsInForce) async -> SimulatedAnswer {
    let parts = path.dropFirst(AgentsMeshAPI.root.count).split(separator: "/", omittingEmptySubsequences: false)
    // The router sends what ends in a slash to the path without it, before anything is checked.
    if parts.count > 3, parts.last == "", route(parts.dropLast()) != nil {
      let query = request.query.isEmpty ? "" : "?" + request.query
      return SimulatedAnswer(
        request.method == "GET" ? 301 : 307, headers: ["Location": String(path.dropLast()) + query])
    }
    guard let route = route(parts[...]), ["GET", "HEAD"].contains(request.method) else { return noSuchPage }
    if let refusal = refusal(of: request, organization: parts[1]) { return refusal }
    // One look at the clock, so that an answer is of one instant.
    return answer(route, AgentsMeshQuery(request.query), at: clock.now, faults)
  }

  private func route(_ parts: ArraySlice<Substring>) -> Route? {
    let parts = Array(parts)
    guard parts.count >= 3, parts[0] == "orgs", parts[2] == "runners" else { return nil }
    if parts.count == 3 { return .runners }
    if parts.count == 4, !parts[3].isEmpty { return parts[3] == "available" ? .available : .runner(parts[3]) }
    return parts.count == 5 && parts[4] == "pods" ? .pods(parts[3]) : nil
  }

  private func answer(
    _ route: Route, _ query: AgentsMeshQuery, at now: Instant, _ faults: FaultsInForce
  ) -> SimulatedAnswer {
    let runners = faults.rows.withoutVanished(world.runners(at: now)) { UInt64($0.id) }
    let json = AgentsMeshJSON(world: world, profile: profile, now: now, rows: faults.rows)
    switch route {
    case .runners: return ok(json.list(runners, faults))
    case .available: return ok(json.list(runners.filter { isAvailable($0, at: now) }, faults))
    case .runner(let text):
      switch find(text, in: runners) {
      case .failure(let refusal): return refusal.answer
      case .success(let runner): return ok(json.single(runner))
      }
    case .pods(let text):
      switch find(text, in: runners) {
      case .failure(let refusal): return refusal.answer
      case .success(let runner):
        do {
          return ok(json.list(try AgentsMeshPage(query, faults), of: runner, faults))
        } catch {
          return failed(400, "VALIDATION_FAILED", error.text)
        }
      }
    }
  }

  private func isAvailable(_ runner: AgentsMeshRunner, at now: Instant) -> Bool {
    runner.isOnline(at: now) && runner.isEnabled && world.activePods(of: runner, at: now) < runner.maxPods
  }
}

extension AgentsMeshAPI {
  private struct Refusal: Error {
    var answer: SimulatedAnswer
  }

  private func find(_ text: Substring, in runners: [AgentsMeshRunner]) -> Result<AgentsMeshRunner, Refusal> {
    guard let id = Int(text) else {
      return .failure(Refusal(answer: failed(400, "INVALID_INPUT", "Invalid runner ID")))
    }
    if id == AgentsMeshAPI.foreignRunner {
      return .failure(Refusal(answer: failed(403, "ACCESS_DENIED", "Access denied")))
    }
    guard let runner = runners.first(where: { $0.id == id }) else {
      return .failure(Refusal(answer: failed(404, "RESOURCE_NOT_FOUND", "Runner not found")))
    }
    return .success(runner)
  }

  /// The key is checked before the organisation, and that before the scope.
  private func refusal(of request: SimulatedRequest, organization: Substring) -> SimulatedAnswer? {
    switch key(of: request) {
    case nil: return refused(401, "AUTH_REQUIRED", "API key is required")
    case SimulatorDefaults.agentsMeshDisabledKey:
      return refused(403, "API_KEY_DISABLED", "API key is disabled")
    case SimulatorDefaults.agentsMeshExpiredKey:
      return refused(401, "API_KEY_EXPIRED", "API key has expired")
    case SimulatorDefaults.agentsMeshKey, SimulatorDefaults.agentsMeshForeignKey,
      SimulatorDefaults.agentsMeshUnscopedKey:
      break
    default: return refused(401, "INVALID_TOKEN", "Invalid API key")
    }
    guard organization == SimulatorDefaults.agentsMeshOrganization else {
      return refused(404, "RESOURCE_NOT_FOUND", "Organization not found")
    }
    switch key(of: request) {
    case SimulatorDefaults.agentsMeshForeignKey:
      return refused(403, "API_KEY_ORG_MISMATCH", "API key does not belong to this organization")
    case SimulatorDefaults.agentsMeshUnscopedKey:
      return refused(
        403, "INSUFFICIENT_SCOPE", "Insufficient scope",
        [("required_scopes", .array([.text("runners:read")]))])
    default: return nil
    }
  }

  /// Anything that does not begin as a key does is no key.
  private func key(of request: SimulatedRequest) -> String? {
    let bearer = request.headers["authorization"].flatMap { $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : nil }
    return [request.headers["x-api-key"], bearer].compactMap(\.self).first { $0.hasPrefix("amk_") }
  }

  /// What the routes themselves answer: at the time of the documentation without a code.
  private func failed(_ status: Int, _ code: String, _ text: String) -> SimulatedAnswer {
    guard profile == .documented else { return refused(status, code, text) }
    return SimulatedAnswer(
      status, contentType, JSONTree.object([("error", .text(text))]).text)
  }

  private func refused(
    _ status: Int, _ code: String, _ text: String, _ more: [(String, JSONTree?)] = []
  ) -> SimulatedAnswer {
    let body = JSONTree.object([("error", .text(text)), ("code", .text(code))] + more)
    return SimulatedAnswer(status, contentType, body.text)
  }

  private func ok(_ body: JSONTree) -> SimulatedAnswer {
    SimulatedAnswer(200, contentType, body.text)
  }

  private var noSuchPage: SimulatedAnswer { SimulatedAnswer(404, "text/plain", "404 page not found") }
}
