import Synchronization

/// What a simulated API was asked, in order, as `GET /v1/runners`: tests count requests with it.
///
/// Headers and bodies are not kept, since they hold tokens and environment values.
final class RequestLog: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }
  var count: Int { lines.withLock { $0.count } }

  func add(_ line: String) {
    lines.withLock { $0.append(line) }
  }
}
