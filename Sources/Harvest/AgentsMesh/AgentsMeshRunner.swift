import Runs

/// A runner as AgentsMesh writes it, in either shape.
struct AgentsMeshRunner: Sendable {
  /// A runner sends a sign of life every 30 s; the server, too, takes it for gone after three.
  static let patienceMilliseconds: Int64 = 90_000

  var record: RunnerRecord
  /// What there was under any of its names.
  var fields: Set<AgentsMeshNames.Runner>

  /// - Parameter now: when the answer came.
  init(
    json: UnsafeBufferPointer<UInt8>, at now: Instant, _ reading: inout FieldReading
  ) throws(JSONProblem) {
    var runner = RunnerRecord(id: "", name: "")
    var seen: Set<AgentsMeshNames.Runner> = []
    try AgentsMeshNames.runner.visit(json) { (name, field) throws(JSONProblem) in
      seen.insert(name)
      switch name {
      case .id: runner.id = try reading.id(field)
      case .name: runner.name = reading.text(field) ?? ""
      case .status: runner.status = reading.text(field, needed: true)
      case .version: runner.version = reading.text(field)
      case .labels: runner.labels = reading.texts(field)
      case .active: runner.active = reading.integer(field, in: 0...FieldReading.sizeLimit)
      case .capacity: runner.capacity = reading.integer(field, in: 0...FieldReading.sizeLimit)
      case .lastSeenAt: runner.lastSeenAt = reading.instant(field, needed: true)
      case .createdAt: runner.createdAt = reading.instant(field)
      }
    }
    try reading.finish(id: runner.id)
    runner.isPartlyRead = reading.hasLostSettings
    if runner.name.isEmpty { runner.name = runner.id }
    runner.isOnline = AgentsMeshRunner.isOnline(runner.status, heartbeat: runner.lastSeenAt, at: now)
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
