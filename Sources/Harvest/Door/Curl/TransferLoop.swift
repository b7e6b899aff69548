import CCurl
import Foundation
import Synchronization

/// Asks over the network by libcurl: a thread on which all of curl happens, and connections that are kept.
///
///     IncomingAnswer ──orders──► TransferLoop ──► Transfer, one for each request
///            ▲                                       │
///            └─────────────── Mailbox ◄──────────────┘
///
/// The thread begins with the first request and ends with ``close()``.
final class TransferLoop: Sendable {
  enum Order: Sendable {
    case start(OutgoingRequest, Mailbox)
    case resume(Mailbox)
    case end(Mailbox)
  }

  private struct State {
    var orders: [Order] = []
    /// Nil before the thread begins and after it ended.
    var multi: Multi?
    var isClosed = false
    /// Those who wait for the thread's end.
    var closers: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// Has it done, as soon as the thread gets to it.
  func order(_ order: Order) {
    let isAccepted = state.withLock { state in
      if state.isClosed { return false }
      state.orders.append(order)
      if let multi = state.multi { multi.wake() } else { start(&state) }
      return true
    }
    if !isAccepted, case .start(_, let mailbox) = order { mailbox.end(.failure(TransferFailure.closed)) }
  }

  /// Ends every transfer, lets go of the connections and waits for the thread to end.
  func close() async {
    await withCheckedContinuation { closer in
      let isOver = state.withLock { state in
        state.isClosed = true
        guard let multi = state.multi else { return true }
        state.closers.append(closer)
        multi.wake()
        return false
      }
      if isOver { closer.resume() }
    }
  }

  private func start(_ state: inout State) {
    let multi = Multi()
    state.multi = multi
    let thread = Thread { [self] in run(multi) }
    thread.name = "runtally.network"
    thread.start()
  }

  /// All of the thread's life.
  private func run(_ multi: Multi) {
    // TLS may write to a connection that is gone; the call's error says so.
    var pipe = sigset_t()
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipe, nil)

    let transfers = Transfers(multi)
    while let orders = nextOrders() {
      transfers.obey(orders)
      transfers.step()
    }
    transfers.endAll(.closed)
    let closers = state.withLock { state in
      // From here on nobody wakes it.
      state.multi = nil
      multi.cleanUp()
      return state.closers
    }
    for closer in closers { closer.resume() }
  }

  /// Nil when there will be no more.
  private func nextOrders() -> [Order]? {
    state.withLock { state in
      defer { state.orders = [] }
      if !state.isClosed { return state.orders }
      // Whoever asked in the last moment must not wait for ever.
      for case .start(_, let mailbox) in state.orders { mailbox.end(.failure(TransferFailure.closed)) }
      return nil
    }
  }
}
