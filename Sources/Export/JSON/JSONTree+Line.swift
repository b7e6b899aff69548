extension Output {
  /// The same value on one line, for whoever takes each line for a message.
  package func append(line tree: JSONTree) throws {
    switch tree {
    case .null, .flag, .number, .text: try append(tree)
    case .list(let elements):
      try appendPieces(of: elements, "[", "]") { try append(line: $0) }
    case .object(let members):
      try appendPieces(of: members, "{", "}") { member in
        try append(json: member.0)
        try append(":")
        try append(line: member.1)
      }
    }
  }

  private func appendPieces<Element>(
    of elements: [Element], _ start: String, _ end: String, _ write: (Element) throws -> Void
  ) throws {
    try append(start)
    for (index, element) in elements.enumerated() {
      if index > 0 { try append(",") }
      try write(element)
    }
    try append(end)
  }
}
