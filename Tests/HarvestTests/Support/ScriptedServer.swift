import Foundation
import Harvest
import Runs
import Simulator

/// What a scripted server answers.
struct Reply: Sendable {
  typealias Ending = SimulatedAnswer.Ending

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
  var method = "GET"
  /// As text; empty where there was none.
  var body = ""
}

/// Runs a real HTTP server on a loopback port for as long as `use` takes; `use` gets its base url.
func withServer<Result: Sendable>(
  _ reply: @escaping @Sendable (Asked) async -> Reply, _ use: (String) async throws -> Result
) async throws -> Result {
  let server = try await LoopbackServer.start { request in
    let reply = await reply(
      Asked(
        path: request.path, query: request.query, headers: request.headers, method: request.method,
        body: String(decoding: request.body ?? [], as: UTF8.self)))
    return SimulatedAnswer(
      status: reply.status, headers: reply.headers, pieces: reply.chunks,
      length: reply.headers["Content-Length"].flatMap { Int($0) }, ending: reply.ending)
  }
  return try await server.stopping { try await use("http://127.0.0.1:\(server.port)/v1") }
}

/// The same, with a door to what lies below `path`.
/// - Parameter now: by the server's clock, where an answer names no date.
func withLiveDoor<Result: Sendable>(
  below path: String = "/v1", limits: LiveLimits = LiveLimits(), now: String = MeshBodies.now,
  _ reply: @escaping @Sendable (Asked) async -> Reply, _ use: (AnswerDoor) async throws -> Result
) async throws -> Result {
  let format = DateFormatter()
  format.locale = Locale(identifier: "en_US_POSIX")
  format.timeZone = TimeZone(identifier: "GMT")
  format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
  let instant = try Instant(rfc3339: now)
  let date = format.string(from: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
  return try await withServer { asked in
    var answer = await reply(asked)
    answer.headers["Date"] = answer.headers["Date"] ?? date
    return answer
  } _: { base in
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
