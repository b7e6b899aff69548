import Foundation
import Harvest
import Runs
import Synchronization
import Testing

/// How an answer gets from a socket to whoever reads it, and how it ends.
@Suite(.timeLimit(.minutes(60))) struct TransferTests {
  private static let request = AnswerRequest(["runners"])
  private static let start = "HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n"

  @Test("whoever reads slowly slows the sender down, and gets everything")
  func backPressure() async throws {
    let sent = Mutex(0)
    func amount() -> Int { sent.withLock { $0 } }
    try await withRawDoor { caller in
      guard caller.head() != nil, caller.say(Self.start) else { return }
      let chunk = [UInt8](repeating: 0x20, count: 65_536)
      for _ in 0..<1024 where caller.say(chunk) { sent.withLock { $0 += chunk.count } }
    } _: { door in
      var body = try await door.fetch(Self.request).body.makeAsyncIterator()
      var read = try await body.next()?.count ?? 0
      var before = -1
      while amount() != before {
        before = amount()
        try await Task.sleep(for: .milliseconds(500))
      }
      // What was sent and not read is in the buffers of the system, which hold some megabytes.
      #expect(amount() < 33_554_432)
      while let chunk = try await body.next() { read += chunk.count }
      #expect(read == 67_108_864)
    }
  }

  @Test("a slow but steady answer has no limit, and the time that its reader takes is no silence")
  func slow() async throws {
    var limits = LiveLimits()
    limits.readSeconds = 2
    try await withRawDoor(limits: limits) { caller in
      guard caller.head() != nil, caller.say("HTTP/1.1 200 OK\r\nContent-Length: 8388614\r\n\r\n") else { return }
      for _ in 0..<6 {
        caller.say(" ")
        Thread.sleep(forTimeInterval: 0.5)
      }
      caller.say([UInt8](repeating: 0x20, count: 8_388_608))
    } _: { door in
      var body = try await door.fetch(Self.request).body.makeAsyncIterator()
      var read = 0
      while let chunk = try await body.next() {
        // Now the sender has to wait.
        if chunk.count > 1000, read < 1000 { try await Task.sleep(for: .seconds(4)) }
        read += chunk.count
      }
      #expect(read == 8_388_614)
    }
  }

  @Test("a drip of bytes is left after the time that anything may take without progress")
  func drip() async throws {
    var limits = LiveLimits()
    limits.patience = .seconds(1)
    let list = try await withRawDoor(limits: limits) { caller in
      guard caller.head() != nil, caller.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") else { return }
      while caller.say("1\r\n \r\n") { Thread.sleep(forTimeInterval: 0.1) }
    } _: { door in
      try await NodionSource(door: door).fetchRunners()
    }
    #expect(
      withoutPort(list.error?.problem)?.replacing(/[0-9]+ bytes/, with: "N bytes") == "HOST sent only N bytes in 1 s")
  }

  @Test("what a reader does not take is no drip")
  func slowReader() async throws {
    var limits = LiveLimits()
    limits.patience = .seconds(1)
    try await withRawDoor(limits: limits) { caller in
      guard caller.head() != nil, caller.say("HTTP/1.1 200 OK\r\nContent-Length: 8388608\r\n\r\n") else { return }
      caller.say([UInt8](repeating: 0x20, count: 8_388_608))
    } _: { door in
      var body = try await door.fetch(Self.request).body.makeAsyncIterator()
      var read = 0
      while let chunk = try await body.next() {
        if read == 0 { try await Task.sleep(for: .seconds(3)) }
        read += chunk.count
      }
      #expect(read == 8_388_608)
    }
  }

  @Test("requests of one door share a connection, and closing the door ends it")
  func reuse() async throws {
    let (ends, ended) = AsyncStream.makeStream(of: Void.self)
    try await withRawServer { caller in
      while caller.head() != nil { caller.answer(#"{"runners":[{"id":"a"}]}"#) }
      ended.yield()
    } _: { server in
      try await withDoor(.live(base: "http://127.0.0.1:\(server.port)/v1", version: "1")) { door in
        for _ in 0..<5 {
          let list = try await NodionSource(door: door).fetchRunners()
          #expect(list.runners.map(\.id) == ["a"])
        }
      }
      #expect(server.accepted == 1)
      #expect(await ends.first { _ in true } != nil)
    }
  }

  @Test("a kept connection that the server has closed meanwhile is no failure")
  func stale() async throws {
    let (ends, ended) = AsyncStream.makeStream(of: Void.self)
    try await withRawServer { caller in
      guard caller.head() != nil else { return }
      caller.answer(#"{"runners":[]}"#)
      caller.hangUp()
      ended.yield()
    } _: { server in
      try await withDoor(.live(base: "http://127.0.0.1:\(server.port)/v1", version: "1")) { door in
        for _ in 0..<3 {
          let list = try await NodionSource(door: door).fetchRunners()
          #expect(list.error == nil)
          #expect(await ends.first { _ in true } != nil)
        }
      }
      #expect(server.accepted == 3)
    }
  }

  /// Where a transfer may be when it is ended.
  enum Moment: CaseIterable, Sendable {
    case beforeHead, insideBody
  }

  /// A server that falls silent there; `asked` gets a value with each request and `left` when the other side goes.
  private func withSilence(
    _ moment: Moment, _ use: (AnswerDoor, _ asked: AsyncStream<Void>, _ left: AsyncStream<Void>) async throws -> Void
  ) async throws {
    let (requests, asked) = AsyncStream.makeStream(of: Void.self)
    let (departures, left) = AsyncStream.makeStream(of: Void.self)
    try await withRawDoor { caller in
      guard caller.head() != nil else { return }
      if moment == .insideBody { caller.say(Self.start + "{") }
      asked.yield()
      if caller.receive(atMost: 1) == nil { left.yield() }
    } _: { door in
      try await use(door, requests, departures)
    }
  }

  @Test("whoever is cancelled in a silence stops at once, and the transfer with it", arguments: Moment.allCases)
  func cancellation(moment: Moment) async throws {
    try await withSilence(moment) { door, asked, left in
      let reading = Task {
        for try await _ in try await door.fetch(Self.request).body {}
      }
      _ = await asked.first { _ in true }
      reading.cancel()
      await #expect(throws: CancellationError.self) { try await reading.value }
      #expect(await left.first { _ in true } != nil)
    }
  }

  @Test("whoever was cancelled before asks nothing")
  func cancelledBefore() async throws {
    try await withRawServer { _ in
    } _: { server in
      try await withDoor(.live(base: "http://127.0.0.1:\(server.port)/v1", version: "1")) { door in
        let asking = Task {
          while !Task.isCancelled { await Task.yield() }
          return try await door.fetch(Self.request)
        }
        asking.cancel()
        await #expect(throws: CancellationError.self) { _ = try await asking.value }
      }
    }
  }

  @Test("an answer that nobody reads to its end ends its transfer")
  func abandoned() async throws {
    try await withSilence(.insideBody) { door, _, left in
      var body = try await door.fetch(Self.request).body.makeAsyncIterator()
      #expect(try await body.next() == [0x7B])
      _ = consume body
      #expect(await left.first { _ in true } != nil)
    }
  }

  @Test("a door that is closed ends what is under way, and lets nothing more through", arguments: Moment.allCases)
  func closing(moment: Moment) async throws {
    try await withSilence(moment) { door, asked, left in
      let reading = Task {
        for try await _ in try await door.fetch(Self.request).body {}
      }
      _ = await asked.first { _ in true }
      await door.close()
      #expect(await left.first { _ in true } != nil)
      let reason = HarvestError.Reason.connectionFailed("it was closed on this side")
      let error = await #expect(throws: HarvestError.self) { try await reading.value }
      #expect(error?.reason == reason)
      let late = await #expect(throws: HarvestError.self) { _ = try await door.fetch(Self.request) }
      #expect(late?.reason == reason)
      await door.close()
    }
  }

  @Test(
    "an answer that is none, or breaks off, is told as what it is",
    arguments: [
      ("", "the connection to HOST failed: it was closed without an answer"),
      ("SSH-2.0-OpenSSH_9.2\r\n", "the connection to HOST failed: Unsupported protocol"),
      ("HTTP/1.1 200 OK\r\nContent-", "the connection to HOST failed: it was closed without an answer"),
      ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "the answer of HOST was cut off after 0 bytes"),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{", "the answer of HOST was cut off after 1 bytes"),
      (
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "the connection to HOST failed: its answer is packed in a way that was not asked for"
      ),
    ])
  func broken(text: String, problem: String) async throws {
    let list = try await withRawDoor { caller in
      guard caller.head() != nil else { return }
      caller.say(text)
    } _: { door in
      try await NodionSource(door: door).fetchRunners()
    }
    #expect(withoutPort(list.error?.problem) == problem)
  }

  @Test("a host that accepts a connection and does not prove who it is has the time to connect and no more")
  func handshake() async throws {
    var limits = LiveLimits()
    limits.connectSeconds = 2
    try await withRawServer { caller in
      while caller.receive(atMost: 1000) != nil {}
    } _: { server in
      try await withDoor(.live(base: "https://127.0.0.1:\(server.port)/v1", version: "1", limits: limits)) { door in
        let list = try await NodionSource(door: door).fetchRunners()
        #expect(withoutPort(list.error?.problem) == "no secure connection to HOST: the handshake took too long")
      }
    }
  }

  @Test("a host that goes away in the middle of a handshake says nothing of its certificate")
  func goneInHandshake() async throws {
    try await withRawServer { caller in
      _ = caller.receive(atMost: 1)
    } _: { server in
      try await withDoor(.live(base: "https://127.0.0.1:\(server.port)/v1", version: "1")) { door in
        let list = try await NodionSource(door: door).fetchRunners()
        #expect(
          withoutPort(list.error?.problem) == "the connection to HOST failed: it was closed without an answer")
      }
    }
  }
}
