import Runs

/// What Soda Cloud calls its fields. None of them is required, not even the id.
enum SodaNames {
  enum Runner: Hashable, Sendable {
    case id, name, label, isOnline, lastSeenAt, kind, versions
  }

  static let runner = AliasTable<Runner>([
    .id: ["id"],
    .name: ["name"],
    .label: ["label"],
    .isOnline: ["isOnline"],
    .lastSeenAt: ["lastSeenTimestamp"],
    .kind: ["type"],
    .versions: ["versions"],
  ])

  /// What is shown of a runner to who asks for it now.
  static let shown: Set<String> = [
    "id", "name", "label", "isOnline", "lastSeenTimestamp", "type", "versions.agent", "versions.library",
    "versions.runner",
  ]

  enum Version: Hashable, Sendable {
    case runner
  }

  /// Soda Cloud 3 calls a runner an agent.
  static let version = AliasTable<Version>([.runner: ["runner", "agent"]])
}

/// A runner as Soda Cloud writes it.
struct SodaRunner: Hashable, Sendable {
  var record: RunnerRecord

  init(json: UnsafeBufferPointer<UInt8>, _ reading: inout FieldReading) throws(JSONProblem) {
    var runner = RunnerRecord(id: "", name: "")
    var label: String?
    try SodaNames.runner.visit(json) { (name, field) throws(JSONProblem) in
      switch name {
      case .id: runner.id = try reading.id(field)
      case .name: runner.name = reading.text(field) ?? ""
      case .label: label = reading.text(field)
      case .isOnline: runner.isOnline = reading.flag(field, needed: true)
      case .lastSeenAt: runner.lastSeenAt = reading.instant(field, needed: true)
      case .kind: runner.kind = reading.text(field)
      case .versions: runner.version = SodaRunner.version(in: field, &reading)
      }
    }
    try reading.finish(id: runner.id)
    runner.isPartlyRead = reading.hasLostSettings
    if runner.name.isEmpty { runner.name = label ?? runner.id }
    runner.labels = label.map { [$0] } ?? []
    record = runner
  }

  private static func version(in field: JSONField, _ reading: inout FieldReading) -> String? {
    var version: String?
    reading.object(field, SodaNames.version) { reading, inner in version = reading.text(inner) }
    return version
  }
}
