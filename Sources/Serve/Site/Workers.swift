import Foundation
import Synchronization

/// The threads that read the ledger and write answers. SQLite keeps its thread until it is done, and the threads of
/// connections must not wait for that.
final class Workers: Sendable {
  /// Requests that may wait for a thread.
  static let mostWaiting = 256

  private let queue: OperationQueue
  private let waiting = Mutex(0)

  init(_ count: Int = max(2, ProcessInfo.processInfo.activeProcessorCount)) {
    queue = OperationQueue()
    queue.maxConcurrentOperationCount = count
    queue.qualityOfService = .userInitiated
  }

  /// Requests that wait or are being answered.
  var load: Int { waiting.withLock { $0 } }

  /// - Throws: a ``Problem`` where too many wait already.
  func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    let hasRoom = waiting.withLock { waiting in
      guard waiting < Workers.mostWaiting else { return false }
      waiting += 1
      return true
    }
    guard hasRoom else {
      var problem = Problem(503, "The server is busy", "too many requests wait for their answers; ask again")
      problem.headers["Retry-After"] = "1"
      throw problem
    }
    defer { waiting.withLock { $0 -= 1 } }
    return try await withCheckedThrowingContinuation { continuation in
      queue.addOperation { continuation.resume(with: Swift.Result { try work() }) }
    }
  }
}
