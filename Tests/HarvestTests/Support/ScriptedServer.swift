import Foundation
import HTTPTypes
import Harvest
import Hummingbird
import Logging

/// What a scripted server answers.
struct Reply: Sendable {
  enum Ending: Sendable {
    case whole
    /// The connection is closed before the body's end.
    case dropped
    /// Nothing more comes, and the connection stays open.
    case silent
  }

  var status = 200
  var headers: [String: String] = ["Content-Type": "application/json"]
  var chunks: [[UInt8]] = []
  var ending = Ending.whole

  static func json(_ text: String, status: Int = 200, ending: Ending = .whole) -> Reply {
    Reply(status: status, chunks: [Array(text.utf8)], ending: ending)
  }

  static func page(_ text: String, type: String, status: Int = 200) -> Reply {
    Reply(status: status, headers: ["Content-Type": type], chunks: [Array(text.utf8)])
  }
}

/// What it was asked.
struct Asked: Sendable {
  var path: String
  /// As it was written, without the `?`.
  var query = ""
  var headers: [String: String]
}

private struct Dropped: Error {}

/// Runs a real HTTP server on a loopback port for as long as `use` takes; `use` gets its base url.
func withServer<Result: Sendable>(
  _ reply: @escaping @Sendable (Asked) async -> Reply, _ use: (String) async throws -> Result
) async throws -> Result {
  let (ports, running) = AsyncStream.makeStream(of: Int.self)
  let responder = CallbackResponder<BasicRequestContext> { request, _ in
    let headers = request.headers.map { ($0.name.canonicalName, $0.value) }
    let reply = await reply(
      Asked(
        path: request.uri.path, query: request.uri.query ?? "", headers: Dictionary(headers) { first, _ in first }))
    var fields = HTTPFields()
    for (name, value) in reply.headers {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    let body = ResponseBody { writer in
      for chunk in reply.chunks { try await writer.write(ByteBuffer(bytes: chunk)) }
      switch reply.ending {
      case .whole: try await writer.finish(nil)
      case .dropped: throw Dropped()
      case .silent: try await Task.sleep(for: .seconds(3600))
      }
    }
    return Response(status: .init(code: reply.status), headers: fields, body: body)
  }
  var application = Application(
    responder: responder, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
    onServerRunning: { channel in running.yield(channel.localAddress?.port ?? 0) })
  application.logger.logLevel = .critical
  return try await withThrowingTaskGroup(of: Void.self) { [application] group in
    group.addTask { try await application.runService(gracefulShutdownSignals: []) }
    defer { group.cancelAll() }
    for await port in ports { return try await use("http://127.0.0.1:\(port)/v1") }
    throw Dropped()
  }
}

/// The same, with a door to what lies below `path`.
func withLiveDoor<Result: Sendable>(
  below path: String = "/v1", limits: LiveLimits = LiveLimits(), _ reply: @escaping @Sendable (Asked) async -> Reply,
  _ use: (AnswerDoor) async throws -> Result
) async throws -> Result {
  try await withServer(reply) { base in
    let door = try AnswerDoor.live(
      base: base.dropLast("/v1".count) + path, version: "1.2.3", limits: limits)
    do {
      let result = try await use(door)
      await door.close()
      return result
    } catch {
      await door.close()
      throw error
    }
  }
}
