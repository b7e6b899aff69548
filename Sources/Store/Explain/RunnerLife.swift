import Runs
import SQLFiles

/// What the ledger knows of one runner over time: its settings, and how completely its runs were read.
package struct RunnerLife: Equatable, Sendable {
  package var runner: RunnerReference
  package var vendor: String
  package var currency: String?
  /// As its source bills: `exact`.
  package var billingRule: String
  /// Its last sign of life, where the API tells one.
  package var lastSeenAt: Instant?
  /// The first complete list without it.
  package var missingSince: Instant?
  package var finishedRuns: Int64
  package var openRuns: Int64
  /// Oldest first.
  package var settings: [Settings]
  package var lists: [ReadList]
  /// Stretches in which it was gone, and came back.
  package var absences: [Absence]

  package struct Settings: Equatable, Sendable {
    /// The visit that first saw them.
    package var from: Instant
    /// The last sight of those before: in between nobody knows which held.
    package var unsureFrom: Instant?
    package var name: String
    package var kind: String?
    package var timeoutSeconds: Int64?
    package var instanceType: String?
    package var region: String?
  }

  /// Visits that read its runs alike.
  package struct ReadList: Equatable, Sendable {
    package var from: Instant
    /// The last of these visits.
    package var until: Instant?
    package var isComplete: Bool
    package var rows: Int64
    package var refused: Int64
    package var claimed: Int64?
    package var note: String?
  }

  package struct Absence: Equatable, Sendable {
    package var since: Instant
    package var foundAt: Instant
  }
}

extension Snapshot {
  /// - Parameter runner: the ledger's id.
  package func life(of runner: Int64) throws -> RunnerLife {
    let id: Arguments = ["runner_id": .integer(runner)]
    guard let facts: RunnerFacts = try first(id) else {
      throw LedgerError.database(action: "explaining a runner", reason: "runner \(runner) is gone")
    }
    var life = facts.life
    life.settings = try all(id)
    life.lists = try all(id)
    life.absences = try all(id)
    return life
  }
}

struct RunnerFacts: QueryRow {
  static let queries = [Query.selectRunnerFacts]
  enum Column: Int, ColumnName {
    case source, vendor, runner, runnerExternalID, currency, billingRule, lastSeenAt, missingSince, finishedRuns
    case openRuns
  }

  var life: RunnerLife

  init(_ row: NamedRow<Column>) {
    life = RunnerLife(
      runner: RunnerReference(source: row[.source], name: row[.runner], id: row[.runnerExternalID]),
      vendor: row[.vendor], currency: row[.currency], billingRule: row[.billingRule], lastSeenAt: row[.lastSeenAt],
      missingSince: row[.missingSince], finishedRuns: row[.finishedRuns], openRuns: row[.openRuns], settings: [],
      lists: [], absences: [])
  }
}

extension RunnerLife.Settings: QueryRow {
  static let queries = [Query.selectRunnerSettings]
  enum Column: Int, ColumnName { case validFrom, unsureFrom, name, kind, timeoutSeconds, instanceType, region }

  init(_ row: NamedRow<Column>) {
    (from, unsureFrom, name, kind) = (row[.validFrom], row[.unsureFrom], row[.name], row[.kind])
    (timeoutSeconds, instanceType, region) = (row[.timeoutSeconds], row[.instanceType], row[.region])
  }
}

extension RunnerLife.ReadList: QueryRow {
  static let queries = [Query.selectRunnerLists]
  enum Column: Int, ColumnName { case fromAt, untilAt, complete, rows, refused, claimed, note }

  init(_ row: NamedRow<Column>) {
    (from, until, isComplete) = (row[.fromAt], row[.untilAt], row[.complete])
    (rows, refused, claimed, note) = (row[.rows], row[.refused], row[.claimed], row[.note])
  }
}

extension RunnerLife.Absence: QueryRow {
  static let queries = [Query.selectRunnerAbsences]
  enum Column: Int, ColumnName { case missingSince, foundAt }

  init(_ row: NamedRow<Column>) {
    (since, foundAt) = (row[.missingSince], row[.foundAt])
  }
}
