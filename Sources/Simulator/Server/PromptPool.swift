import FlyingFox
import FlyingSocks
import Foundation

/// Waits for the sockets of all servers of the process, in one thread.
///
/// FlyingFox's own pool is one per server, and each leaves a file descriptor open when it ends.
package struct PromptPool: AsyncSocketPool {
  private static let shared = Task<any AsyncSocketPool, any Error>(priority: .high) {
    let pool = HTTPServer.defaultPool()
    try await pool.prepare()
    // It runs as long as the process: whoever waits in it is cancelled by himself.
    Task { try await pool.run() }
    return pool
  }

  package init() {}

  package func prepare() async throws {
    _ = try await PromptPool.shared.value
  }

  /// Until the server is stopped.
  package func run() async throws {
    while true { try await Task.sleep(for: .seconds(86_400)) }
  }

  package func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
    // Headers and body are written apart. Without this the body waits until the client acknowledges the headers,
    // for which it takes 40 ms.
    try? socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
    try await PromptPool.shared.value.suspendSocket(socket, untilReadyFor: events)
  }
}
