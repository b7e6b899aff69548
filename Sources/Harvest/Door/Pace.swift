import Foundation
import Runs

/// Time and chance as the client sees them: what it waits by, and what spreads its waits.
///
/// They are arguments so that a test can turn the clock by hand: nothing in the client looks at the machine's clock,
/// sleeps or throws dice by itself.
package struct Pace: Sendable {
  /// The date, which only a `Retry-After` that is a date needs.
  package var now: @Sendable () -> Instant
  /// The time since some fixed point; never set back, so waits are measured by it.
  package var elapsed: @Sendable () -> Duration
  package var sleep: @Sendable (Duration) async throws -> Void
  /// From 0 up to 1.
  package var random: @Sendable () -> Double

  package init(
    now: @escaping @Sendable () -> Instant, elapsed: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async throws -> Void, random: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.elapsed = elapsed
    self.sleep = sleep
    self.random = random
  }

  /// The machine's clocks and dice.
  package static let real: Pace = {
    let start = ContinuousClock.now
    return Pace(
      now: { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) },
      elapsed: { ContinuousClock.now - start },
      sleep: { try await Task.sleep(for: $0) },
      random: { Double.random(in: 0..<1) })
  }()
}
