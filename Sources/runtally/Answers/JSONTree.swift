/// A JSON value whose members keep the order in which they are told: for answers that are no rows.
indirect enum JSONTree {
  case null
  case flag(Bool)
  /// Digits as they are to be read: an integer, or a decimal with a fixed number of places.
  case number(String)
  case text(String)
  case list([JSONTree])
  case object([(String, JSONTree)])

  static func text(orNull text: String?) -> JSONTree { text.map { .text($0) } ?? .null }
  static func integer(_ integer: (some BinaryInteger)?) -> JSONTree { integer.map { .number("\($0)") } ?? .null }
}

extension JSONTree: CustomStringConvertible {
  /// Indented by two spaces a level, without a line end after it.
  var description: String { written(indent: "") }

  private func written(indent: String) -> String {
    let inner = indent + "  "
    switch self {
    case .null: return "null"
    case .flag(let flag): return flag ? "true" : "false"
    case .number(let digits): return digits
    case .text(let text): return JSONTree.quoted(text)
    case .list(let elements):
      if elements.isEmpty { return "[]" }
      return "[\n" + elements.map { inner + $0.written(indent: inner) }.joined(separator: ",\n") + "\n\(indent)]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      let lines = members.map { inner + JSONTree.quoted($0) + ": " + $1.written(indent: inner) }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    }
  }

  /// Only what RFC 8259 demands is escaped.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case ..<" ": quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
