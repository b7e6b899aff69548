import Harvest
import Runs
import Store

/// Follows a run that was triggered to its end.
struct RunFollowing {
  var open: OpenAccount
  var runner: String
  /// What people call it.
  var name: String
  var quiet: Bool
  var pace = Pace.real

  /// The first pause between two looks, and the longest.
  static let pauses = (first: Duration.seconds(1), longest: Duration.seconds(15))

  enum End {
    case ended(RunRecord)
    /// It was still so when the time was over.
    case open(RunRecord)
  }

  /// - Parameter patience: how long it is followed.
  func follow(_ run: RunRecord, patience: Duration) async throws -> End {
    let began = pace.elapsed()
    var run = run
    var pause = RunFollowing.pauses.first
    tell(run, nil)
    while !isOver(run) {
      let left = patience - (pace.elapsed() - began)
      guard left > .zero else {
        clear()
        return .open(run)
      }
      try await pace.sleep(min(pause, left))
      pause = min(pause * 3 / 2, RunFollowing.pauses.longest)
      let before = run.status
      run = try await open.asking { try await $0.fetchRun(run.id, of: runner) }
      tell(run, before)
    }
    clear()
    return .ended(run)
  }

  private func isOver(_ run: RunRecord) -> Bool {
    // Whether it ended needs no timeout: that only tells one end from another.
    let outcome = open.source.api.vendor.judge(run, nil).outcome
    return run.end(of: outcome, seenAt: pace.now()) != nil
  }

  /// On a terminal a line that is rewritten, elsewhere one for each status.
  private func tell(_ run: RunRecord, _ before: String?) {
    guard !quiet else { return }
    let line = "run \(run.id) of \(name): \(run.status)"
    if Console.canRewrite {
      Console.rewrite(line)
    } else if before != run.status {
      Console.say(line)
    }
  }

  private func clear() {
    if !quiet, Console.canRewrite { Console.rewrite("") }
  }
}
