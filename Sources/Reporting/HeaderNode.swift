import Runs
import Yams

/// A piece of a definition's YAML header, read as what the definition expects of it.
///
/// Everything that does not fit is an error with its line: a key that is misspelt and therefore ignored would be a
/// report that quietly lacks something.
struct HeaderNode {
  let report: String
  private let node: Node

  /// The whole header; nil when it says nothing.
  static func root(of yaml: String, in report: String) throws(ReportError) -> HeaderNode? {
    do {
      guard let node = try Yams.compose(yaml: yaml), node.null == nil else { return nil }
      return HeaderNode(report: report, node: node)
    } catch let error as YamlError {
      let (line, reason) = error.place
      throw .badHeader(report: report, line: line, reason: reason)
    } catch {
      throw .badHeader(report: report, line: nil, reason: "\(error)")
    }
  }

  /// Where it stands in the file, from 1.
  var line: Int? { node.mark?.line }

  func bad(_ reason: String) -> ReportError {
    .badHeader(report: report, line: line, reason: reason)
  }

  /// A list of keys with values, of which each is known; those without a value are left out.
  func keys(_ known: [String], of place: String? = nil) throws(ReportError) -> [String: HeaderNode] {
    guard let mapping = node.mapping else {
      let keys = "{\(known.joined(separator: ", "))}"
      guard let place else {
        throw bad("the header must have the keys \(keys), each with a value; begin a remark that is no header with --")
      }
      throw bad("\(place) must have the keys \(keys), each with a value")
    }
    var values: [String: HeaderNode] = [:]
    for (key, value) in mapping {
      let name = key.string ?? ""
      guard known.contains(name) else {
        throw HeaderNode(report: report, node: key).bad(
          "unknown key \(name)\(place.map { " in " + $0 } ?? ""); expected \(known.joined(separator: ", "))")
      }
      if value.null == nil { values[name] = HeaderNode(report: report, node: value) }
    }
    return values
  }

  func list(_ name: String, of what: String) throws(ReportError) -> [HeaderNode] {
    guard let sequence = node.sequence else { throw bad("\(name) must be a list of \(what)") }
    return sequence.map { HeaderNode(report: report, node: $0) }
  }

  var isList: Bool { node.sequence != nil }

  func names(_ name: String) throws(ReportError) -> [String] {
    var names: [String] = []
    for item in try list(name, of: "names") { names.append(try item.text("each of \(name)")) }
    return names
  }

  func text(_ name: String) throws(ReportError) -> String {
    guard let text = node.scalar?.string else { throw bad("\(name) must be text") }
    return text
  }

  func integer(_ name: String) throws(ReportError) -> Int {
    guard let integer = node.int else { throw bad("\(name) must be a whole number") }
    return integer
  }

  func flag(_ name: String) throws(ReportError) -> Bool {
    guard let flag = node.bool else { throw bad("\(name) must be true or false") }
    return flag
  }

  /// The text of a scalar; nil for a list or a mapping.
  var plain: String? { node.scalar?.string }
}

extension YamlError {
  /// The line, and what is wrong there in one sentence: the library's own text shows the whole file again.
  fileprivate var place: (line: Int?, reason: String) {
    switch self {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let within = context.map { ", \($0.text) that begins in line \($0.mark.line)" } ?? ""
      let advice = problem.contains("mapping values") ? "; put text that has a colon in it in quotation marks" : ""
      return (mark.line, "this is no YAML: \(problem)\(within)\(advice)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      return (context.mark.line, "the key \(duplicates.joined(separator: ", ")) stands twice")
    case .reader(let problem, _, _, _):
      return (nil, "the header is no text: \(problem)")
    default:
      return (nil, "\(self)")
    }
  }
}
