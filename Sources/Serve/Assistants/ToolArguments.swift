import Runs

/// What an assistant gave a tool, by the names of its parameters.
package struct ToolArguments: Sendable {
  let values: [String: SentValue]

  init(_ values: [String: SentValue]) {
    self.values = values
  }

  func text(_ name: String) -> String? { values[name]?.text }

  func without(_ name: String) -> ToolArguments { ToolArguments(values.filter { $0.key != name }) }

  /// Held against the parameters that there are. What is null was not given, as some clients have it.
  package func query(_ parameters: [ServedParameter], required: [String] = []) throws(Problem) -> ServedQuery {
    var pairs: [(name: String, value: String)] = []
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      switch value {
      case .null: continue
      case .list(let elements):
        for element in elements { pairs.append((name, try ToolArguments.text(of: element, name))) }
      default: pairs.append((name, try ToolArguments.text(of: value, name)))
      }
    }
    let query = try ServedQuery(pairs, parameters)
    for name in required where query[name] == nil { throw .wrong(name, "\(name) is missing") }
    return query
  }

  private static func text(of value: SentValue, _ name: String) throws(Problem) -> String {
    switch value {
    case .text(let text): text
    case .integer(let integer): "\(integer)"
    case .flag(let flag): flag ? "true" : "false"
    case .null, .number, .list, .object:
      throw .wrong(name, "\(name) is a text, a whole number, true or false, or where it may be repeated a list of them")
    }
  }
}
