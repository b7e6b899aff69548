import Runs

/// Reads the body of a request that creates or changes a runner, and collects everything that is wrong with it.
///
/// Invented: the wording of the errors; the documentation gives the limits and the status 400 only.
struct NodionFields {
  private let object: [String: JSONValue]
  private(set) var errors: [String] = []

  init(_ object: [String: JSONValue]) {
    self.object = object
  }

  /// The runner that a body describes; nil when `errors` says why not.
  mutating func settings() -> NodionSettings? {
    let edit = edit(at: .distantPast, mandatory: true)
    guard errors.isEmpty, let name = edit.name, let imageName = edit.imageName, let imageTag = edit.imageTag,
      let runCommand = edit.runCommand
    else { return nil }
    var settings = NodionSettings(name: name, imageName: imageName, imageTag: imageTag, runCommand: runCommand)
    edit.apply(to: &settings)
    return settings
  }

  /// The change that a body describes, worthless unless `errors` is empty.
  /// - Parameter mandatory: whether what a runner cannot be without must be there.
  mutating func edit(at now: Instant, mandatory: Bool = false) -> NodionEdit {
    refuseRegistry()
    return NodionEdit(
      at: now,
      name: text("name", "Name", 3...50, mandatory: mandatory),
      imageName: text("image_name", "Image name", 1...255, mandatory: mandatory),
      imageTag: text("image_tag", "Image tag", 1...255, mandatory: mandatory),
      runCommand: text("run_command", "Run command", 1...1000, mandatory: mandatory),
      entrypoint: entrypoint(),
      timeoutSeconds: timeout(),
      region: known("region_id", "Region", NodionRegion.all, \.id, mandatory: mandatory),
      instanceType: known("instance_type_id", "Instance type", NodionInstanceType.all, \.id, mandatory: mandatory))
  }

  private mutating func text(
    _ key: String, _ title: String, _ length: ClosedRange<Int>, mandatory: Bool
  ) -> String? {
    guard let value = object[key] else {
      if mandatory { errors.append("\(title) can't be blank") }
      return nil
    }
    guard value != .null, value != .text("") else {
      errors.append("\(title) can't be blank")
      return nil
    }
    guard case .text(let text) = value else {
      errors.append("\(title) must be a string")
      return nil
    }
    if text.unicodeScalars.count < length.lowerBound {
      errors.append("\(title) is too short (minimum is \(length.lowerBound) characters)")
    } else if text.unicodeScalars.count > length.upperBound {
      errors.append("\(title) is too long (maximum is \(length.upperBound) characters)")
    }
    return text
  }

  private mutating func entrypoint() -> String?? {
    guard let value = object["entrypoint"] else { return nil }
    if value == .null || value == .text("") { return .some(nil) }
    return text("entrypoint", "Entrypoint", 1...500, mandatory: false).map { .some($0) } ?? nil
  }

  private mutating func timeout() -> Int? {
    guard let value = object["timeout_seconds"] else { return nil }
    guard case .integer(let seconds) = value else {
      errors.append("Timeout seconds must be a whole number")
      return nil
    }
    if seconds < 1 { errors.append("Timeout seconds must be greater than or equal to 1") }
    if seconds > 86_400 { errors.append("Timeout seconds must be less than or equal to 86400") }
    return seconds
  }

  /// Invented: the company has no container registries, so any but null is unknown.
  private mutating func refuseRegistry() {
    if let registry = object["container_registry_id"], registry != .null {
      errors.append("Container registry must exist")
    }
  }

  private mutating func known<Item>(
    _ key: String, _ title: String, _ items: [Item], _ id: KeyPath<Item, NodionID>, mandatory: Bool
  ) -> Item? {
    guard let value = object[key] else {
      if mandatory { errors.append("\(title) must exist") }
      return nil
    }
    if case .text(let text) = value, let item = items.first(where: { $0[keyPath: id] == NodionID(text) }) {
      return item
    }
    errors.append("\(title) must exist")
    return nil
  }
}

extension NodionFields {
  /// Whether a trigger's `env_variables` is right: absent, or a list of objects with `env_key` and `env_val`.
  ///
  /// The values may be secrets: they are looked at and forgotten.
  static func environmentErrors(_ object: [String: JSONValue]) -> [String] {
    guard let variables = object["env_variables"], variables != .null else { return [] }
    guard case .array(let items) = variables else { return ["Env variables must be an array"] }
    return items.enumerated().compactMap { index, item in
      guard case .object(let pair) = item, case .text(let key)? = pair["env_key"], !key.isEmpty,
        case .text? = pair["env_val"]
      else { return "Env variables item \(index + 1) must have a text env_key and a text env_val" }
      return nil
    }
  }
}
