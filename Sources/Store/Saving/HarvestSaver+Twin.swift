import GRDB
import Runs
import SQLFiles

/// A source that has the runners which came under another name.
package struct SourceTwin: Equatable, Sendable {
  package var source: String
  /// Runners that both have, by the vendor's ids.
  package var runners: [String]

  package init(source: String, runners: [String]) {
    self.source = source
    self.runners = runners
  }
}

/// Recognising an account under another name: its runners have the same ids.
extension HarvestSaver {
  /// The other source of this ledger that has most of these runners, as long as this one was never read.
  package func findTwin(of records: [RunnerRecord]) throws -> SourceTwin? {
    guard try isFirstVisit() else { return nil }
    let (source, vendor) = (visit.source, visit.settings.vendor.id)
    let found: SourceTwin? = try Ledger.naming(ledger.path) {
      try ledger.database.unsafeRead { db in
        var shared: [ExactText: [String]] = [:]
        let statement = try Statement(db, .selectTwins)
        for record in records {
          let names: [String] = try statement.values([
            "vendor": .text(vendor), "source_id": .integer(source), "external_id": .text(record.id),
            "created_at": Value(record.createdAt),
          ])
          for name in names { shared[ExactText(name), default: []].append(record.id) }
        }
        return shared.map { SourceTwin(source: $0.key.text, runners: $0.value) }.sorted {
          $0.runners.count == $1.runners.count
            ? $0.source.isBefore($1.source) : $0.runners.count > $1.runners.count
        }.first
      }
    }
    twin = found ?? twin
    return found
  }

  /// Whether no visit to the source was finished before this one.
  private func isFirstVisit() throws -> Bool {
    try Ledger.naming(ledger.path) {
      try ledger.database.unsafeRead { db in
        let before: Instant? = try Statement(db, .selectLastFinish).value(["source_id": .integer(visit.source)])
        return before == nil
      }
    }
  }

  /// Undoes the visit, which is not to be.
  package func withdraw() throws {
    let saved = SavedVisit(id: visit.harvest, sequence: visit.sequence, startedAt: visit.startedAt)
    _ = try Ledger.naming(ledger.path) {
      try ledger.writable.write { db in try saved.takeBack(from: visit.source, by: visit.sequence, db) }
    }
  }
}
