import Runs

/// What can be set of a Nodion runner: what each setting is called in a request, and what the vendor's page says of it.
enum NodionSetup {
  fileprivate enum Limit {
    /// Characters.
    case length(ClosedRange<Int>)
    case seconds(ClosedRange<Int64>)
    /// The id of something.
    case id
  }

  /// What of blanks may be in a text. A page says nothing of them; a text of nothing else is a slip of the shell.
  fileprivate enum Spaces {
    /// A program may have several lines.
    case any
    /// A name is shown in one line.
    case withinLine
    /// No reference to an image and no id has any.
    case none
  }

  fileprivate struct Rule {
    var field: RunnerSetup.Field
    var name: String
    var limit: Limit
    var spaces = Spaces.none
    var isRequired = true
    /// A runner may be without it.
    var mayBeNone = false
    /// What people type into it is never kept.
    var isKept = true
  }

  private static let rules = [
    Rule(field: .name, name: "name", limit: .length(3...50), spaces: .withinLine),
    Rule(field: .image, name: "image_name", limit: .length(1...Int.max)),
    Rule(field: .tag, name: "image_tag", limit: .length(1...Int.max)),
    Rule(field: .command, name: "run_command", limit: .length(1...1000), spaces: .any, isKept: false),
    Rule(
      field: .entrypoint, name: "entrypoint", limit: .length(1...500), spaces: .any, isRequired: false,
      mayBeNone: true, isKept: false),
    Rule(field: .timeout, name: "timeout_seconds", limit: .seconds(1...86_400), isRequired: false),
    Rule(field: .region, name: "region_id", limit: .id),
    Rule(field: .instanceType, name: "instance_type_id", limit: .id),
    Rule(field: .registry, name: "container_registry_id", limit: .id, isRequired: false, mayBeNone: true),
  ]

  static func body(creating setup: RunnerSetup) throws -> RequestBody {
    let missing = rules.filter { $0.isRequired && setup[$0.field] == nil }
    return try body(of: setup, problems: missing.map { "it needs \($0.field.article) \($0.field.words)" })
  }

  static func body(changing changes: RunnerSetup) throws -> RequestBody {
    try body(of: changes, problems: changes.isEmpty ? ["nothing of it is to be changed"] : [])
  }

  private static func body(of setup: RunnerSetup, problems: [String]) throws -> RequestBody {
    let problems = problems + rules.compactMap { rule in setup[rule.field].flatMap { rule.problem(with: $0) } }
    guard problems.isEmpty else { throw UnfitAction(problems) }
    return .object(
      rules.compactMap { rule in setup[rule.field].map { RequestBody.Member(rule.name, rule.value($0)) } })
  }

  /// Nothing at all where there is no variable: the run then has its runner's own.
  static func environment(_ variables: [EnvironmentVariable]) throws -> RequestBody {
    if variables.contains(where: \.name.isEmpty) { throw UnfitAction(["a variable of the environment needs a name"]) }
    guard !variables.isEmpty else { return .nothing }
    let objects = variables.map { variable in
      RequestBody.object([.init("env_key", .text(variable.name)), .init("env_val", .secret(variable.value))])
    }
    return .object([.init("env_variables", .list(objects))])
  }
}

extension NodionSetup.Spaces {
  /// To stand behind what it is of.
  fileprivate func problem(with text: String) -> String? {
    if text.isEmpty { return nil }
    if text.allSatisfy(\.isWhitespace) { return "is blank" }
    if self != .any, text.unicodeScalars.contains(where: \.isBreak) { return "has a line break or a control character" }
    return self == .none && text.contains(where: \.isWhitespace) ? "has a blank in it" : nil
  }
}

extension Unicode.Scalar {
  fileprivate var isBreak: Bool {
    [.control, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
  }
}

extension NodionSetup.Rule {
  fileprivate func problem(with setting: RunnerSetup.Setting) -> String? {
    switch (setting, limit) {
    case (.none, _):
      return mayBeNone ? nil : "a runner cannot be without its \(field.words)"
    case (.text(let text), .length(let length)):
      if let problem = spaces.problem(with: text) { return "the \(field.words) \(problem)" }
      // As Ruby counts them.
      let count = text.unicodeScalars.count
      if length.contains(count) { return nil }
      if count == 0 { return "the \(field.words) is empty" }
      let range =
        length.lowerBound > 1 ? "\(length.lowerBound) to \(length.upperBound)" : "at most \(length.upperBound)"
      return "the \(field.words) has \(count.counted("character")), and Nodion takes \(range)"
    case (.integer(let seconds), .seconds(let range)):
      if range.contains(seconds) { return nil }
      return "the \(field.words) is \(seconds) s, and Nodion takes \(range.lowerBound) to \(range.upperBound)"
    case (.text(let id), .id):
      if let problem = spaces.problem(with: id) { return "the \(field.words) \(problem)" }
      return id.isEmpty ? "the \(field.words) is empty" : nil
    case (.text, .seconds), (.integer, .length), (.integer, .id): return "the \(field.words) is of another kind"
    }
  }

  fileprivate func value(_ setting: RunnerSetup.Setting) -> RequestBody {
    switch setting {
    case .text(let text): isKept ? .text(text) : .unkept(text)
    case .integer(let integer): .integer(integer)
    case .none: .null
    }
  }
}

extension RunnerSetup.Field {
  /// For people: `instance type`.
  package var words: String { rawValue.replacing("_", with: " ") }

  fileprivate var article: String { "aeiou".contains(rawValue.prefix(1)) ? "an" : "a" }
}

extension RunnerSetup {
  /// How a runner is set up, as Nodion tells it.
  init(nodion json: UnsafeBufferPointer<UInt8>) throws(JSONProblem) {
    self.init()
    var setup = RunnerSetup()
    try JSONObject.visit(json) { (field) throws(JSONProblem) in
      switch field.key {
      case "name": setup[.name] = text(field)
      case "image_name": setup[.image] = text(field)
      case "image_tag": setup[.tag] = text(field)
      case "run_command": setup[.command] = text(field)
      case "entrypoint": setup[.entrypoint] = text(field) ?? Setting.none
      case "timeout_seconds": setup[.timeout] = ((try? field.integer()) ?? nil).map { .integer($0) }
      case "region": setup[.region] = id(field)
      case "instance_type": setup[.instanceType] = id(field)
      case "container_registry": setup[.registry] = id(field) ?? Setting.none
      default: break
      }
    }
    self = setup
  }

  private func text(_ field: JSONField) -> Setting? { ((try? field.repairedText()) ?? nil).map { .text($0) } }

  /// Of an object; of a text it is the text itself.
  private func id(_ field: JSONField) -> Setting? {
    guard field.bytes.first == UInt8(ascii: "{") else { return text(field) }
    var id: Setting?
    try? JSONObject.visit(field.bytes) { inner in if inner.key == "id" { id = text(inner) } }
    return id
  }
}
