import Harvest
import Runs
import Synchronization

/// A bar on a terminal, nothing elsewhere: the closing line of each source is enough there.
final class ProgressLine: Sendable {
  private let isShown: Bool
  private let lastDraw = Mutex(ContinuousClock.now - .seconds(1))

  init(quiet: Bool) {
    isShown = !quiet && Console.canRewrite
  }

  /// Draws at most ten times a second.
  func draw(_ source: String, _ progress: HarvestProgress) {
    guard isShown else { return }
    let isDue = lastDraw.withLock { last in
      let now = ContinuousClock.now
      guard now - last >= .milliseconds(100) else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let width = 24
    let filled = progress.runnersTotal == 0 ? 0 : width * progress.runnersDone / progress.runnersTotal
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    Console.rewrite(
      "\(source)  \(bar)  \(progress.runnersDone) of \(progress.runnersTotal) runners, "
        + "\(progress.runs.grouped) runs")
  }

  func clear() {
    if isShown { Console.rewrite("") }
  }
}
