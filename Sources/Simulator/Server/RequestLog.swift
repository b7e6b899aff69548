import Runs
import Synchronization

/// A request that a simulated API was asked.
///
/// Headers and bodies are not kept, since they hold tokens and environment values.
package struct NotedRequest: Hashable, Sendable {
  /// Such as `GET`.
  package var method: String
  /// Without the query, such as `/v1/runners`.
  package var path: String
  /// Without the question mark; empty when there is none.
  package var query: String
  /// What the simulator's clock showed.
  package var clock: Instant
  /// How much real time had passed since the server began to listen.
  package var elapsed: Duration
  /// Nil while it is being answered, and for ever when the connection was closed without an answer.
  package var status: Int?
}

extension Sequence<NotedRequest> {
  /// The most of these requests that came within any stretch of real time of this length.
  ///
  ///     server.requestLog.filter { $0.path.hasSuffix("/api/v1/runners") }.most(within: .seconds(60)) <= 60
  package func most(within window: Duration) -> Int {
    let times = map(\.elapsed).sorted()
    var first = 0
    var most = 0
    for (index, time) in times.enumerated() {
      while times[first] + window <= time { first += 1 }
      most = Swift.max(most, index - first + 1)
    }
    return most
  }
}

/// What the simulated APIs were asked, in order.
final class RequestLog: Sendable {
  private let began = ContinuousClock.now
  private let requests = Mutex<[NotedRequest]>([])

  var all: [NotedRequest] { requests.withLock { $0 } }
  var count: Int { requests.withLock { $0.count } }

  /// - Returns: its number, by which its status is told later.
  func add(method: String, path: String, query: String, clock: Instant) -> Int {
    requests.withLock { requests in
      // Taken inside the lock, so that the order of the log is the order of time.
      let elapsed = ContinuousClock.now - began
      requests.append(NotedRequest(method: method, path: path, query: query, clock: clock, elapsed: elapsed))
      return requests.count - 1
    }
  }

  func answered(_ number: Int, _ status: Int) {
    requests.withLock { $0[number].status = status }
  }
}
