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

/// A finished run as the tally sees it.
package struct FinishedRun: Equatable, Sendable {
  package var runner: Int64
  package var outcome: Outcome
  package var createdAt: Instant?
  package var startedAt: Instant?
  package var endedAt: Instant

  package init(
    runner: Int64, outcome: Outcome, createdAt: Instant? = nil, startedAt: Instant? = nil, endedAt: Instant
  ) {
    self.runner = runner
    self.outcome = outcome
    self.createdAt = createdAt
    self.startedAt = startedAt
    self.endedAt = endedAt
  }

  /// Milliseconds from start to end, never below 0; nil when it never started.
  package var runtime: Int64? {
    startedAt.map { max(0, endedAt.milliseconds - $0.milliseconds) }
  }

  /// Milliseconds from creation to start, never below 0; nil when either is missing.
  package var queue: Int64? {
    guard let createdAt, let startedAt else { return nil }
    return max(0, startedAt.milliseconds - createdAt.milliseconds)
  }
}

extension Slicer {
  /// What a finished run adds to the tally: its counts once, on its finishing day under its last slice's price; its
  /// billed time slice by slice, on the days it was consumed.
  package mutating func tally(of run: FinishedRun) -> [(key: TallyKey, sums: TallySums)] {
    let slices = run.startedAt.map { self.slices(of: run.runner, from: $0, until: run.endedAt) } ?? []
    let place: (instanceType: Int64, price: Int64, isAssumed: Bool) =
      if let last = slices.last {
        (last.instanceType, last.price, last.isAssumed)
      } else {
        self.place(of: run.runner, at: run.endedAt)
      }
    var lines: [(key: TallyKey, sums: TallySums)] = [
      (
        TallyKey(
          day: book.zone.day(of: run.endedAt), runner: run.runner, instanceType: place.instanceType,
          price: place.price, isAssumed: place.isAssumed, outcome: run.outcome),
        TallySums(
          runs: 1, timedRuns: run.runtime == nil ? 0 : 1, runtime: run.runtime ?? 0,
          queuedRuns: run.queue == nil ? 0 : 1, queue: run.queue ?? 0)
      )
    ]
    for slice in slices {
      lines.append(
        (
          TallyKey(
            day: slice.day, runner: run.runner, instanceType: slice.instanceType, price: slice.price,
            isAssumed: slice.isAssumed, outcome: run.outcome),
          TallySums(billed: slice.billed)
        ))
    }
    return lines
  }
}
