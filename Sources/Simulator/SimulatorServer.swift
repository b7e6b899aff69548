import Foundation
import Hummingbird
import Logging
import NIOCore

/// The simulated API on 127.0.0.1, over real HTTP.
///
///     try await SimulatorServer.withRunning(clock: SimulatorClock(at: SimulatorDefaults.now)) { server in
///       // GET server.url + "/runners" with "Authorization: Bearer simulated-token"
///     }
public struct SimulatorServer: Sendable {
  /// The port that it listens on, also when any free one was asked for.
  public let port: Int
  /// What a source is configured with, such as `http://127.0.0.1:40123/v1`.
  public let url: String

  private let log: RequestLog
  private let serving: Task<Void, Never>

  /// What was asked so far, in order, as `GET /v1/runners`.
  public var requests: [String] { log.all }
  public var requestCount: Int { log.count }

  /// Starts listening and returns when requests are answered; ``stop()`` ends it.
  ///
  /// - Parameters:
  ///   - port: 0 takes any free one.
  ///   - basePath: what comes before `/runners`.
  /// - Throws: ``SimulatorError``, such as a port that is in use.
  public static func start(
    world: NodionWorld = NodionWorld(), clock: SimulatorClock, token: String = SimulatorDefaults.token, port: Int = 0,
    basePath: String = "/v1"
  ) async throws -> SimulatorServer {
    guard (0...65_535).contains(port) else { throw SimulatorError.noSuchPort(port) }
    let path = "/" + basePath.split(separator: "/").joined(separator: "/")
    let base = path == "/" ? "" : path
    let api = NodionAPI(world: world, clock: clock, token: token, basePath: base)
    let log = RequestLog()
    let (listening, announce) = AsyncThrowingStream<Int, any Error>.makeStream()
    let application = Application(
      responder: CallbackResponder<BasicRequestContext> { request, _ in
        log.add("\(request.method.rawValue) \(request.uri.path)")
        return await api.answer(to: request)
      },
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
      onServerRunning: { channel in announce.yield(channel.localAddress?.port ?? port) },
      logger: Logger(label: "simulator", factory: { _ in SwiftLogNoOpLogHandler() }))

    // It outlives this call, so no task group can hold it; `withRunning` is the structured way.
    let serving = Task {
      do {
        try await application.run()
        announce.finish()
      } catch {
        announce.finish(throwing: error)
      }
    }
    do {
      for try await port in listening {
        return SimulatorServer(port: port, url: "http://127.0.0.1:\(port)\(base)", log: log, serving: serving)
      }
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw SimulatorError.portInUse(port)
    } catch {
      throw SimulatorError.cannotListen(port: port, reason: "\(error)")
    }
    // The stream ends without a port only when the caller was cancelled while it waited.
    serving.cancel()
    throw CancellationError()
  }

  /// Runs `body` while the server answers, and stops it afterwards whatever happened.
  public static func withRunning<Result: Sendable>(
    world: NodionWorld = NodionWorld(), clock: SimulatorClock, token: String = SimulatorDefaults.token, port: Int = 0,
    basePath: String = "/v1", _ body: (SimulatorServer) async throws -> Result
  ) async throws -> Result {
    let server = try await start(world: world, clock: clock, token: token, port: port, basePath: basePath)
    do {
      let result = try await body(server)
      await server.stop()
      return result
    } catch {
      await server.stop()
      throw error
    }
  }

  /// Returns when somebody stopped the server, or when it broke.
  public func waitUntilStopped() async {
    await serving.value
  }

  /// Closes the port; returns when it is closed.
  public func stop() async {
    serving.cancel()
    await serving.value
  }
}
