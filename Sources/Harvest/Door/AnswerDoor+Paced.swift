import Synchronization

extension AnswerDoor {
  /// The same door, which keeps to the vendor's limits: a request that comes too early waits for its turn.
  ///
  /// The count is in the returned door: share it, and everything that asks through it counts together. Put
  /// ``persistent(_:pace:)`` around it and not inside, so that repeated requests count too.
  package func paced(by policy: RatePolicy, pace: Pace) -> AnswerDoor {
    let buckets = Buckets(policy)
    return AnswerDoor(
      fetch: { request in
        let bucket = buckets.bucket(of: request.route)
        try await bucket.take(by: pace)
        let answer = try await fetch(request)
        // The others of the route would only be refused as well.
        if answer.status == 429, let wait = RetryAfter.wait(in: answer.headers, now: pace.now()),
          wait <= policy.longestPause
        {
          bucket.pause(until: pace.elapsed() + wait)
        }
        return answer
      }, close: close)
  }
}

/// A bucket for each route, made when it is first needed.
private final class Buckets: Sendable {
  private let policy: RatePolicy
  private let made = Mutex<[String: TokenBucket]>([:])

  init(_ policy: RatePolicy) {
    self.policy = policy
  }

  func bucket(of route: String) -> TokenBucket {
    made.withLock { made in
      if let bucket = made[route] { return bucket }
      let bucket = TokenBucket(policy.rate(of: route))
      made[route] = bucket
      return bucket
    }
  }
}
