import Runs
import Synchronization

/// The clock that the simulated APIs live by: it stands still, or follows another clock, and can be turned.
///
/// It never reads the system clock itself, so a test decides what time it is, and turning it forward by a day makes a
/// day of new runs appear:
///
///     let clock = SimulatorClock(at: SimulatorDefaults.demoVisits[0])
///     clock.set(to: SimulatorDefaults.demoVisits[1])
package final class SimulatorClock: Sendable {
  private let source: @Sendable () -> Instant
  /// What was turned by hand, in milliseconds, on top of the source.
  private let turned = Mutex<Int64>(0)

  /// A clock that stands still at an instant until it is turned.
  package init(at instant: Instant) {
    source = { instant }
  }

  /// A clock that goes as `source` goes, such as real time for a simulator left running.
  package init(following source: @escaping @Sendable () -> Instant) {
    self.source = source
  }

  package var now: Instant {
    let base = source()
    return turned.withLock { base.advanced(byMilliseconds: $0) }
  }

  package func advance(byMilliseconds delta: Int64) {
    turned.withLock { $0 += delta }
  }

  /// Turns the clock to an instant, forward or back; a following clock goes on from there.
  package func set(to instant: Instant) {
    let base = source()
    turned.withLock { $0 = instant.milliseconds - base.milliseconds }
  }
}
