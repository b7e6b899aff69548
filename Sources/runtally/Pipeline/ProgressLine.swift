import Harvest
import Runs
import Synchronization

/// A bar on a terminal, nothing elsewhere: the closing line of each source is enough there.
final class ProgressLine: Sendable {
  private let isShown: Bool
  /// Shorter waits are nothing to wonder about.
  private static let leastWait = Duration.seconds(5)
  /// Lists that are read at once wait together.
  private let waitsUntil = Mutex(ContinuousClock.now)
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

  /// Says how long is waited because the vendor asks for it: a line of its own, where nobody else has said so.
  func tell(_ wait: Duration, of source: String, at instant: Instant?) {
    let isNews = waitsUntil.withLock { until in
      let end = ContinuousClock.now + wait
      guard wait >= ProgressLine.leastWait, end - until > .seconds(1) else { return false }
      until = end
      return true
    }
    guard isNews else { return }
    clear()
    let seconds = wait.components.attoseconds > 0 ? wait.components.seconds + 1 : wait.components.seconds
    if let log = Console.log {
      let facts = LogFacts(source: source, figures: [("wait_seconds", .integer(seconds))])
      return log.write("\(source) waits \(seconds) s, as the vendor asks", facts)
    }
    Console.say((instant.map { $0.rfc3339 + "  " } ?? "") + "\(source)    waits \(seconds) s, as the vendor asks")
  }

  func clear() {
    if isShown { Console.rewrite("") }
  }
}
