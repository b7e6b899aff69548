import Runs
import SQLFiles

/// An action of which nobody knows what came: the program that asked for it was ended before the answer.
package struct UnansweredAction: Equatable, Sendable {
  package var id: Int64
  package var source: String
  package var kind: ActionKind
  /// The vendor's id of the runner; nil where a new one was asked for.
  package var subject: String?
  /// What the ledger calls that runner.
  package var runner: String?
  /// What for, as JSON.
  package var asked: String
  /// What the vendor's clock showed just before.
  package var vendorAt: Instant?
  package var at: Instant
}

/// Something of a source that has an id and names.
package struct NamedThing: Hashable, Sendable {
  package var id: String
  package var slug: String?
  package var name: String?

  package init(id: String, slug: String? = nil, name: String? = nil) {
    self.id = id
    self.slug = slug
    self.name = name
  }
}

/// What the ledger knows that acting needs.
extension Snapshot {
  /// - Parameter source: nil for all.
  package func unansweredActions(of source: String?) throws -> [UnansweredAction] {
    try all(["source": Value(source)])
  }

  package func knows(run: String, of runner: String, at source: String) throws -> Bool {
    try value(of: .selectIsRunKnown, ["source": .text(source), "runner": .text(runner), "run": .text(run)]) ?? false
  }

  /// The vendor's ids of what came, or may have come, of earlier actions.
  package func actionResults(at source: String) throws -> Set<String> {
    Set(try values(of: .selectActionResults, ["source": .text(source)]))
  }

  package func regions(of source: String) throws -> [NamedThing] { try things(.selectRegionsOfSource, source) }

  package func instanceTypes(of source: String) throws -> [NamedThing] {
    try things(.selectInstanceTypesOfSource, source)
  }

  private func things(_ query: Query, _ source: String) throws -> [NamedThing] {
    try naming(query.rawValue) { try Select<NamedThing>(db, query).all(["source": .text(source)]) }
  }
}

extension UnansweredAction: QueryRow {
  static let queries = [Query.selectUnansweredActions]
  enum Column: Int, ColumnName { case actionID, source, kind, subject, asked, vendorAt, at, runner }

  init(_ row: NamedRow<Column>) {
    id = row[.actionID]
    source = row[.source]
    kind = ActionKind(rawValue: row[.kind]) ?? .trigger
    subject = row[.subject]
    runner = row[.runner]
    asked = row[.asked]
    vendorAt = row[.vendorAt]
    at = row[.at]
  }
}

extension NamedThing: QueryRow {
  static let queries = [Query.selectRegionsOfSource, .selectInstanceTypesOfSource]
  enum Column: Int, ColumnName { case externalID, slug, name }

  init(_ row: NamedRow<Column>) {
    id = row[.externalID]
    slug = row[.slug]
    name = row[.name]
  }
}
