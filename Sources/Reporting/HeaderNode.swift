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
    } catch {
      throw .badHeader(report: report, reason: "\(error)")
    }
  }

  func bad(_ reason: String) -> ReportError {
    let line = node.mark.map { "line \($0.line): " } ?? ""
    return .badHeader(report: report, reason: line + reason)
  }

  /// A list of keys with values, of which each is known; those without a value are left out.
  func keys(_ known: [String], of place: String? = nil) throws(ReportError) -> [String: HeaderNode] {
    guard let mapping = node.mapping else {
      let keys = "{\(known.joined(separator: ", "))}"
      throw bad("\(place ?? "the header") must have the keys \(keys), each with a value")
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
