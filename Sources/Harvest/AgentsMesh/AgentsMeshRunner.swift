import Runs

/// A runner as AgentsMesh writes it, in either shape.
struct AgentsMeshRunner: Sendable {
  /// A runner sends a sign of life every 30 s; the server, too, takes it for gone after three.
  static let patienceMilliseconds: Int64 = 90_000

  var record: RunnerRecord
  /// Names runner and field where a value could not be understood; the runner is kept without it.
  var problems: [String]
  /// What there was under any of its names.
  var fields: Set<AgentsMeshNames.Runner>

  /// - Parameter now: when the answer came.
  init(json: UnsafeBufferPointer<UInt8>, at now: Instant) throws(JSONProblem) {
    var runner = RunnerRecord(id: "", name: "")
    var unreadable: [String] = []
    var seen: Set<AgentsMeshNames.Runner> = []
    var problem: JSONProblem?
    try AgentsMeshNames.runner.visit(json) { (name, field) throws(JSONProblem) in
      seen.insert(name)
      do throws(JSONProblem) {
        switch name {
        case .id: runner.id = try field.text() ?? ""
        case .name: runner.name = try field.text() ?? ""
        case .status: runner.status = try field.text()
        case .version: runner.version = try field.text()
        case .labels: runner.labels = try field.texts()
        case .active: runner.active = try field.integer()
        case .capacity: runner.capacity = try field.integer()
        case .lastSeenAt: runner.lastSeenAt = try field.instant()
        case .createdAt: runner.createdAt = try field.instant()
        }
      } catch {
        // Its pods can be asked for all the same, unless it is the id.
        if name == .id { problem = error } else { unreadable.append(error.reason) }
      }
    }
    try JSONProblem.judge(id: runner.id, problem)
    if runner.name.isEmpty { runner.name = runner.id }
    runner.isOnline = AgentsMeshRunner.isOnline(runner.status, heartbeat: runner.lastSeenAt, at: now)
    problems = unreadable.map { "runner \(runner.name): \($0)" }
    record = runner
    fields = seen
  }

  /// Whether the status is true: after a crash of its server a runner stays `online` for ever, so an old sign of life
  /// counts for more. A clock that is ahead makes it new, not strange.
  static func isOnline(_ status: String?, heartbeat: Instant?, at now: Instant) -> Bool? {
    if let heartbeat, now.milliseconds - heartbeat.milliseconds > patienceMilliseconds { return false }
    return switch status {
    case "online", "busy": true
    case "offline": false
    default: nil
    }
  }

  /// A line for each field that every runner should have and some do not: the vendor may have renamed it.
  static func missingFields(in runners: [AgentsMeshRunner]) -> [String] {
    AgentsMeshNames.everyRunnerHas.compactMap { field, word in
      let count = runners.count { !$0.fields.contains(field) }
      guard count > 0 else { return nil }
      return "\(count) of \(runners.count) runners without a \(word): nothing under "
        + AgentsMeshNames.runner.names(of: field)
    }
  }
}
