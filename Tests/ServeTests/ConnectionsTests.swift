import Testing

@testable import Serve

/// Connections: how many there may be, and how long each may be silent.
@Suite struct ConnectionsTests {
  private static let start = ContinuousClock.now

  private static func sleeping() -> Task<Void, Never> {
    Task { try? await Task.sleep(for: .seconds(86_400)) }
  }

  @Test("where there are too many, the one that was silent for longest makes room, and no other one")
  func room() async throws {
    let connections = Connections()
    var tasks: [Int: Task<Void, Never>] = [:]
    for second in 0..<Connections.most {
      let number = try #require(connections.open(now: Self.start + .seconds(second)))
      tasks[number] = Self.sleeping()
      connections.started(number, try #require(tasks[number]))
    }
    connections.turned(1, to: .answering, now: Self.start)
    let next = try #require(connections.open(now: Self.start + .seconds(1000)))
    #expect(next == Connections.most + 1)
    #expect(tasks.filter { $0.value.isCancelled }.map(\.key) == [2])
    connections.closed(2)
    for number in tasks.keys { connections.turned(number, to: .answering, now: Self.start) }
    connections.turned(next, to: .sending, now: Self.start)
    #expect(connections.open(now: Self.start) == nil)
    for task in tasks.values { task.cancel() }
  }

  @Test("each state has its own patience, and an answer being made has no end here")
  func patience() throws {
    let connections = Connections()
    let states: [Connections.State] = [.silent, .asking, .answering, .sending]
    let tasks = try states.map { state in
      let number = try #require(connections.open(now: Self.start))
      let task = Self.sleeping()
      connections.started(number, task)
      connections.turned(number, to: state, now: Self.start)
      return task
    }
    func cancelled(after seconds: Int) -> [Bool] {
      connections.reap(ConnectionLimits(), now: Self.start + .seconds(seconds))
      return tasks.map(\.isCancelled)
    }
    #expect(cancelled(after: 10) == [false, false, false, false])
    #expect(cancelled(after: 11) == [false, true, false, false])
    #expect(cancelled(after: 31) == [false, true, false, true])
    #expect(cancelled(after: 61) == [true, true, false, true])
    #expect(cancelled(after: 86_400) == [true, true, false, true])
    tasks[2].cancel()
  }

  @Test("at the end what is being answered goes on, the others end, and nobody comes in")
  func end() async throws {
    let connections = Connections()
    let (silent, busy) = (try #require(connections.open()), try #require(connections.open()))
    let tasks = (Self.sleeping(), Self.sleeping())
    connections.started(silent, tasks.0)
    connections.started(busy, tasks.1)
    connections.turned(busy, to: .answering)
    let stopped = Task { await connections.stop() }
    while !tasks.0.isCancelled { await Task.yield() }
    #expect(!tasks.1.isCancelled && connections.isStopping)
    #expect(connections.open() == nil)
    #expect(!connections.turned(busy, to: .silent))
    connections.closed(silent)
    connections.closed(busy)
    await stopped.value
    tasks.1.cancel()
  }

  @Test("packed bodies are those of gzip, also when they lie in a file")
  func packing() throws {
    let bytes = (0..<400_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    let file = try TemporaryFile()
    try file.append(bytes)
    guard case .bytes(let packed) = try Packing.packed(.bytes(bytes)),
      case .file(let packedFile) = try Packing.packed(.file(file))
    else {
      Issue.record("what was packed is of another kind")
      return
    }
    #expect(packed.starts(with: [0x1F, 0x8B]) && packed.count < bytes.count / 10)
    #expect(try packedFile.bytes(at: 0, upTo: packedFile.count).starts(with: [0x1F, 0x8B]))
    // The last four bytes are the length, the four before them a checksum of what was packed.
    #expect(packed.suffix(8) == (try packedFile.bytes(at: packedFile.count - 8, upTo: 8))[...])
    #expect(packed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) } == bytes.count)
  }
}
