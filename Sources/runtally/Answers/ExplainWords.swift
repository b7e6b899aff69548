import Runs
import Store

// The sentences of an explanation: each rule, reason and origin says in words what it is, for people and in JSON alike.

extension OutcomeRule {
  /// Why the outcome is what it is.
  func because(of state: ExplainedState) -> String {
    switch self {
    case .word: "the vendor says \(state.status)" + (state.exitCode.map { ", exit code \($0)" } ?? "")
    case .unknownWord:
      "this version does not know the word \(state.status); "
        + (state.endedAt == nil ? "without a completion it counts as open" : "its completion says that it is finished")
    case .judged(let reason): reason.words
    case .settled(let settlement):
      "the vendor says \(state.status) and gives no end; \(settlement.saidBy) ruled that it has ended"
    case .changed(let now): "so it was when it was saved; by what is known now it would be \(now.word)"
    }
  }
}

extension ExplainedState {
  var outcomeWord: String { outcome.word + (isInferred ? ", inferred" : "") }

  /// Those that the vendor told.
  var instants: String {
    let told = [("created", createdAt), ("started", startedAt), ("completed", completedAt), ("updated", updatedAt)]
      .compactMap { name, instant in instant.map { "\(name) \($0)" } }
    return (told.isEmpty ? ["without any instant"] : told).joined(separator: ", ")
  }
}

extension RunEnd {
  /// Said behind the instant.
  var addition: String {
    switch self {
    case .open: ": it is still open"
    case .completion: ""
    case .lastUpdate: ", its last update: the vendor gives no completion"
    case .settled(let settlement): ", \(settlement.words)"
    case .firstSeenFinished: ", when it was first seen finished: the vendor gives neither completion nor update"
    }
  }
}

extension RunExplanation {
  var queueWords: String { queue.words(from: "created", to: "started", isOpen: end == .open) }
  var runtimeWords: String { runtime.words(from: "started", to: "ended", isOpen: end == .open) }
}

extension RunTime {
  fileprivate func words(from start: String, to end: String, isOpen: Bool) -> String {
    switch self {
    case .lasted(let milliseconds): "\(SecondsText.withUnit(milliseconds)), from \(start) to \(end)"
    case .negative(let milliseconds):
      "counts as 0: it \(end) \(SecondsText.withUnit(-milliseconds)) before it was \(start)"
    case .notCreated: "none: the vendor gives no creation"
    case .notStarted: isOpen ? "none yet: it has not started" : "none: it never started"
    case .stillOpen: "none yet: it is still open"
    }
  }
}

extension ExplainedSettlement {
  /// What was ruled, by whom, when and why.
  var words: String {
    let what =
      switch ruling {
      case .ended(let at): "ruled to have ended at \(at)"
      case .neverEnded: "ruled to have been left open, so that it ended when it was last known to run"
      case .takenBack: "the ruling before was taken back"
      }
    return "\(what), by \(saidBy), \(event.at)" + (because.map { ": \($0)" } ?? "")
  }
}

extension ExplainedAction {
  /// What was asked for from here, and with which variables.
  var words: String {
    let names = AskedAction(asked).variables ?? []
    return "from here, by \(event.words)"
      + (names.isEmpty
        ? ""
        : ", with \(names.count == 1 ? "the variable" : "the variables") "
          + names.joined(separator: ", "))
  }
}

extension Sight {
  var words: String { "the \(kind == "price" ? "price change" : kind) of \(at)" }
}

extension Assumption {
  var words: String {
    switch self {
    case .priceFirstSeen(let at): "this price was first seen at \(at), and nothing is known of the time before"
    case .priceChanged(let lastSeen, let next): "this price was last seen at \(lastSeen), another one first at \(next)"
    case .sizeFirstSeen(let at): "the runner's machine was first seen at \(at), and nothing is known of the time before"
    case .sizeChanged(let lastSeen, let next):
      "the runner was last seen on this machine at \(lastSeen), on another one first at \(next)"
    }
  }
}

extension RunCost.Reason {
  var words: String {
    switch self {
    case .neverStarted: "it is finished and never started"
    case .notYetStarted: "it has not started yet"
    case .listNeverRead: "it is open, and no list of its runner that had it was read completely"
    case .startedLater(let until, let bound): "it is known up to \(until), and started no earlier; \(bound.words)"
    }
  }
}

extension RunCost.Bound {
  var words: String {
    switch self {
    case .lastCompleteList: "in the last complete list of its runner it was still open"
    case .missing: "that was the last complete list of its runner that had it; what came of it is not known"
    case .timeout: "its runner's timeout ended there, and nothing is counted past it, though it was listed later"
    }
  }
}
