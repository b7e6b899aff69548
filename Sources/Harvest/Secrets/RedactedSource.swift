import Runs
import Synchronization

/// A source of whose texts none holds a secret, whatever its vendor sends and its code overlooks.
///
/// It is the one place between a vendor's code and everything that keeps or shows what it read. A vendor may echo a key
/// in a name, a status or an id, and a proxy may tell one source the key of another.
package struct RedactedSource: RunnerSource {
  private let source: any RunnerSource
  private let redactor: Redactor
  private let ids = RunnerIDs()

  /// - Parameter redactor: knows the secrets of every source.
  package init(_ source: any RunnerSource, redactor: Redactor) {
    self.source = source
    self.redactor = redactor
  }

  package var hasRuns: Bool { source.hasRuns }

  package func fetchRunners() async throws -> RunnerList {
    var list = try await source.fetchRunners()
    for index in list.runners.indices {
      let runner = list.runners[index].redacted(by: redactor)
      ids.note(runner.id, instead: list.runners[index].id)
      list.runners[index] = runner
    }
    list.reading = list.reading.redacted(by: redactor)
    list.error = list.error?.redacted(by: redactor)
    return list
  }

  package func fetchRuns(
    of runnerID: String, batchSize: Int, save: ([RunRecord]) async throws -> Void
  ) async throws -> ResourceReading {
    let reading = try await source.fetchRuns(of: ids.original(of: runnerID), batchSize: batchSize) { runs in
      try await save(runs.map { $0.redacted(by: redactor) })
    }
    return reading.redacted(by: redactor)
  }
}

/// Which runners are called otherwise by their vendor: it must be asked for them by its own names.
private final class RunnerIDs: Sendable {
  private let originals = Mutex<[String: String]>([:])

  func note(_ id: String, instead original: String) {
    if id != original { originals.withLock { $0[id] = original } }
  }

  func original(of id: String) -> String { originals.withLock { $0[id] ?? id } }
}

extension HarvestError {
  func redacted(by redactor: Redactor) -> HarvestError {
    var error = cleaned(by: redactor, key: key)
    error.place = place.redacted(by: redactor)
    return error
  }
}
