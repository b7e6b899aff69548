import Synchronization

/// Lets requests through at a ``Rate``, in the order in which they came; whoever comes too early waits.
///
/// Each token comes back a window after it was used. A bucket that refills drop by drop would let nearly twice the
/// requests through in the first window: all that are in it, and all that drip in meanwhile.
final class TokenBucket: Sendable {
  private struct State {
    /// When each token is back; as many as were ever needed, at most as many as the rate has.
    var returns: [Duration] = []
    var taken = 0
    /// The turn of the newest in the queue: nobody overtakes.
    var lastTurn: Duration = .zero
    var pausedUntil: Duration = .zero
  }

  private let rate: Rate
  private let state = Mutex(State())

  init(_ rate: Rate) {
    self.rate = rate
  }

  /// Returns when it is this caller's turn.
  func take(by pace: Pace) async throws {
    let (token, turn) = state.withLock { reserve(in: &$0, now: pace.elapsed()) }
    while true {
      // The vendor may have asked for a pause in the meantime.
      let wait = max(turn, state.withLock(\.pausedUntil)) - pace.elapsed()
      guard wait > .zero else { break }
      try await pace.sleep(wait)
    }
    let sent = pace.elapsed()
    state.withLock { $0.returns[token] = max($0.returns[token], sent + rate.stay) }
  }

  /// Nobody passes before this time.
  func pause(until time: Duration) {
    state.withLock { $0.pausedUntil = max($0.pausedUntil, time) }
  }

  private func reserve(in state: inout State, now: Duration) -> (token: Int, turn: Duration) {
    let token = state.taken % rate.requests
    var turn = max(now, state.lastTurn, state.pausedUntil)
    if token < state.returns.count {
      turn = max(turn, state.returns[token])
      state.returns[token] = turn + rate.stay
    } else {
      state.returns.append(turn + rate.stay)
    }
    state.taken += 1
    state.lastTurn = turn
    return (token, turn)
  }
}
