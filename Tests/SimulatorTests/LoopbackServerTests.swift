import FlyingSocks
import Simulator
import Testing

/// What the server under the simulated APIs does with requests that no API sees so.
@Suite struct LoopbackServerTests {
  /// A server that answers with what it was asked.
  private func withEcho(_ body: (LoopbackServer) async throws -> Void) async throws {
    let server = try await LoopbackServer.start { request in
      let lines = [request.method, request.path, request.query, request.headers["x-one"] ?? "none"]
      let text = lines.joined(separator: "\n") + "\n" + (request.body.map { "\($0.count) bytes" } ?? "too much")
      return SimulatedAnswer(status: 200, pieces: [Array(text.utf8)], length: text.utf8.count)
    }
    try await server.stopping { try await body(server) }
  }

  @Test("paths and queries arrive as they were written, headers whatever their spelling")
  func asWritten() async throws {
    try await withEcho { server in
      var connection = try await RawConnection(port: server.port)
      let first = try await connection.ask(
        "/v1//a%2Fb/../%C3%BC%20?size=1&size=&x&=y%26z?", headers: [("X-ONE", "A b"), ("x-two", "")])
      #expect(first.text == "GET\n/v1//a%2Fb/../%C3%BC%20\nsize=1&size=&x&=y%26z?\nA b\n0 bytes")
      #expect(try await connection.ask("/?").text == "GET\n/\n\nnone\n0 bytes")
    }
  }

  @Test(
    "requests can follow each other on a connection, whatever became of their bodies", arguments: [3, 5000, 3_000_000])
  func following(size: Int) async throws {
    try await withEcho { server in
      var connection = try await RawConnection(port: server.port)
      let told = size > 1_048_576 ? "too much" : "\(size) bytes"
      for _ in 0..<2 {
        let answer = try await connection.ask("/", "POST", body: String(repeating: "x", count: size))
        #expect(answer.text == "POST\n/\n\nnone\n\(told)")
      }
      try await connection.send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n")
      #expect(try await connection.answer().text == "GET\n/1\n\nnone\n0 bytes")
      #expect(try await connection.answer().text == "GET\n/2\n\nnone\n0 bytes")
    }
  }

  @Test("clients that go away, and what is no request, leave the server answering")
  func goingAway() async throws {
    let server = try await LoopbackServer.start { _ in
      SimulatedAnswer(status: 200, pieces: Array(repeating: [UInt8](repeating: 0, count: 65_536), count: 200))
    }
    try await server.stopping {
      for text in ["GET / HTTP/1.1\r\n\r\n", "GET /half", "\u{0}\r\n\r\n", ""] {
        for _ in 0..<10 { try await RawConnection(port: server.port).send(text) }
      }
      var connection = try await RawConnection(port: server.port)
      let answer = try await connection.ask("/")
      #expect(answer.isWhole && answer.bytes.count == 200 * 65_536)
    }
  }

  @Test("HEAD of a body without a length says so and closes the connection")
  func headWithoutLength() async throws {
    let server = try await LoopbackServer.start { _ in SimulatedAnswer(status: 200, pieces: [[1, 2, 3]]) }
    try await server.stopping {
      var connection = try await RawConnection(port: server.port)
      let answer = try await connection.ask("/", "HEAD")
      #expect(answer.headers["transfer-encoding"] == "chunked" && answer.headers["content-length"] == nil)
      await #expect(throws: RawConnection.NoAnswer.self) { try await connection.answer() }
    }
  }

  @Test("a stop does not wait for a client that reads nothing, nor for one that asks nothing")
  func stopping() async throws {
    let server = try await LoopbackServer.start { _ in
      SimulatedAnswer(status: 200, pieces: Array(repeating: [UInt8](repeating: 0, count: 65_536), count: 2000))
    }
    let silent = try await RawConnection(port: server.port)
    let stuck = try await RawConnection(port: server.port)
    try await stuck.send("GET / HTTP/1.1\r\n\r\n")
    await server.stop()
    await #expect(throws: SocketError.self) { _ = try await RawConnection(port: server.port) }
    _ = consume silent
    _ = consume stuck
  }

  @Test("who is cancelled while the server starts gets no server, and the port is free")
  func cancelled() async throws {
    try await withEcho { server in
      let port = server.port
      await server.stop()
      let starting = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await LoopbackServer.start(port: port) { _ in SimulatedAnswer(status: 200, pieces: []) }
      }
      await #expect(throws: CancellationError.self) { try await starting.value }
      await (try LoopbackServer.start(port: port) { _ in SimulatedAnswer(status: 200, pieces: []) }).stop()
    }
  }
}
