/// The key of one line of the daily tally.
public struct TallyKey: Hashable, Sendable {
  public var day: LocalDay
  public var runner: Int64
  public var instanceType: Int64
  public var price: Int64
  public var isAssumed: Bool
  public var outcome: Outcome

  public init(
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
public struct TallySums: Equatable, Sendable {
  /// Finished runs, each counted once, on the day it finished.
  public var runs: Int64 = 0
  /// Those of them that have a runtime.
  public var timedRuns: Int64 = 0
  public var runtime: Int64 = 0
  /// Those of them that have a queue time.
  public var queuedRuns: Int64 = 0
  public var queue: Int64 = 0
  /// Billed time, on the day it was consumed.
  public var billed: Int64 = 0

  public init(
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

  public static let zero = TallySums()

  public static func += (left: inout TallySums, right: TallySums) {
    left.runs += right.runs
    left.timedRuns += right.timedRuns
    left.runtime += right.runtime
    left.queuedRuns += right.queuedRuns
    left.queue += right.queue
    left.billed += right.billed
  }

  public static func -= (left: inout TallySums, right: TallySums) {
    left.runs -= right.runs
    left.timedRuns -= right.timedRuns
    left.runtime -= right.runtime
    left.queuedRuns -= right.queuedRuns
    left.queue -= right.queue
    left.billed -= right.billed
  }
}

/// A finished run as the tally sees it.
public struct FinishedRun: Equatable, Sendable {
  public var runner: Int64
  public var outcome: Outcome
  public var createdAt: Instant?
  public var startedAt: Instant?
  public var endedAt: Instant

  public init(
    runner: Int64, outcome: Outcome, createdAt: Instant? = nil, startedAt: Instant? = nil, endedAt: Instant
  ) {
    self.runner = runner
    self.outcome = outcome
    self.createdAt = createdAt
    self.startedAt = startedAt
    self.endedAt = endedAt
  }

  /// Milliseconds from start to end, never below 0; nil when it never started.
  public var runtime: Int64? {
    startedAt.map { max(0, endedAt.milliseconds - $0.milliseconds) }
  }

  /// Milliseconds from creation to start, never below 0; nil when either is missing.
  public var queue: Int64? {
    guard let createdAt, let startedAt else { return nil }
    return max(0, startedAt.milliseconds - createdAt.milliseconds)
  }
}

extension Slicer {
  /// What a finished run adds to the tally: its counts once, on its finishing day under its last slice's price; its
  /// billed time slice by slice, on the days it was consumed.
  public mutating func tally(of run: FinishedRun) -> [(key: TallyKey, sums: TallySums)] {
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
