import Foundation

/// Asks a server in the bytes that a test says, also in those that no client would send.
struct Plug {
  let port: Int

  struct Reply: Equatable {
    var status: Int
    /// By names in small letters.
    var headers: [String: String]
    var body: Data

    var text: String { String(decoding: body, as: UTF8.self) }
  }

  struct Failed: Error {
    var what: String
  }

  /// - Parameter headers: beside `Host` and the wish to close, unless they are among them.
  func get(_ target: String, method: String = "GET", _ headers: [String: String] = [:], body: String = "") throws
    -> Reply
  {
    var all = ["Host": "127.0.0.1:\(port)", "Connection": "close"].merging(headers) { $1 }
    if !body.isEmpty { all["Content-Length"] = "\(body.utf8.count)" }
    let fields = all.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined()
    return try reply(to: "\(method) \(target) HTTP/1.1\r\n\(fields)\r\n\(body)")
  }

  /// What comes until the server closes the connection.
  func reply(to text: String) throws -> Reply {
    let socket = try connect()
    defer { close(socket) }
    try send(text, to: socket)
    return try Plug.reply(in: try rest(of: socket))
  }

  /// A connection that is there to be held open.
  func connect() throws -> Int32 {
    #if canImport(Glibc)
      let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let number = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard number >= 0, result == 0 else { throw Failed(what: "connect") }
    // Of a server that does not answer.
    var patience = timeval(tv_sec: 120, tv_usec: 0)
    setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    return number
  }

  func send(_ text: String, to socket: Int32) throws {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let sent = bytes.withUnsafeBytes { Foundation.send(socket, $0.baseAddress, $0.count, 0x4000) }
      // A server that has read enough may close before it has read all.
      guard sent > 0 else { return }
      bytes = bytes.dropFirst(sent)
    }
  }

  func rest(of socket: Int32) throws -> Data {
    var all = Data()
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(socket, &piece, piece.count, 0)
      if count <= 0 { return all }
      all.append(contentsOf: piece[..<count])
    }
  }

  static func reply(in data: Data) throws -> Reply {
    guard let end = data.range(of: Data("\r\n\r\n".utf8)) else {
      throw Failed(what: "no answer: " + String(decoding: data, as: UTF8.self))
    }
    let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      headers[parts[0].lowercased()] = parts.count > 1 ? parts[1] : ""
    }
    let status = lines.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
    return Reply(status: status, headers: headers, body: Data(data[end.upperBound...]))
  }
}

extension Workplace {
  /// A server of this folder's ledger, as long as `body` runs.
  func serving<Result>(
    _ arguments: String..., environment: [String: String] = [:], _ body: (Plug) async throws -> Result
  ) async throws -> Result {
    let (server, plug) = try await startServer(arguments, environment: environment)
    do {
      let result = try await body(plug)
      server.send(signal: SIGTERM)
      _ = try await server.finished()
      return result
    } catch {
      server.send(signal: SIGTERM)
      throw error
    }
  }

  /// Returns when it has said where it listens.
  func startServer(_ arguments: [String], environment: [String: String] = [:]) async throws -> (Started, Plug) {
    let server = try start(["serve", "--port", "0"] + arguments, environment: environment)
    while server.isRunning {
      if let port = try server.saidSoFar().firstMatch(of: /serving .* at http:\/\/\S+:(\d+)/)?.1, let number = Int(port)
      {
        return (server, Plug(port: number))
      }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw Plug.Failed(what: "it ended: " + (try await server.finished()).err)
  }
}
