/// Whose API a source speaks, as far as the ledger has to know: its names, and how its words are judged.
package struct Vendor: Sendable {
  /// In the configuration and in the ledger: `nodion`.
  package let id: String
  /// For people and on bills: `Nodion`.
  package let name: String
  package let judge: Judge
  /// The id of a run is unique among all runners of a source, so a run that comes under another runner has moved there.
  package let runsMove: Bool

  package init(id: String, name: String, runsMove: Bool = false, judge: @escaping Judge) {
    self.id = id
    self.name = name
    self.runsMove = runsMove
    self.judge = judge
  }
}

extension Vendor: Hashable {
  package static func == (one: Vendor, other: Vendor) -> Bool { one.id == other.id }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
