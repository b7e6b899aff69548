import Runs

/// Everything that the numbers of one run hang on: what the vendor said and when, the rules that were applied to it,
/// and the exact products that its cost is the sum of.
///
/// It is facts alone; the sentences that a person reads are made of them in one place by whoever shows it.
package struct RunExplanation: Equatable, Sendable {
  package var run: RunReference
  package var vendor: String
  /// The zone whose days and months it speaks of.
  package var timeZone: String
  /// The newest state.
  package var state: ExplainedState
  package var outcomeRule: OutcomeRule
  package var end: RunEnd
  package var queue: RunTime
  package var runtime: RunTime
  /// The machine size that the runner had when the run started; nil where the API names none.
  package var instanceType: String?
  package var cost: RunCost
  /// The states that later visits replaced, oldest first.
  package var superseded: [SupersededState]
  /// What was ruled on it, oldest first.
  package var settlements: [ExplainedSettlement]
  /// The first complete list of its runner that it was not in.
  package var missingSince: Instant?
  /// When its runner's list was last read completely.
  package var listReadAt: Instant?
  /// What it came of, where it was triggered from here.
  package var action: ExplainedAction?

  /// The visit that saw it first.
  package var firstSeen: Sight { superseded.first?.state.seen ?? state.seen }
}

/// Which run is meant, in the words of the vendor.
package struct RunReference: Equatable, Sendable {
  package var source: String
  /// The runner's newest name.
  package var runner: String
  package var runnerID: String
  package var runID: String

  package init(source: String, runner: String, runnerID: String, runID: String) {
    self.source = source
    self.runner = runner
    self.runnerID = runnerID
    self.runID = runID
  }
}

/// An event of the ledger that something was learnt by.
package struct Sight: Equatable, Sendable {
  /// The ledger's number of the event.
  package var sequence: Int64
  /// `harvest`, `import`, `price`, `restatement`, `settlement`, `action` or `sighting`.
  package var kind: String
  package var at: Instant
}

/// A run as the vendor told it, and what was made of it.
package struct ExplainedState: Equatable, Sendable {
  package var status: String
  package var outcome: Outcome
  package var isInferred: Bool
  package var exitCode: Int64?
  package var createdAt: Instant?
  package var startedAt: Instant?
  package var completedAt: Instant?
  package var updatedAt: Instant?
  /// What counts as its end; nil while it is open.
  package var endedAt: Instant?
  /// The visit that saw this state first.
  package var seen: Sight
}

package struct SupersededState: Equatable, Sendable {
  package var state: ExplainedState
  package var replacedBy: Sight
}

/// Where a run's end is taken from.
package enum RunEnd: Equatable, Sendable {
  case open
  case completion
  /// It is finished and has no completion.
  case lastUpdate
  /// It is finished and has neither; the visit that first saw it so.
  case firstSeenFinished
  /// Its vendor never ended it.
  case settled(ExplainedSettlement)
}

/// A length of time between two instants, or why there is none. Milliseconds.
package enum RunTime: Equatable, Sendable {
  case lasted(Int64)
  /// The instants contradict each other: it counts as 0.
  case negative(Int64)
  case notCreated
  case notStarted
  case stillOpen

  /// As reports have it.
  package var counted: Int64? {
    switch self {
    case .lasted(let milliseconds): milliseconds
    case .negative: 0
    case .notCreated, .notStarted, .stillOpen: nil
    }
  }

  init(from start: Instant, to end: Instant) {
    let length = end.milliseconds - start.milliseconds
    self = length < 0 ? .negative(length) : .lasted(length)
  }
}
