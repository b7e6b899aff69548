/// A runner that a report speaks of, with what the user calls it beside its names.
package struct SelectedRunner: Sendable {
  package var name: Snapshot.RunnerName
  /// The labels that the report groups by, at most two; each nil where it has none.
  package var grouped: [String?]
  /// All its labels as one JSON object.
  package var labels: String

  package init(_ name: Snapshot.RunnerName, grouped: [String?] = [], labels: String = "{}") {
    self.name = name
    self.grouped = grouped
    self.labels = labels
  }
}

/// A source that a report speaks of, with the account that its bills are addressed to.
package struct SelectedSource: Sendable {
  package var name: String
  package var accountID: String?
  package var accountName: String?
  /// What of the account it is, where the vendor divides accounts.
  package var project: String?

  package init(name: String, accountID: String? = nil, accountName: String? = nil, project: String? = nil) {
    self.name = name
    self.accountID = accountID
    self.accountName = accountName
    self.project = project
  }
}
