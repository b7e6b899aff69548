import Runs

/// Everything that the numbers of one run hang on: what the vendor said and when, the rules that were applied to it,
/// and the exact products that its cost is the sum of.
///
/// It is facts alone; the sentences that a person reads are made of them in one place by whoever shows it.
public struct RunExplanation: Equatable, Sendable {
  public var run: RunReference
  public var vendor: String
  /// The zone whose days and months it speaks of.
  public var timeZone: String
  /// The newest state.
  public var state: ExplainedState
  public var outcomeRule: OutcomeRule
  public var end: RunEnd
  public var queue: RunTime
  public var runtime: RunTime
  /// The machine size that the runner had when the run started; nil where the API names none.
  public var instanceType: String?
  public var cost: RunCost
  /// The states that later visits replaced, oldest first.
  public var superseded: [SupersededState]
  /// The first complete list of its runner that it was not in.
  public var missingSince: Instant?
  /// When its runner's list was last read completely.
  public var listReadAt: Instant?

  /// The visit that saw it first.
  public var firstSeen: Sight { superseded.first?.state.seen ?? state.seen }
}

/// Which run is meant, in the words of the vendor.
public struct RunReference: Equatable, Sendable {
  public var source: String
  /// The runner's newest name.
  public var runner: String
  public var runnerID: String
  public var runID: String

  public init(source: String, runner: String, runnerID: String, runID: String) {
    self.source = source
    self.runner = runner
    self.runnerID = runnerID
    self.runID = runID
  }
}

/// An event of the ledger that something was learnt by.
public struct Sight: Equatable, Sendable {
  /// The ledger's number of the event.
  public var sequence: Int64
  /// `harvest`, `import`, `price` or `restatement`.
  public var kind: String
  public var at: Instant
}

/// A run as the vendor told it, and what was made of it.
public struct ExplainedState: Equatable, Sendable {
  public var status: String
  public var outcome: Outcome
  public var isInferred: Bool
  public var exitCode: Int64?
  public var createdAt: Instant?
  public var startedAt: Instant?
  public var completedAt: Instant?
  public var updatedAt: Instant?
  /// What counts as its end; nil while it is open.
  public var endedAt: Instant?
  /// The visit that saw this state first.
  public var seen: Sight
}

public struct SupersededState: Equatable, Sendable {
  public var state: ExplainedState
  public var replacedBy: Sight
}

/// Where a run's end is taken from.
public enum RunEnd: Equatable, Sendable {
  case open
  case completion
  /// It is finished and has no completion.
  case lastUpdate
  /// It is finished and has neither; the visit that first saw it so.
  case firstSeenFinished
}

/// A length of time between two instants, or why there is none. Milliseconds.
public enum RunTime: Equatable, Sendable {
  case lasted(Int64)
  /// The instants contradict each other: it counts as 0.
  case negative(Int64)
  case notCreated
  case notStarted
  case stillOpen

  /// As reports have it.
  public var counted: Int64? {
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
