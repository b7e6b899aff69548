import Runs

/// Which rule made an outcome of what the vendor said.
package enum OutcomeRule: Equatable, Sendable {
  /// The vendor's word means just that.
  case word
  /// A word that this version does not know.
  case unknownWord
  /// Nodion's `failed`, taken for a timeout: it lasted its timeout, and its exit code does not contradict that.
  case timeout(Ran, exitCode: Int64?)
  /// Nodion's `failed` without an exit code, and why it was not taken for a timeout.
  case noExitCode(NoTimeout)
  /// Nodion's `failed` with an exit code, and why it was not taken for a timeout.
  case exitCode(Int64, NoTimeout)
  /// The rule gives another outcome with what is known now than it gave when the state was saved.
  case changed(now: Outcome)

  /// How long a run lasted, in milliseconds, of how long it was allowed to, in seconds.
  package struct Ran: Equatable, Sendable {
    package var runtime: Int64
    package var timeoutSeconds: Int64
  }

  package enum NoTimeout: Equatable, Sendable {
    case withoutRuntime
    case withoutLimit
    case tooShort(Ran)
    /// It lasted its timeout, but a container that was stopped for that has another exit code.
    case exitCode(Ran)
  }

  init(_ state: ExplainedState, vendor: Vendor?, timeoutSeconds: Int64?) {
    let record = RunRecord(
      id: "", status: state.status, exitCode: state.exitCode, createdAt: state.createdAt, startedAt: state.startedAt,
      completedAt: state.completedAt, updatedAt: state.updatedAt)
    if let vendor {
      let (outcome, isInferred) = Outcome.of(record, vendor: vendor, timeoutSeconds: timeoutSeconds)
      if (outcome, isInferred) != (state.outcome, state.isInferred) {
        self = .changed(now: outcome)
        return
      }
    }
    if state.outcome == .unknown {
      self = .unknownWord
      return
    }
    guard vendor == .nodion, state.status == "failed" else {
      self = .word
      return
    }
    // The rule looks at what the vendor told, not at the end that a run without one was given.
    var ran: Ran?
    let end = state.completedAt ?? state.updatedAt
    if let start = state.startedAt, let end, let timeoutSeconds, timeoutSeconds > 0 {
      ran = Ran(runtime: max(0, end.milliseconds - start.milliseconds), timeoutSeconds: timeoutSeconds)
    }
    if state.outcome == .timeout, let ran {
      self = .timeout(ran, exitCode: state.exitCode)
      return
    }
    let doubt: NoTimeout =
      if let ran {
        ran.runtime / 1000 >= ran.timeoutSeconds - 1 ? .exitCode(ran) : .tooShort(ran)
      } else {
        state.startedAt == nil || end == nil ? .withoutRuntime : .withoutLimit
      }
    self = state.exitCode.map { .exitCode($0, doubt) } ?? .noExitCode(doubt)
  }
}
