import Runs

/// What became of a Nodion run.
///
/// Nodion says `failed` for a non-zero exit and for a timeout alike. A failed run is taken for a timeout when it lasted
/// its runner's timeout, give or take a second, and its exit code does not contradict that.
enum NodionJudge {
  /// Exit codes of a container that was stopped for running too long: none at all, GNU timeout's 124, SIGKILL
  /// (128 + 9), SIGTERM (128 + 15).
  private static let timeoutExitCodes: Set<Int64?> = [nil, 124, 137, 143]

  static func judge(_ run: RunRecord, timeoutSeconds: Int64?) -> Judgement {
    switch run.status {
    case "pending": Judgement(.pending)
    case "running": Judgement(.running)
    case "succeeded": Judgement(.success)
    case "failed": judge(failed: run, timeoutSeconds: timeoutSeconds)
    default: Judgement(.unknown)
    }
  }

  private static func judge(failed run: RunRecord, timeoutSeconds: Int64?) -> Judgement {
    let failed: Outcome = run.exitCode == nil ? .error : .failure
    guard let start = run.startedAt, let end = run.completedAt ?? run.updatedAt else {
      return Judgement(failed, because: NodionReason(run.exitCode, .withoutRuntime))
    }
    guard let timeoutSeconds, timeoutSeconds > 0 else {
      return Judgement(failed, because: NodionReason(run.exitCode, .withoutLimit))
    }
    let ran = NodionReason.Ran(
      runtime: max(0, end.milliseconds - start.milliseconds), timeoutSeconds: timeoutSeconds)
    guard ran.lastedItsTimeout else { return Judgement(failed, because: NodionReason(run.exitCode, .tooShort(ran))) }
    guard timeoutExitCodes.contains(run.exitCode) else {
      return Judgement(failed, because: NodionReason(run.exitCode, .otherExitCode(ran)))
    }
    return Judgement(.timeout, isInferred: true, because: NodionReason(run.exitCode, .lasted(ran)))
  }
}

/// Why a failed run was taken for a timeout, or was not.
struct NodionReason: JudgementReason, Equatable {
  var exitCode: Int64?
  var finding: Finding

  init(_ exitCode: Int64?, _ finding: Finding) {
    self.exitCode = exitCode
    self.finding = finding
  }

  enum Finding: Equatable {
    case withoutRuntime
    case withoutLimit
    case tooShort(Ran)
    /// It lasted its timeout, but a container that was stopped for that has another exit code.
    case otherExitCode(Ran)
    /// It lasted its timeout, and its exit code does not contradict that: a timeout.
    case lasted(Ran)
  }

  /// How long a run lasted, in milliseconds, of how long it was allowed to, in seconds.
  struct Ran: Equatable {
    var runtime: Int64
    var timeoutSeconds: Int64

    /// In whole seconds, so that no absurd timeout can overflow.
    var lastedItsTimeout: Bool { runtime / 1000 >= timeoutSeconds - 1 }

    var words: String { "ran \(SecondsText.withUnit(runtime)) of a timeout of \(timeoutSeconds) s" }
  }

  var words: String {
    let code = exitCode.map { "exit code \($0)" }
    if case .lasted(let ran) = finding { return "failed, \(ran.words), \(code ?? "no exit code")" }
    let doubt =
      switch finding {
      case .withoutRuntime: "it has no runtime"
      case .withoutLimit: "its runner has no timeout"
      case .tooShort(let ran), .lasted(let ran): "it \(ran.words)"
      case .otherExitCode(let ran):
        "it \(ran.words), but what is stopped for that ends with 124, 137, 143 or no exit code"
      }
    return "failed \(code.map { "with " + $0 } ?? "without an exit code"); no timeout: \(doubt)"
  }
}
