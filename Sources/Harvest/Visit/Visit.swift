import Runs

/// What came of one visit to one source.
package struct Visit: Equatable, Sendable {
  /// The runner list first, then the run lists in its order.
  package var readings: [ResourceReading]
  /// Why the runner list could not be had, or broke off.
  package var error: HarvestError?

  package init(readings: [ResourceReading], error: HarvestError? = nil) {
    self.readings = readings
    self.error = error
  }

  package var isComplete: Bool { readings.allSatisfy(\.isComplete) }

  /// Runners that were understood.
  package var runners: Int {
    readings.filter { $0.resource == .runners }.map(\.rows).reduce(0, +)
  }

  /// Runs that were understood.
  package var runs: Int {
    readings.filter { $0.resource != .runners }.map(\.rows).reduce(0, +)
  }
}

/// How far a visit is.
package struct HarvestProgress: Equatable, Sendable {
  package var runnersDone: Int
  package var runnersTotal: Int
  /// Runs handed to the sink so far.
  package var runs: Int

  package init(runnersDone: Int, runnersTotal: Int, runs: Int) {
    self.runnersDone = runnersDone
    self.runnersTotal = runnersTotal
    self.runs = runs
  }
}
