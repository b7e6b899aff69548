import FlyingFox
import FlyingSocks
import Foundation

/// A server on one address and port.
///
/// Sockets and the waiting for them are FlyingFox's. Its HTTP server is not used: it reads heads of any length, waits for ever
/// for the rest of one, and takes any number of connections.
package struct Listener: Sendable {
  package enum Refusal: Error, Equatable, CustomStringConvertible {
    case noAddress(String)
    case inUse(String)
    case refused(String, reason: String)

    package var description: String {
      switch self {
      case .noAddress(let host): "\"\(host)\" is no address to listen on; give one such as 127.0.0.1, ::1 or 0.0.0.0"
      case .inUse(let address):
        "the server cannot listen on \(address): another program does; choose another port, or 0 for a free one"
      case .refused(let address, let reason): "the server cannot listen on \(address): \(reason)"
      }
    }
  }

  /// The port that it listens on, also when any free one was asked for.
  package let port: Int
  private let socket: AsyncSocket
  private let pool: any AsyncSocketPool
  private let limits: ConnectionLimits
  private let connections = Connections()

  /// Begins to listen; ``run(_:)`` answers.
  ///
  /// - Parameter port: 0 takes any free one.
  package init(host: String, port: Int, limits: ConnectionLimits = ConnectionLimits()) async throws {
    let name = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    guard let number = UInt16(exactly: port) else { throw Refusal.noAddress(name) }
    let address: any SocketAddress
    do {
      address =
        host.contains(":")
        ? try sockaddr_in6.inet6(ip6: host, port: number) : try sockaddr_in.inet(ip4: host, port: number)
    } catch {
      throw Refusal.noAddress(host)
    }
    self.limits = limits
    do {
      pool = HTTPServer.defaultPool()
      try await pool.prepare()
      socket = try Listener.listening(at: address, waitingIn: pool)
    } catch SocketError.failed(_, EADDRINUSE, _) {
      throw Refusal.inUse(name)
    } catch SocketError.failed(_, _, let reason) {
      throw Refusal.refused(name, reason: reason)
    }
    self.port =
      switch try socket.socket.sockname() {
      case .ip4(_, let port), .ip6(_, let port): Int(port)
      case .unix: port
      }
  }

  private static func listening(at address: some SocketAddress, waitingIn pool: any AsyncSocketPool) throws
    -> AsyncSocket
  {
    let socket = try Socket(domain: Int32(address.family))
    // A server that ended a moment ago leaves connections that are being closed.
    try socket.setValue(true, for: .localAddressReuse)
    try socket.bind(to: address)
    try socket.listen()
    _ = fcntl(socket.file.rawValue, F_SETFD, FD_CLOEXEC)
    return try AsyncSocket(socket: socket, pool: pool)
  }

  /// Answers until the task is cancelled; then the requests in hand are answered, and all connections are closed.
  ///
  /// - Parameter grace: how long a request in hand may still take.
  package func run(grace: Duration = .seconds(30), _ answer: @escaping @Sendable (Asked) async -> Answered) async {
    let waiting = Task(priority: .high) { try? await pool.run() }
    let reaping = Task {
      while (try? await Task.sleep(for: .seconds(1))) != nil { connections.reap(limits) }
    }
    // In a task of its own, so that the end of this one does not reach into what is being answered.
    let accepting = Task { await accept(answer) }
    await withTaskCancellationHandler {
      await accepting.value
    } onCancel: {
      accepting.cancel()
    }
    try? socket.close()
    let impatience = Task {
      try await Task.sleep(for: grace)
      connections.cancelAll()
    }
    await connections.stop()
    impatience.cancel()
    reaping.cancel()
    waiting.cancel()
  }

  private func accept(_ answer: @escaping @Sendable (Asked) async -> Answered) async {
    while !Task.isCancelled {
      do {
        start(try await socket.accept(), answer)
      } catch is CancellationError {
        return
      } catch {
        // A client that went away before it was taken, or no file descriptor left: others may have better luck.
        try? await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  private func start(_ taken: AsyncSocket, _ answer: @escaping @Sendable (Asked) async -> Answered) {
    guard let number = connections.open() else {
      try? taken.close()
      return
    }
    _ = fcntl(taken.socket.file.rawValue, F_SETFD, FD_CLOEXEC)
    // The last piece of an answer is sent at once, and does not wait until the one before it is acknowledged.
    try? taken.socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
    let client =
      switch try? taken.socket.remotePeer() {
      case .ip4(let address, _), .ip6(let address, _): address
      default: ""
      }
    let connection = Connection(
      number: number, socket: taken, connections: connections, client: client, answer: answer)
    connections.started(number, Task { await connection.run() })
  }
}
