/// How completely one list was read at one visit: what `coverage` remembers.
package struct ResourceReading: Equatable, Sendable {
  package enum Resource: Hashable, Sendable {
    case runners
    /// The runs of one runner, by the vendor's id.
    case runs(runner: String)
  }

  package var resource: Resource
  package var requests: Int
  /// Rows that were understood.
  package var rows: Int
  /// Rows that were not, and so are not in the ledger.
  package var refused: Int
  /// The total that the vendor claimed, where it claims one.
  package var claimed: Int?
  /// The whole list arrived and every row in it was understood.
  package var isComplete: Bool
  /// Why not, or what was odd: one line, without secrets.
  package var note: String?

  package init(
    resource: Resource, requests: Int, rows: Int, refused: Int = 0, claimed: Int? = nil, isComplete: Bool,
    note: String? = nil
  ) {
    self.resource = resource
    self.requests = requests
    self.rows = rows
    self.refused = refused
    self.claimed = claimed
    self.isComplete = isComplete
    self.note = note
  }
}
