import Runs

/// What a person says became of a run that its vendor never ended.
package enum Ruling: Equatable, Sendable {
  case ended(Instant)
  /// It counts as ended at its last sign of life, and never past its timeout.
  case neverEnded
  /// What was ruled before holds no longer.
  case takenBack

  /// As the ledger keeps it.
  package var word: String {
    switch self {
    case .ended: "ended"
    case .neverEnded: "never-ended"
    case .takenBack: "taken-back"
    }
  }
}

/// What a ruling did.
package struct Settlement: Equatable, Sendable {
  package var run: RunReference
  package var ruling: Ruling
  /// When the run counts as ended; nil where it is open again.
  package var endedAt: Instant?
}

/// Why a run was not settled; nothing was changed.
package enum SettlementError: Error, Equatable {
  case neverHarvested(path: String)
  /// The vendor's own word stands.
  case endedAlready(RunReference, at: Instant)
  case beforeBeginning(RunReference, Instant, began: Instant)
  case aheadOfNow(RunReference, Instant, now: Instant)
  case notSettled(RunReference)
}

extension SettlementError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .neverHarvested(let path): "the ledger \(path) is empty, so there is no run to settle"
    case .endedAlready(let run, let at): "\(run) has ended, at \(at.rfc3339): its vendor says so"
    case .beforeBeginning(let run, let instant, let began):
      "\(run) cannot have ended at \(instant.rfc3339): it began at \(began.rfc3339)"
    case .aheadOfNow(let run, let instant, let now):
      "\(run) cannot be said to have ended at \(instant.rfc3339): the ledger's now is \(now.rfc3339)"
    case .notSettled(let run): "no ruling on \(run) is in force"
    }
  }
}
