import Runs

/// What came of one visit to one source.
public struct Visit: Equatable, Sendable {
  /// The runner list first, then the run lists in its order.
  public var readings: [ResourceReading]
  /// Why the runner list could not be had, or broke off.
  public var error: HarvestError?

  public init(readings: [ResourceReading], error: HarvestError? = nil) {
    self.readings = readings
    self.error = error
  }

  public var isComplete: Bool { readings.allSatisfy(\.isComplete) }

  /// Runners that were understood.
  public var runners: Int {
    readings.reduce(0) { $0 + ($1.resource == .runners ? $1.rows : 0) }
  }

  /// Runs that were understood.
  public var runs: Int {
    readings.reduce(0) { $0 + ($1.resource == .runners ? 0 : $1.rows) }
  }
}

/// How far a visit is.
public struct HarvestProgress: Equatable, Sendable {
  public var runnersDone: Int
  public var runnersTotal: Int
  /// Runs handed to the sink so far.
  public var runs: Int

  public init(runnersDone: Int, runnersTotal: Int, runs: Int) {
    self.runnersDone = runnersDone
    self.runnersTotal = runnersTotal
    self.runs = runs
  }
}
