import Runs
import Synchronization

/// Whether, and in whose time, the simulated APIs hold the rate limits that their documentation gives.
package enum SimulatorLimits: Sendable {
  /// In real time, as the vendor would: a harvester's own waiting is held against it, whatever the simulator's clock
  /// shows.
  case inRealTime
  /// On a clock that a test turns.
  case on(SimulatorClock)
  case none
}

/// So many requests in any stretch of so many seconds, counted per route.
///
/// Invented: that the window slides, and that a refused request does not count.
final class RateLimit: Sendable {
  let requests: Int
  static let window: Int64 = 60_000

  private let limits: SimulatorLimits
  private let began = ContinuousClock.now
  /// The milliseconds of the accepted requests of the last window, ascending.
  private let accepted = Mutex<[Int64]>([])

  init(_ requests: Int, _ limits: SimulatorLimits) {
    self.requests = requests
    self.limits = limits
  }

  /// Counts a request; when it is one too many, the whole seconds after which to try again.
  func refuse() -> Int? {
    let clock: SimulatorClock?
    switch limits {
    case .none: return nil
    case .inRealTime: clock = nil
    case .on(let given): clock = given
    }
    return accepted.withLock { accepted in
      let now = clock?.now.milliseconds ?? (ContinuousClock.now - began).milliseconds
      // A clock that was turned back leaves requests in the future, which do not count either.
      accepted.removeAll { $0 <= now - RateLimit.window || $0 > now }
      guard accepted.count >= requests else {
        accepted.append(now)
        return nil
      }
      return Int((accepted[0] + RateLimit.window - now + 999) / 1000)
    }
  }
}
