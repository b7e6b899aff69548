import Harvest
import Runs
import Store
import Synchronization

/// Where the two halves of a harvest meet: what `Harvest` reads, `Store` saves.
struct LedgerSink: HarvestSink {
  let saver: HarvestSaver
  let arrival: Arrival
  var source: String
  /// What the configuration calls its sources; nil where there is none, and nobody can tell what it calls no more.
  var configured: [String]?

  func save(runners list: RunnerList) async throws {
    // Under a new name everything would come a second time.
    if let twin = try await saver.findTwin(of: list.runners), twin.runners.count * 2 > list.runners.count,
      let configured, configured.contains(source), !configured.contains(twin.source)
    {
      try await saver.withdraw()
      throw LedgerError.renamed(source: source, was: twin.source, runners: twin.runners.count)
    }
    arrival.happened()
    try await saver.save(runners: list.runners, isComplete: list.reading.isComplete)
  }

  func save(runs: [RunRecord], of runner: String) async throws {
    try await saver.save(runs: runs, of: runner)
  }

  func close(_ reading: ResourceReading) async throws {
    try await saver.close(reading)
  }
}

/// Whether anything has arrived: a list of runners, be it a part of one or an empty one. Without it there is nothing of a
/// source, and a harvest without anything has failed and not done its work in part.
final class Arrival: Sendable {
  private let has = Mutex(false)

  var hasHappened: Bool { has.withLock { $0 } }

  func happened() { has.withLock { $0 = true } }

  /// What becomes of a harvest that is not complete.
  var status: ExitStatus { hasHappened ? .partly : .failed }

  var words: String { hasHappened ? "what arrived is saved" : "nothing arrived" }
}
