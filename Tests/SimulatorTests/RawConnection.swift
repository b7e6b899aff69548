import FlyingSocks
import Foundation
import Simulator

/// What a server said, as it said it: no redirect is followed, nothing is unpacked, and a cut is told as one.
struct RawAnswer {
  var status: Int
  /// By names in small letters.
  var headers: [String: String]
  /// The body as it was sent, which is one piece unless it came in chunks.
  var pieces: [[UInt8]] = []
  /// Whether the body came to the end that was announced.
  var isWhole = true

  var bytes: [UInt8] { pieces.flatMap(\.self) }
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// A connection to a server on 127.0.0.1, which takes one request after the other.
struct RawConnection: ~Copyable {
  struct NoAnswer: Error {}

  private let socket: AsyncSocket
  /// What was received and not read yet.
  private var received: ArraySlice<UInt8> = []

  init(port: Int) async throws {
    socket = try await AsyncSocket.connected(
      to: .inet(ip4: "127.0.0.1", port: UInt16(port)), pool: PromptPool(), timeout: 60)
  }

  deinit {
    try? socket.close()
  }

  mutating func ask(
    _ target: String, _ method: String = "GET", headers: [(String, String)] = [], body: String? = nil,
    version: String = "HTTP/1.1"
  ) async throws -> RawAnswer {
    var lines = ["\(method) \(target) \(version)", "Host: 127.0.0.1:\(try port)"]
    lines += headers.map { "\($0): \($1)" }
    if let body { lines.append("Content-Length: \(body.utf8.count)") }
    try await send(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
    return try await answer(to: method)
  }

  func send(_ text: String) async throws {
    try await socket.write(Data(text.utf8))
  }

  mutating func answer(to method: String = "GET") async throws -> RawAnswer {
    guard let first = try await line(), let status = Int(first.dropFirst("HTTP/1.1 ".count).prefix(3)) else {
      throw NoAnswer()
    }
    var answer = RawAnswer(status: status, headers: [:])
    while let line = try await line(), !line.isEmpty {
      let halves = line.split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)
      answer.headers[halves[0].lowercased()] = String(halves[1])
    }
    if method == "HEAD" { return answer }
    if let length = answer.headers["content-length"].flatMap({ Int($0) }) {
      answer.isWhole = try await read(length, into: &answer)
    } else if answer.headers["transfer-encoding"] == "chunked" {
      repeat {
        guard let size = try await line().flatMap({ Int($0, radix: 16) }) else {
          answer.isWhole = false
          break
        }
        answer.isWhole = try await read(size, into: &answer)
        // A chunk ends with its line, and the last one with an empty line after no bytes.
        _ = try await line()
        if size == 0 { break }
      } while answer.isWhole
    }
    return answer
  }

  private var port: UInt16 {
    get throws {
      guard case .ip4(_, let port) = try socket.socket.remotePeer() else { throw NoAnswer() }
      return port
    }
  }

  /// A piece of a body into an answer; false when the connection ended before.
  private mutating func read(_ count: Int, into answer: inout RawAnswer) async throws -> Bool {
    while received.count < count {
      guard try await receive() else { break }
    }
    let piece = received.prefix(count)
    received = received.dropFirst(count)
    if !piece.isEmpty { answer.pieces.append(Array(piece)) }
    return piece.count == count
  }

  /// The next line without its end; nil when the connection ended before.
  private mutating func line() async throws -> String? {
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        defer { received = received[(end + 1)...] }
        return String(decoding: received[..<end], as: UTF8.self).trimmingCharacters(in: ["\r"])
      }
      guard try await receive() else { return nil }
    }
  }

  /// False when the connection ended.
  private mutating func receive() async throws -> Bool {
    do {
      received += try await socket.read(atMost: 4096)
      return true
    } catch SocketError.disconnected {
      return false
    } catch SocketError.failed(_, ECONNRESET, _) {
      return false
    }
  }
}
