import Runs

/// A JSON value to be written, with the keys of objects in their order.
///
/// A member without a value is left out, as Go does with `omitempty`; one that is to read `null` says so.
indirect enum JSONTree: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case text(String)
  case array([JSONTree])
  case object([(String, JSONTree?)])

  var text: String {
    var json = JSONText()
    json.tree(self)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

extension JSONText {
  mutating func tree(_ tree: JSONTree) {
    switch tree {
    case .null: raw("null")
    case .bool(let bool): raw(bool ? "true" : "false")
    case .integer(let integer): self.integer(integer)
    case .text(let text): string(text)
    case .array(let elements):
      raw("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { raw(",") }
        self.tree(element)
      }
      raw("]")
    case .object(let members):
      raw("{")
      var first = true
      for case (let key, let value?) in members {
        if !first { raw(",") }
        first = false
        string(key)
        raw(":")
        self.tree(value)
      }
      raw("}")
    }
  }
}

extension JSONTree {
  /// Invented: fields that no documentation has, as vendors add them.
  static let extraMembers: [(String, JSONTree?)] = [
    ("shard", .integer(7)),
    ("annotations", .object([("note", .text("nobody knows this field")), ("tags", .array([]))])),
  ]

  /// `"2026-01-15T10:30:00Z"`: UTC, and as many fraction digits as it takes, as Go prints a time.
  ///
  /// - Parameter microseconds: what comes after the milliseconds, 0 to 999.
  static func goTime(_ instant: Instant, microseconds: Int = 0) -> JSONTree {
    let text = instant.rfc3339
    let micros = String(1000 + microseconds).dropFirst()
    var fraction = text.dropFirst(20).dropLast() + micros
    while fraction.last == "0" { fraction.removeLast() }
    return .text(text.prefix(19) + (fraction.isEmpty ? "" : ".") + fraction + "Z")
  }
}
