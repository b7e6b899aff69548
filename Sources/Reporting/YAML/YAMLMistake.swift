import Yams

/// What is wrong with a YAML text: where, what was expected there, what stands there instead.
package struct YAMLMistake: Error, Equatable {
  package enum Problem: Equatable, Sendable {
    case notYAML(String)
    case unknownKey(near: [String], known: [String])
    case wrong(expected: String, found: String, near: [String])
    /// A sentence that says why.
    case unusable(String)
  }

  package var file: String
  package var line: Int
  /// The whole way to the key, such as `sources.production.vendor`; empty at the top.
  package var key = ""
  package var problem: Problem
}

extension YAMLMistake: CustomStringConvertible {
  package var description: String { "\(file):\(line): \(reason)" }

  /// Without the place.
  package var reason: String {
    let way = key.isEmpty ? "" : key + ": "
    return switch problem {
    case .notYAML(let reason):
      "not YAML: \(reason)"
    case .unknownKey(let near, let known):
      "unknown key \(key)\(near.first.map { " (did you mean \($0)?)" } ?? ""); "
        + "expected \(known.joined(separator: ", "))"
    case .wrong(let expected, let found, let near):
      "\(way)expected \(expected), found \(found)\(near.first.map { "; did you mean \($0)?" } ?? "")"
    case .unusable(let reason):
      way + reason
    }
  }
}

extension YAMLMistake {
  /// The line, and what is wrong there in one sentence: the library's own text shows the whole file again.
  init(_ error: YamlError, file: String) {
    self.init(file: file, line: 1, problem: .notYAML("\(error)"))
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let within = context.map { ", \($0.text) that begins in line \($0.mark.line)" } ?? ""
      let advice = problem.contains("mapping values") ? "; put text that has a colon in it in quotation marks" : ""
      line = mark.line
      self.problem = .notYAML(problem + within + advice)
    case .duplicatedKeysInMapping(let duplicates, let context):
      line = context.mark.line
      problem = .unusable("the key \(duplicates.sorted().joined(separator: ", ")) stands twice")
    case .reader(let problem, _, _, _):
      self.problem = .notYAML("it is no text: \(problem)")
    default:
      break
    }
  }
}
