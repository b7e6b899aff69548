import FlyingFox
import FlyingSocks
import Foundation

/// A server on one port of 127.0.0.1, over real HTTP.
///
/// Here the server library starts and stops; `FlyingFoxAnswers.swift` translates what it is asked and answers.
package struct LoopbackServer: Sendable {
  /// The port that it listens on, also when any free one was asked for.
  package let port: Int
  private let serving: Task<Void, any Error>

  /// Starts listening and returns when requests are answered; ``stop()`` ends it.
  ///
  /// - Parameter port: 0 takes any free one.
  /// - Throws: ``SimulatorError``, such as a port that is in use.
  package static func start(
    port: Int = 0, _ answer: @escaping @Sendable (SimulatedRequest) async -> SimulatedAnswer
  ) async throws -> LoopbackServer {
    guard let number = UInt16(exactly: port) else { throw SimulatorError.noSuchPort(port) }
    // An answer may be as slow as a fault wants it.
    let day: TimeInterval = 86_400
    let server = HTTPServer(
      address: try .inet(ip4: "127.0.0.1", port: number), timeout: day, pool: PromptPool(), logger: .disabled,
      handler: AnswerHandler(answer: answer))
    let listening = Task { try await server.waitUntilListening(timeout: day) }
    // It outlives this call, so no task group can hold it; `stopping(after:)` is the structured way. Its priority is
    // that of whoever answers: work of this process that asks, or that computes, must not keep an answer waiting.
    let serving = Task(priority: .high) {
      // What cannot listen never says so to those who wait.
      defer { listening.cancel() }
      try await server.run()
    }
    let outcome = await withTaskCancellationHandler {
      await listening.result
    } onCancel: {
      listening.cancel()
    }
    if !Task.isCancelled, case .success = outcome, case .ip4(_, let port) = await server.listeningAddress {
      return LoopbackServer(port: Int(port), serving: serving)
    }
    serving.cancel()
    let reason = await serving.result
    try Task.checkCancellation()
    switch reason {
    case .failure(SocketError.failed(_, EADDRINUSE, _)): throw SimulatorError.portInUse(port)
    case .failure(SocketError.failed(_, _, let reason)):
      throw SimulatorError.cannotListen(port: port, reason: reason)
    case .failure(let error): throw SimulatorError.cannotListen(port: port, reason: "\(error)")
    case .success: throw SimulatorError.cannotListen(port: port, reason: "the server ended")
    }
  }

  /// Runs `body` while the server answers, and stops it afterwards whatever happened.
  package func stopping<Result: Sendable>(after body: () async throws -> Result) async throws -> Result {
    do {
      let result = try await body()
      await stop()
      return result
    } catch {
      await stop()
      throw error
    }
  }

  /// Returns when somebody stopped the server, or when it broke.
  package func waitUntilStopped() async {
    _ = await serving.result
  }

  /// Closes the port and all connections; returns when they are closed.
  package func stop() async {
    serving.cancel()
    await waitUntilStopped()
  }
}
