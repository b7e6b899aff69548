import Foundation
import Harvest
import Synchronization

#if canImport(Darwin)
  private let stream = SOCK_STREAM
  private let withoutSignal: Int32 = 0
#else
  private let stream = Int32(SOCK_STREAM.rawValue)
  private let withoutSignal = Int32(MSG_NOSIGNAL)
#endif

/// A server of a few system calls, for what no server of a library would do. Each connection has a thread.
final class RawServer: Sendable {
  struct NoSocket: Error {}

  /// One connection.
  struct Caller: Sendable {
    fileprivate let descriptor: Int32

    /// What is sent next, up to the empty line; nil when the connection is closed.
    func head() -> String? {
      var bytes: [UInt8] = []
      while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
        guard let byte = receive(atMost: 1)?.first else { return nil }
        bytes.append(byte)
      }
      return String(decoding: bytes, as: UTF8.self)
    }

    /// Nil when the connection is closed.
    func receive(atMost count: Int) -> [UInt8]? {
      var bytes = [UInt8](repeating: 0, count: count)
      let received = recv(descriptor, &bytes, count, 0)
      return received > 0 ? Array(bytes.prefix(received)) : nil
    }

    /// Waits until there is room; false when the connection is closed.
    @discardableResult
    func say(_ bytes: [UInt8]) -> Bool {
      var rest = bytes[...]
      while !rest.isEmpty {
        let sent = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, withoutSignal) }
        guard sent > 0 else { return false }
        rest = rest.dropFirst(sent)
      }
      return true
    }

    @discardableResult
    func say(_ text: String) -> Bool { say(Array(text.utf8)) }

    @discardableResult
    func answer(_ json: String, status: String = "200 OK") -> Bool {
      say("HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n\r\n" + json)
    }
  }

  let port: Int
  private let listener: Int32
  /// Nil when the server has ended.
  private let callers = Mutex<[Int32]?>([])
  private let connections = Mutex(0)

  /// - Parameter serve: has one connection for as long as it runs.
  init(_ serve: @escaping @Sendable (Caller) -> Void) throws {
    let listener = socket(AF_INET, stream, 0)
    self.listener = listener
    var address = RawServer.loopback(port: 0)
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 && listen(listener, 50) == 0
      }
    }
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isNamed = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) == 0 }
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    guard isBound, isNamed else { throw NoSocket() }
    Thread { [self] in welcome(serve) }.start()
  }

  /// How many there were.
  var accepted: Int { connections.withLock { $0 } }

  /// Ends every connection, and with them the threads.
  func end() {
    callers.withLock { callers in
      for caller in callers ?? [] { _ = shutdown(caller, Int32(SHUT_RDWR)) }
      callers = nil
    }
    // Its thread closes the socket itself, lest it accept on another one that has got the same number. This wakes it.
    if let caller = RawServer.call(port: port) { close(caller.descriptor) }
  }

  private func welcome(_ serve: @escaping @Sendable (Caller) -> Void) {
    while true {
      let descriptor = accept(listener, nil, nil)
      guard descriptor >= 0, callers.withLock({ $0?.append(descriptor) }) != nil else {
        close(descriptor)
        close(listener)
        return
      }
      RawServer.quiet(descriptor)
      connections.withLock { $0 += 1 }
      Thread { [self] in
        serve(Caller(descriptor: descriptor))
        callers.withLock { $0?.removeAll { $0 == descriptor } }
        close(descriptor)
      }.start()
    }
  }

  /// A connection to a port of this machine.
  static func call(port: Int) -> Caller? {
    let descriptor = socket(AF_INET, stream, 0)
    quiet(descriptor)
    var address = loopback(port: port)
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    return isConnected ? Caller(descriptor: descriptor) : nil
  }

  private static func loopback(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  private static func quiet(_ descriptor: Int32) {
    #if canImport(Darwin)
      var yes: Int32 = 1
      setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
    #endif
  }
}

extension RawServer.Caller {
  /// Copies what comes on one connection to the other, until that ends.
  func copy(to other: RawServer.Caller) {
    while let bytes = receive(atMost: 65_536), other.say(bytes) {}
    shutdown(other.descriptor, Int32(SHUT_WR))
  }

  func hangUp() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}

/// Runs it for as long as `use` takes.
func withRawServer<Result>(
  _ serve: @escaping @Sendable (RawServer.Caller) -> Void, _ use: (RawServer) async throws -> Result
) async throws -> Result {
  let server = try RawServer(serve)
  defer { server.end() }
  return try await use(server)
}

/// The same, with a door to it.
func withRawDoor<Result>(
  limits: LiveLimits = LiveLimits(), _ serve: @escaping @Sendable (RawServer.Caller) -> Void,
  _ use: (AnswerDoor) async throws -> Result
) async throws -> Result {
  try await withRawServer(serve) { server in
    try await withDoor(
      try AnswerDoor.live(base: "http://127.0.0.1:\(server.port)/v1", version: "1", limits: limits), use)
  }
}

/// Closes it afterwards.
func withDoor<Result>(_ door: AnswerDoor, _ use: (AnswerDoor) async throws -> Result) async throws -> Result {
  do {
    let result = try await use(door)
    await door.close()
    return result
  } catch {
    await door.close()
    throw error
  }
}
