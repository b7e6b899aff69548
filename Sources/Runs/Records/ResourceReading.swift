/// How completely one list was read at one visit: what `coverage` remembers.
public struct ResourceReading: Equatable, Sendable {
  public enum Resource: Hashable, Sendable {
    case runners
    /// The runs of one runner, by the vendor's id.
    case runs(runner: String)
  }

  public var resource: Resource
  public var requests: Int
  /// Rows that were understood.
  public var rows: Int
  /// The total that the vendor claimed, where it claims one.
  public var claimed: Int?
  /// The whole list arrived and every row in it was understood.
  public var isComplete: Bool
  /// Why not, or what was odd: one line, without secrets.
  public var note: String?

  public init(
    resource: Resource, requests: Int, rows: Int, claimed: Int? = nil, isComplete: Bool, note: String? = nil
  ) {
    self.resource = resource
    self.requests = requests
    self.rows = rows
    self.claimed = claimed
    self.isComplete = isComplete
    self.note = note
  }
}
