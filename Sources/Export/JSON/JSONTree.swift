/// A JSON value whose members keep the order in which they are told: for answers that are no rows.
package indirect enum JSONTree {
  case null
  case flag(Bool)
  /// Digits as they are to be read: an integer, or a decimal with a fixed number of places.
  case number(String)
  case text(String)
  case list([JSONTree])
  case object([(String, JSONTree)])

  package static func text(orNull text: String?) -> JSONTree { text.map { .text($0) } ?? .null }

  package static func integer(_ integer: (some BinaryInteger)?) -> JSONTree {
    integer.map { .number("\($0)") } ?? .null
  }
}

extension Output {
  /// Indented by two spaces a level, without a line end after it.
  package func append(_ tree: JSONTree, indent: String = "") throws {
    switch tree {
    case .null: try append("null")
    case .flag(let flag): try append(flag ? "true" : "false")
    case .number(let digits): try append(digits)
    case .text(let text): try append(json: text)
    case .list(let elements):
      try appendLines(of: elements, "[", "]", indent: indent) { try append($0, indent: $1) }
    case .object(let members):
      try appendLines(of: members, "{", "}", indent: indent) { member, inner in
        try append(json: member.0)
        try append(": ")
        try append(member.1, indent: inner)
      }
    }
  }

  private func appendLines<Element>(
    of elements: [Element], _ start: String, _ end: String, indent: String,
    _ write: (Element, _ indent: String) throws -> Void
  ) throws {
    guard !elements.isEmpty else { return try append(start + end) }
    let inner = indent + "  "
    for (index, element) in elements.enumerated() {
      try append((index == 0 ? start : ",") + "\n" + inner)
      try write(element, inner)
    }
    try append("\n" + indent + end)
  }
}
