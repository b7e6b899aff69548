/// How often and how long one thing is asked for before it is given up.
package struct RetryPolicy: Equatable, Sendable {
  /// Requests in all, the first included.
  package var attempts: Int
  /// No further request is begun when more time than this would have passed since the first; the answer under way may
  /// take as long as it arrives.
  package var budget: Duration
  /// The longest wait after the first failure; it doubles with each one.
  package var backoffBase: Duration
  /// The longest wait of all, unless the vendor asks for a longer one.
  package var backoffCap: Duration
  /// Requests in all for what is most often a wrong setting and now and then a passing trouble: a web page instead of
  /// an answer, broken JSON, an unknown host. A proxy that fails for a moment is outlived, and a wrong url is told
  /// after two seconds and not after a minute.
  package var briefAttempts: Int

  package init(
    attempts: Int = 6, budget: Duration = .seconds(300), backoffBase: Duration = .milliseconds(500),
    backoffCap: Duration = .seconds(30), briefAttempts: Int = 3
  ) {
    self.attempts = attempts
    self.budget = budget
    self.backoffBase = backoffBase
    self.backoffCap = backoffCap
    self.briefAttempts = briefAttempts
  }

  /// Nothing is asked for twice.
  package static let once = RetryPolicy(attempts: 1)

  /// How long to wait before the next request; nil to give up.
  ///
  /// Full jitter: any time from nothing up to the backoff, so that those who failed together do not come back
  /// together. What the vendor asks for is never undercut.
  /// - Parameters:
  ///   - spent: since the first request.
  ///   - random: from 0 up to 1.
  func wait(after setback: Setback, spent: Duration, random: Double) -> Duration? {
    let limit = setback.patience == .brief ? min(briefAttempts, attempts) : attempts
    guard setback.patience != .none, setback.attempt < limit else { return nil }
    let wait =
      if let asked = setback.retryAfter {
        asked + backoffBase * random
      } else {
        backoff(after: setback) * random
      }
    return spent + wait <= budget ? wait : nil
  }

  /// Whether it is the vendor alone that asks for more time than there is.
  func isTooLong(_ setback: Setback) -> Bool { setback.retryAfter.map { $0 > budget } ?? false }

  private func backoff(after setback: Setback) -> Duration {
    // Limits on requests are mostly counted per minute, so one that says nothing of the wait gets a longer one.
    var backoff = setback.isThrottled ? backoffBase * 4 : backoffBase
    for _ in 1..<max(1, setback.attempt) where backoff < backoffCap { backoff *= 2 }
    return min(backoff, backoffCap)
  }
}

/// One request that failed in a way that may pass.
struct Setback: Equatable, Sendable {
  /// Counted from 1.
  var attempt: Int
  var patience: HarvestError.Patience
  /// The vendor said that it is asked too often.
  var isThrottled = false
  var retryAfter: Duration?
}
