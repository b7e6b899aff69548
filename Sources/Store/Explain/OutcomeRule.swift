import Runs

/// Which rule made an outcome of what the vendor said.
package enum OutcomeRule: Sendable {
  /// The vendor's word means just that.
  case word
  /// A word that this version does not know.
  case unknownWord
  /// The vendor's word alone does not tell: what it was held against.
  case judged(any JudgementReason)
  /// Its vendor never ended it, and somebody ruled that it has ended.
  case settled(ExplainedSettlement)
  /// The rule gives another outcome with what is known now than it gave when the state was saved.
  case changed(now: Outcome)

  /// - Parameter vendor: nil where this version does not know the vendor, whose outcomes then stand as they were saved.
  init(_ state: ExplainedState, vendor: Vendor?, timeoutSeconds: Int64?) {
    // The rule looks at what the vendor told, not at the end that a run without one was given.
    let record = RunRecord(
      id: "", status: state.status, exitCode: state.exitCode, createdAt: state.createdAt, startedAt: state.startedAt,
      completedAt: state.completedAt, updatedAt: state.updatedAt)
    let judgement = vendor?.judge(record, timeoutSeconds)
    if let judgement, (judgement.outcome, judgement.isInferred) != (state.outcome, state.isInferred) {
      self = .changed(now: judgement.outcome)
    } else if let reason = judgement?.reason {
      self = .judged(reason)
    } else {
      self = state.outcome == .unknown ? .unknownWord : .word
    }
  }
}

extension OutcomeRule: Equatable {
  package static func == (one: OutcomeRule, other: OutcomeRule) -> Bool {
    switch (one, other) {
    case (.word, .word), (.unknownWord, .unknownWord): true
    case (.settled(let one), .settled(let other)): one == other
    case (.judged(let one), .judged(let other)): one.words == other.words
    case (.changed(let one), .changed(let other)): one == other
    default: false
    }
  }
}
