/// Whose API a source speaks, as far as the ledger has to know: its names, and how its words are judged.
package struct Vendor: Sendable {
  /// In the configuration and in the ledger: `nodion`.
  package let id: String
  /// For people and on bills: `Nodion`.
  package let name: String
  package let judge: Judge

  package init(id: String, name: String, judge: @escaping Judge) {
    self.id = id
    self.name = name
    self.judge = judge
  }
}

extension Vendor: Hashable {
  package static func == (one: Vendor, other: Vendor) -> Bool { one.id == other.id }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
