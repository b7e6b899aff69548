/// What is read of an object in a vendor's answers, by name, and so all that is kept of it in a saved answer.
///
/// Whatever else an answer holds is nobody's business: what people typed, who they are, what opens doors. No list of such
/// names is ever whole, so this one is of what is read.
package struct KeptFields: Equatable, Sendable {
  private let fields: [String: KeptFields]

  /// A text, a number, a flag, or a list of them.
  package static let value = KeptFields([:])

  package init(_ fields: [String: KeptFields]) {
    self.fields = fields
  }

  /// Values under these names.
  package init(values names: [String]) {
    self.init(Dictionary(uniqueKeysWithValues: names.map { ($0, .value) }))
  }

  /// The fields of a table under all their names.
  /// - Parameter objects: those that are objects themselves.
  init<Field>(_ table: AliasTable<Field>, objects: [Field: KeptFields] = [:]) {
    self.init(Dictionary(table.all.map { ($0.name, objects[$0.field] ?? .value) }) { first, _ in first })
  }

  var isValue: Bool { fields.isEmpty }

  var names: Set<String> { Set(fields.keys) }

  subscript(name: String) -> KeptFields? { fields[name] }
}

/// What is read of a vendor's answers: the lists by their names, and what stands beside a list.
package struct KeptAnswer: Equatable, Sendable {
  let lists: [String: KeptFields]
  let facts: Set<String>

  /// - Parameters:
  ///   - lists: the fields of the elements, by the key of the list.
  ///   - facts: the keys of what pages say of themselves.
  package init(lists: [String: KeptFields], facts: Set<String> = []) {
    self.lists = lists
    self.facts = facts
  }
}
