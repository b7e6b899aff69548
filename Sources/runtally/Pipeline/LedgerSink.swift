import Harvest
import Runs
import Store

/// Where the two halves of a harvest meet: what `Harvest` reads, `Store` saves.
struct LedgerSink: HarvestSink {
  let saver: HarvestSaver

  func save(runners list: RunnerList) async throws {
    try await saver.save(runners: list.runners, isComplete: list.reading.isComplete)
  }

  func save(runs: [RunRecord], of runner: String) async throws {
    try await saver.save(runs: runs, of: runner)
  }

  func close(_ reading: ResourceReading) async throws {
    try await saver.close(reading)
  }
}
