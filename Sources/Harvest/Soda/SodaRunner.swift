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

  enum Version: Hashable, Sendable {
    case runner
  }

  /// Soda Cloud 3 calls a runner an agent.
  static let version = AliasTable<Version>([.runner: ["runner", "agent"]])
}

/// A runner as Soda Cloud writes it.
struct SodaRunner: Hashable, Sendable {
  var record: RunnerRecord
  /// Names runner and field where a value could not be understood; the runner is kept without it.
  var problems: [String]

  init(json: UnsafeBufferPointer<UInt8>) throws(JSONProblem) {
    var runner = RunnerRecord(id: "", name: "")
    var label: String?
    var unreadable: [String] = []
    var problem: JSONProblem?
    try SodaNames.runner.visit(json) { (name, field) throws(JSONProblem) in
      do throws(JSONProblem) {
        switch name {
        case .id: runner.id = try field.text() ?? ""
        case .name: runner.name = try field.text() ?? ""
        case .label: label = try field.text()
        case .isOnline: runner.isOnline = try field.flag()
        case .lastSeenAt: runner.lastSeenAt = try field.instant()
        case .kind: runner.kind = try field.text()
        case .versions: runner.version = try SodaRunner.version(in: field)
        }
      } catch {
        if name == .id { problem = error } else { unreadable.append(error.reason) }
      }
    }
    try JSONProblem.judge(id: runner.id, problem)
    if runner.name.isEmpty { runner.name = label ?? runner.id }
    runner.labels = label.map { [$0] } ?? []
    problems = unreadable.map { "runner \(runner.name): \($0)" }
    record = runner
  }

  private static func version(in field: JSONField) throws(JSONProblem) -> String? {
    var version: String?
    try SodaNames.version.visit(in: field) { (_, field) throws(JSONProblem) in version = try field.text() }
    return version
  }
}
