/// The key of one line of the daily tally.
package struct TallyKey: Hashable, Sendable {
  package var day: LocalDay
  package var runner: Int64
  package var instanceType: Int64
  package var price: Int64
  package var isAssumed: Bool
  package var outcome: Outcome

  package init(
    day: LocalDay, runner: Int64, instanceType: Int64, price: Int64, isAssumed: Bool, outcome: Outcome
  ) {
    self.day = day
    self.runner = runner
    self.instanceType = instanceType
    self.price = price
    self.isAssumed = isAssumed
    self.outcome = outcome
  }
}

/// The sums kept per line of the tally. All times are milliseconds.
package struct TallySums: Equatable, Sendable {
  /// Finished runs, each counted once, on the day it finished.
  package var runs: Int64 = 0
  /// Those of them that have a runtime.
  package var timedRuns: Int64 = 0
  package var runtime: Int64 = 0
  /// Those of them that have a queue time.
  package var queuedRuns: Int64 = 0
  package var queue: Int64 = 0
  /// Billed time, on the day it was consumed.
  package var billed: Int64 = 0

  package init(
    runs: Int64 = 0, timedRuns: Int64 = 0, runtime: Int64 = 0, queuedRuns: Int64 = 0, queue: Int64 = 0,
    billed: Int64 = 0
  ) {
    self.runs = runs
    self.timedRuns = timedRuns
    self.runtime = runtime
    self.queuedRuns = queuedRuns
    self.queue = queue
    self.billed = billed
  }

  package static let zero = TallySums()

  package static func += (left: inout TallySums, right: TallySums) {
    left.runs += right.runs
    left.timedRuns += right.timedRuns
    left.runtime += right.runtime
    left.queuedRuns += right.queuedRuns
    left.queue += right.queue
    left.billed += right.billed
  }

  package static func -= (left: inout TallySums, right: TallySums) {
    left.runs -= right.runs
    left.timedRuns -= right.timedRuns
    left.runtime -= right.runtime
    left.queuedRuns -= right.queuedRuns
    left.queue -= right.queue
    left.billed -= right.billed
  }
}
