import Harvest
import Runs
import Synchronization

/// A clock that a test turns, and dice that always show the same.
///
/// It either turns itself to the end of every wait, so that nothing is waited for, or stands still until it is turned.
final class FakeTime: Sendable {
  private struct Sleeper {
    var id: Int
    var due: Duration
    var wake: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var elapsed: Duration = .zero
    var waits: [Duration] = []
    var sleepers: [Sleeper] = []
    var nextID = 0
    var cancelled: Set<Int> = []
  }

  static let start = Instant(milliseconds: 1_767_589_200_000)  // 2026-01-05T05:00:00Z

  private let turnsItself: Bool
  private let chance: Double
  private let state = Mutex(State())

  init(turnsItself: Bool = true, chance: Double = 0.5) {
    self.turnsItself = turnsItself
    self.chance = chance
  }

  var pace: Pace {
    Pace(
      now: { FakeTime.start.advanced(byMilliseconds: self.elapsed / .milliseconds(1)) },
      elapsed: { self.elapsed }, sleep: { try await self.sleep($0) }, random: { self.chance })
  }

  var elapsed: Duration { state.withLock(\.elapsed) }
  /// How long was waited, each time.
  var waits: [Duration] { state.withLock(\.waits) }
  var sleeping: Int { state.withLock(\.sleepers.count) }

  /// Turns the clock and wakes whose time has come, the earliest first.
  func turn(by duration: Duration) {
    let due = state.withLock { state in
      state.elapsed += duration
      let due = state.sleepers.filter { $0.due <= state.elapsed }.sorted { ($0.due, $0.id) < ($1.due, $1.id) }
      state.sleepers.removeAll { $0.due <= state.elapsed }
      return due
    }
    for sleeper in due { sleeper.wake.resume() }
  }

  /// Returns when so many sleep.
  func untilSleeping(_ count: Int) async {
    while sleeping < count { await Task.yield() }
  }

  private func sleep(_ duration: Duration) async throws {
    try Task.checkCancellation()
    let id = state.withLock { state in
      state.waits.append(duration)
      if turnsItself { state.elapsed += duration }
      state.nextID += 1
      return state.nextID
    }
    if turnsItself { return }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { wake in
        let isCancelled = state.withLock { state in
          if state.cancelled.contains(id) { return true }
          state.sleepers.append(Sleeper(id: id, due: state.elapsed + duration, wake: wake))
          return false
        }
        if isCancelled { wake.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        state.cancelled.insert(id)
        let sleeper = state.sleepers.first { $0.id == id }
        state.sleepers.removeAll { $0.id == id }
        return sleeper
      }
      sleeper?.wake.resume(throwing: CancellationError())
    }
  }
}

extension Duration {
  fileprivate static func / (left: Duration, right: Duration) -> Int64 { Int64((left / right) as Double) }
}
