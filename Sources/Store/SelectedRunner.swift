/// A runner that a report speaks of, with what the user calls it beside its names.
public struct SelectedRunner: Sendable {
  public var id: Int64
  /// The label that the report groups by; nil where it has none.
  public var label: String?
  /// All its labels as one JSON object.
  public var labels: String

  public init(id: Int64, label: String? = nil, labels: String = "{}") {
    self.id = id
    self.label = label
    self.labels = labels
  }
}

/// A source that a report speaks of, with the account that its bills are addressed to.
public struct SelectedSource: Sendable {
  public var name: String
  public var accountID: String?
  public var accountName: String?

  public init(name: String, accountID: String? = nil, accountName: String? = nil) {
    self.name = name
    self.accountID = accountID
    self.accountName = accountName
  }
}
