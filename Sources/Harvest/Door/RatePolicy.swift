import Runs

/// At most so many requests in any stretch of time of this length.
package struct Rate: Equatable, Sendable {
  /// At least 1.
  package var requests: Int
  package var window: Duration

  package init(_ requests: Int, per window: Duration) {
    self.requests = max(1, requests)
    self.window = max(.zero, window)
  }

  /// How long a used token stays away.
  ///
  /// A little longer than the window: requests sent a window apart arrive a little nearer or farther, and the vendor
  /// counts them when they arrive.
  var stay: Duration { window + min(window / 20, .seconds(1)) }
}

/// How fast a source may be asked, by ``AnswerRequest/route``.
package struct RatePolicy: Equatable, Sendable {
  package var routes: [String: Rate]
  /// For every route that is not named; each has its own count.
  package var other: Rate
  /// A `Retry-After` up to this holds back the whole route; a longer one is left to each request's own budget.
  package var longestPause: Duration

  package init(routes: [String: Rate] = [:], other: Rate, longestPause: Duration = .seconds(120)) {
    self.routes = routes
    self.other = other
    self.longestPause = longestPause
  }

  package func rate(of route: String) -> Rate { routes[route] ?? other }
}
