import Yams

/// A place in a YAML file that knows its line and the way to it, so that every error can name both.
struct YAMLReader {
  let file: String
  let node: Node
  /// `sources.production`; empty at the top.
  let way: String

  /// - Throws: ``ConfigurationError/syntax(path:line:reason:)``.
  init?(file: String, text: String) throws {
    do {
      guard let node = try Yams.compose(yaml: text) else { return nil }
      self.init(file: file, node: node, way: "")
    } catch let error as YamlError {
      throw ConfigurationError.syntax(path: file, line: error.line ?? 1, reason: error.reason)
    }
  }

  private init(file: String, node: Node, way: String) {
    self.file = file
    self.node = node
    self.way = way
  }

  /// The values of a mapping with these keys and no others.
  func mapping(_ known: [String]) throws -> [String: YAMLReader] {
    let entries = try mapping()
    for (name, value) in entries where !known.contains(name) {
      throw ConfigurationError.unknownKey(path: file, line: value.line, key: value.way, expected: known)
    }
    return Dictionary(uniqueKeysWithValues: entries)
  }

  /// The entries of a mapping with any keys, in the order of the file.
  func mapping() throws -> [(String, YAMLReader)] {
    guard let mapping = node.mapping else { throw wrong("keys with values") }
    return try mapping.map { key, value in
      guard let name = key.string else { throw wrong("a word as key") }
      return (name, YAMLReader(file: file, node: value, way: way.isEmpty ? name : "\(way).\(name)"))
    }
  }

  func text() throws -> String {
    guard let text = node.scalar?.string, !text.isEmpty else { throw wrong("a text") }
    return text
  }

  func wrong(_ expected: String) -> ConfigurationError {
    let found =
      switch node {
      case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "\"\(scalar.string.prefix(40))\""
      case .mapping: "keys with values"
      case .sequence: "a list"
      default: "something else"
      }
    return .wrong(path: file, line: line, key: way, expected: expected, found: found)
  }

  private var line: Int { node.mark?.line ?? 1 }
}

extension YamlError {
  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    default: nil
    }
  }

  fileprivate var reason: String {
    switch self {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
    case .duplicatedKeysInMapping(let duplicates, _): "the key \(duplicates.first.map { "\($0)" } ?? "") stands twice"
    default: "it cannot be read"
    }
  }
}
