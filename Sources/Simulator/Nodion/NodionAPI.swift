import Foundation
import Runs

/// The simulated Nodion API: paths and methods as documented, answers from the world as of the clock's now.
///
/// What no documentation tells is marked "Invented:" where it is decided.
struct NodionAPI: Sendable {
  /// The documented paths below the base path.
  private enum Path {
    case runners
    case runner(NodionID)
    case runs(NodionID)
    case run(NodionID, of: NodionID)

    var runner: NodionID? {
      switch self {
      case .runners: nil
      case .runner(let runner), .runs(let runner), .run(_, let runner): runner
      }
    }
  }

  let state: NodionState
  let clock: SimulatorClock
  let token: String
  /// In the shape of `/v1`.
  let basePath: String
  let profile: SimulatorProfile

  init(world: NodionWorld, clock: SimulatorClock, token: String, basePath: String, profile: SimulatorProfile) {
    state = NodionState(world: world)
    self.clock = clock
    self.token = token
    self.basePath = basePath
    self.profile = profile
  }

  func answer(to request: SimulatedRequest, path text: String, _ faults: FaultsInForce) async -> SimulatedAnswer {
    guard request.headers["authorization"] == "Bearer \(token)" else { return unauthorized }
    // One look at the clock, so that an answer is of one instant.
    let now = clock.now
    let method = request.method
    let path = path(of: text)
    if let runner = path?.runner, await hasVanished(runner, at: now, faults) { return notFound }
    let shape = NodionShape(
      profile: profile, rows: faults.rows, cap: faults.lists.contains(.silentCap) ? NodionShape.silentCap : .max)
    switch path {
    case .runners where method == "GET": return await listRunners(at: now, shape)
    case .runners where method == "POST": return await create(request, at: now)
    case .runner(let id) where method == "GET": return await show(id, at: now, shape)
    case .runner(let id) where method == "PATCH": return await change(id, request, at: now)
    case .runner(let id) where method == "DELETE": return await delete(id, at: now)
    case .runs(let id) where method == "GET": return await listRuns(of: id, at: now, shape)
    case .runs(let id) where method == "POST": return await trigger(id, request, at: now)
    case .run(let id, let runner) where method == "GET": return await showRun(id, of: runner, at: now, shape)
    // Invented: a method that a path does not have is not found, as Rails has it.
    default: return notFound
    }
  }

  private func path(of text: String) -> Path? {
    guard text.hasPrefix(basePath + "/") else { return nil }
    let parts = text.dropFirst(basePath.count).split(separator: "/")
    guard parts.first == "runners" else { return nil }
    if parts.count == 1 { return .runners }
    guard let runner = NodionID(parts[1]) else { return nil }
    if parts.count == 2 { return .runner(runner) }
    guard parts[2] == "runs" else { return nil }
    if parts.count == 3 { return .runs(runner) }
    guard parts.count == 4, let run = NodionID(parts[3]) else { return nil }
    return .run(run, of: runner)
  }
}

extension NodionAPI {
  private func listRunners(at now: Instant, _ shape: NodionShape) async -> SimulatedAnswer {
    let runners = shape.rows.withoutVanished(await state.runners(at: now), \.id.low)
    let listed = shape.rows.withDuplicates(runners, \.id.low)
    return json { $0.runners(Array(listed.prefix(shape.cap)), at: now, shape) }
  }

  private func hasVanished(_ runner: NodionID, at now: Instant, _ faults: FaultsInForce) async -> Bool {
    guard faults.rows.rates[.vanishedRunner] != nil else { return false }
    let left = faults.rows.withoutVanished(await state.runners(at: now), \.id.low)
    return !left.contains { $0.id == runner }
  }

  private func show(_ id: NodionID, at now: Instant, _ shape: NodionShape) async -> SimulatedAnswer {
    guard let runner = await state.runner(id, at: now) else { return notFound }
    return single(runner, at: now, shape.ofSingle)
  }

  private func create(_ request: SimulatedRequest, at now: Instant) async -> SimulatedAnswer {
    guard let body = object(in: request) else { return malformed }
    var fields = NodionFields(body)
    guard let settings = fields.settings() else { return refused(fields.errors) }
    return single(await state.create(settings, at: now), at: now)
  }

  private func change(_ id: NodionID, _ request: SimulatedRequest, at now: Instant) async -> SimulatedAnswer {
    guard await state.runner(id, at: now) != nil else { return notFound }
    guard let body = object(in: request) else { return malformed }
    var fields = NodionFields(body)
    let edit = fields.edit(at: now)
    guard fields.errors.isEmpty else { return refused(fields.errors) }
    guard let runner = await state.edit(id, edit) else { return notFound }
    return single(runner, at: now)
  }

  /// Invented: the body; it is what the vendor's DNS endpoints answer.
  private func delete(_ id: NodionID, at now: Instant) async -> SimulatedAnswer {
    guard await state.delete(id, at: now) else { return notFound }
    return json { $0.raw(#"{"deleted":true}"#) }
  }

  private func listRuns(of id: NodionID, at now: Instant, _ shape: NodionShape) async -> SimulatedAnswer {
    guard let runner = await state.runner(id, at: now) else { return notFound }
    let runs = runner.runs(at: now)
    return SimulatedAnswer(
      status: 200, headers: ["Content-Type": contentType],
      pieces: NodionRunsBody(runs, at: now, shape))
  }

  private func showRun(
    _ id: NodionID, of runner: NodionID, at now: Instant, _ shape: NodionShape
  ) async -> SimulatedAnswer {
    guard let run = await state.runner(runner, at: now)?.run(id, at: now) else { return notFound }
    return single(run, at: now, shape)
  }

  private func trigger(_ id: NodionID, _ request: SimulatedRequest, at now: Instant) async -> SimulatedAnswer {
    guard await state.runner(id, at: now) != nil else { return notFound }
    guard let body = object(in: request, orEmpty: true) else { return malformed }
    let errors = NodionFields.environmentErrors(body)
    guard errors.isEmpty else { return refused(errors) }
    guard let run = await state.trigger(id, at: now) else { return notFound }
    return single(run, at: now)
  }

  /// Nil when the body is no JSON object, or larger than any that could be meant.
  private func object(in request: SimulatedRequest, orEmpty: Bool = false) -> [String: JSONValue]? {
    guard let body = request.body else { return nil }
    if orEmpty, body.isEmpty { return [:] }
    return try? JSONDecoder().decode([String: JSONValue].self, from: Data(body))
  }
}

extension NodionAPI {
  /// Invented: that creating and changing answer with the runner; the documentation shows no body.
  private func single(_ runner: NodionRunner, at now: Instant, _ shape: NodionShape? = nil) -> SimulatedAnswer {
    json {
      $0.raw(#"{"runner":"#)
      $0.runner(runner, at: now, shape ?? NodionShape(profile: profile).ofSingle)
      $0.raw("}")
    }
  }

  private func single(_ run: SimulatedRun, at now: Instant, _ shape: NodionShape? = nil) -> SimulatedAnswer {
    json {
      $0.raw(#"{"run":"#)
      $0.run(run, at: now, shape ?? NodionShape(profile: profile))
      $0.raw("}")
    }
  }

  /// Invented: the text; the shape is what the vendor's DNS endpoints answer.
  private var unauthorized: SimulatedAnswer { refused(["Invalid token"], status: 401) }

  private var malformed: SimulatedAnswer { refused(["The body is not a JSON object"]) }

  private var notFound: SimulatedAnswer {
    json(404) { $0.raw(#"{"status":404,"error":"Not Found"}"#) }
  }

  private func refused(_ errors: [String], status: Int = 400) -> SimulatedAnswer {
    json(status) {
      $0.raw(#"{"errors":["#)
      for (index, error) in errors.enumerated() {
        if index > 0 { $0.raw(",") }
        $0.string(error)
      }
      $0.raw("]}")
    }
  }

  private func json(_ status: Int = 200, _ write: (inout JSONText) -> Void) -> SimulatedAnswer {
    var text = JSONText()
    write(&text)
    return SimulatedAnswer(status, contentType, text.bytes)
  }
}
