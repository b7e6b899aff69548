import Yams

/// A place in a YAML file that knows its line and the way to it, so that every error can name both.
struct YAMLReader {
  let file: String
  let node: Node
  /// `sources.production`; empty at the top.
  let way: String
  /// Where its key stands, or the value itself where it has none.
  let line: Int

  /// - Throws: ``ConfigurationError/syntax(path:line:reason:)``.
  init?(file: String, text: String) throws {
    do {
      guard let node = try Yams.compose(yaml: text) else { return nil }
      self.init(file: file, node: node, way: "", line: node.mark?.line ?? 1)
    } catch let error as YamlError {
      throw ConfigurationError.syntax(path: file, line: error.line ?? 1, reason: error.reason)
    }
  }

  private init(file: String, node: Node, way: String, line: Int) {
    self.file = file
    self.node = node
    self.way = way
    self.line = line
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
      let way = way.isEmpty ? name : "\(way).\(name)"
      return (name, YAMLReader(file: file, node: value, way: way, line: key.mark?.line ?? line))
    }
  }

  /// The elements of a list; the way to the second is `prices[2]`.
  func elements() throws -> [YAMLReader] {
    guard let sequence = node.sequence else { throw wrong("a list") }
    return sequence.enumerated().map { index, element in
      YAMLReader(file: file, node: element, way: "\(way)[\(index + 1)]", line: element.mark?.line ?? line)
    }
  }

  func text() throws -> String {
    guard let text = node.scalar?.string, !text.isEmpty else { throw wrong("a text") }
    return text
  }

  func count(_ range: ClosedRange<Int>) throws -> Int {
    guard let count = node.int, range.contains(count) else {
      throw wrong("a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return count
  }

  func flag() throws -> Bool {
    guard let flag = node.bool else { throw wrong("true or false") }
    return flag
  }

  /// An ISO 4217 code.
  func currency() throws -> String {
    let code = try text()
    guard code.utf8.count == 3, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
      throw wrong("an ISO 4217 code such as EUR")
    }
    return code
  }

  /// The error that something which must stand in this mapping does not.
  func missing(_ expected: String) -> ConfigurationError {
    .wrong(path: file, line: line, key: way, expected: expected, found: "none")
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
}

extension YamlError {
  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }

  fileprivate var reason: String {
    switch self {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
    case .duplicatedKeysInMapping(let duplicates, _):
      "the key \(duplicates.sorted().joined(separator: ", ")) stands twice"
    default: "it cannot be read"
    }
  }
}
