import Runs

/// An account at a vendor that can be asked for its runners and their runs: the one protocol of all vendors.
///
/// `fetch…` never saves. What is wrong with a list is told in its reading and never thrown: a visit goes on with the
/// next list. Only cancellation is thrown, and what `save` throws.
package protocol RunnerSource: Sendable {
  /// Whether its runners have runs that can be asked for; without them a visit ends after the runners.
  var hasRuns: Bool { get }

  func fetchRunners() async throws -> RunnerList

  /// Hands on the runs of one runner as they arrive, at most `batchSize` at once, and reads on when `save` is done.
  ///
  /// Batches handed on before a list broke are good; the reading then says that it is not complete and why.
  func fetchRuns(
    of runnerID: String, batchSize: Int, save: ([RunRecord]) async throws -> Void
  ) async throws -> ResourceReading
}

extension RunnerSource {
  package var hasRuns: Bool { true }

  package func fetchRuns(
    of runnerID: String, save: ([RunRecord]) async throws -> Void
  ) async throws -> ResourceReading {
    try await fetchRuns(of: runnerID, batchSize: 1000, save: save)
  }
}

/// The runners of one answer, as far as it could be read.
package struct RunnerList: Equatable, Sendable {
  package var runners: [RunnerRecord]
  package var reading: ResourceReading
  /// Why the list could not be had, or broke off.
  package var error: HarvestError?

  package init(runners: [RunnerRecord], reading: ResourceReading, error: HarvestError? = nil) {
    self.runners = runners
    self.reading = reading
    self.error = error
  }
}
