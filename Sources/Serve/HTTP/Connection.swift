import FlyingSocks
import Foundation

/// One connection: requests one after another, each answered before the next is read.
struct Connection: Sendable {
  let number: Int
  let socket: AsyncSocket
  let connections: Connections
  let client: String
  let answer: @Sendable (Asked) async -> Answered

  private static let piece = 262_144

  func run() async {
    var bytes: [UInt8] = []
    var goesOn = true
    do {
      while goesOn, connections.turned(number, to: .silent) {
        goesOn = try await exchange(&bytes)
      }
    } catch {
      // Whoever asked went away, was silent for too long, or everything ends.
    }
    try? socket.close()
    connections.closed(number)
  }

  /// Reads a request and answers it.
  ///
  /// - Returns: whether another one may follow.
  private func exchange(_ bytes: inout [UInt8]) async throws -> Bool {
    let asked: Asked
    do {
      guard let read = try await request(&bytes) else { return false }
      asked = read
    } catch let refusal as RequestHead.Refusal {
      try await send(Problem(refusal).answered, closing: true)
      await linger()
      return false
    }
    connections.turned(number, to: .answering)
    let answered = await answer(asked)
    let closing = asked.closesAfterwards || answered.closes || connections.isStopping
    try await send(answered, closing: closing)
    return !closing
  }

  /// Nil when the client has no more to ask.
  private func request(_ bytes: inout [UInt8]) async throws -> Asked? {
    while true {
      switch try RequestHead.read(bytes, from: client) {
      case .more:
        guard try await readMore(&bytes) else { return nil }
      case .head(var asked, let length, let bodyLength):
        while bytes.count < length + bodyLength {
          guard try await readMore(&bytes) else { return nil }
        }
        asked.body = Array(bytes[length..<(length + bodyLength)])
        bytes.removeFirst(length + bodyLength)
        return asked
      }
    }
  }

  private func readMore(_ bytes: inout [UInt8]) async throws -> Bool {
    let isFirst = bytes.isEmpty
    let more: [UInt8]
    do {
      more = try await socket.read(atMost: 4096)
    } catch SocketError.disconnected {
      return false
    }
    if more.isEmpty { return false }
    // From its first byte on, all of it has to come soon.
    if isFirst { connections.turned(number, to: .asking) }
    bytes += more
    return true
  }

  private func send(_ answered: Answered, closing: Bool) async throws {
    connections.turned(number, to: .sending)
    let date = FieldDate.text(Int(Date().timeIntervalSince1970))
    var first = Data(answered.head(date: date, closing: closing).utf8)
    guard !answered.isHead, answered.body.count > 0 else { return try await socket.write(first) }
    switch answered.body {
    case .bytes(let bytes):
      // In one piece where it fits, so that a small answer is one packet.
      var rest = bytes[...]
      first.append(contentsOf: rest.prefix(Connection.piece))
      rest = rest.dropFirst(Connection.piece)
      try await socket.write(first)
      while !rest.isEmpty {
        connections.turned(number, to: .sending)
        try await socket.write(Data(rest.prefix(Connection.piece)))
        rest = rest.dropFirst(Connection.piece)
      }
    case .file(let file):
      try await socket.write(first)
      var offset = 0
      let count = file.count
      while offset < count {
        let bytes = try file.bytes(at: offset, upTo: min(Connection.piece, count - offset))
        guard !bytes.isEmpty else { throw SocketError.disconnected }
        connections.turned(number, to: .sending)
        try await socket.write(Data(bytes))
        offset += bytes.count
      }
    }
  }

  /// Reads a while what the client still sends: to close at once would make its system forget our answer.
  private func linger() async {
    shutdown(socket.socket.file.rawValue, Int32(SHUT_WR))
    connections.turned(number, to: .asking)
    var left = 1 << 20
    while left > 0, let more = try? await socket.read(atMost: 4096), !more.isEmpty { left -= more.count }
  }
}
