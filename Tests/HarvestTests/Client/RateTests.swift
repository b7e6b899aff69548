import Runs
import Synchronization
import Testing

@testable import Harvest

/// Hazard 33: every endpoint has a limit of its own.
@Suite(.timeLimit(.minutes(60))) struct RateTests {
  /// A door that notes when it was passed, and by whom.
  private final class Gatekeeper: Sendable {
    let passed = Mutex<[(path: String, at: Duration)]>([])
    let time: FakeTime

    init(_ time: FakeTime) {
      self.time = time
    }

    func door(_ answer: @escaping @Sendable (Int) -> (Int, [String: String]) = { _ in (200, [:]) }) -> AnswerDoor {
      AnswerDoor { request in
        let count = self.passed.withLock { passed in
          passed.append((request.path, self.time.elapsed))
          return passed.count
        }
        let place = HarvestError.Place.file(path: request.path)
        let (status, headers) = answer(count)
        return Answer(status: status, headers: headers, body: AnswerBody(from: place) { { nil } }, place: place)
      }
    }

    var times: [Duration] { passed.withLock { $0.map(\.at) } }
    var paths: [String] { passed.withLock { $0.map(\.path) } }
  }

  private let policy = RatePolicy(routes: ["list": Rate(3, per: .seconds(10))], other: Rate(1000, per: .seconds(10)))

  private func request(_ name: String, route: String = "list") -> AnswerRequest {
    AnswerRequest([name], route: route)
  }

  @Test("too many requests wait instead of failing, and no stretch of the window ever holds more than the rate")
  func window() async throws {
    let time = FakeTime()
    let keeper = Gatekeeper(time)
    let door = keeper.door().paced(by: policy, pace: time.pace)
    for index in 0..<100 {
      _ = try await door.fetch(request("\(index)"))
      // Requests come at all sorts of times.
      if index % 7 == 0 { try await time.pace.sleep(.milliseconds(index * 37 % 4000)) }
    }
    let times = keeper.times
    #expect(times.count == 100)
    for (index, time) in times.enumerated().dropFirst(3) { #expect(time - times[index - 3] > .seconds(10)) }
    // Half a second of each window is for the way to the vendor.
    #expect(try #require(times.last) < .seconds(34 * 10.5))
  }

  @Test("whoever waits longest goes first, and as many as are allowed go at once")
  func fairness() async throws {
    let time = FakeTime(turnsItself: false)
    let keeper = Gatekeeper(time)
    let door = keeper.door().paced(by: policy, pace: time.pace)
    for index in 0..<3 { _ = try await door.fetch(request("\(index)")) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 3..<9 {
        group.addTask { _ = try await door.fetch(request("\(index)")) }
        await time.untilSleeping(index - 2)
      }
      time.turn(by: .seconds(10.4))
      #expect(keeper.paths.count == 3 && time.sleeping == 6)
      time.turn(by: .seconds(0.1))
      while keeper.paths.count < 6 { await Task.yield() }
      #expect(Set(keeper.paths) == ["/0", "/1", "/2", "/3", "/4", "/5"] && time.sleeping == 3)
      time.turn(by: .seconds(10.5))
      try await group.waitForAll()
    }
    #expect(Set(keeper.paths.suffix(3)) == ["/6", "/7", "/8"])
  }

  @Test("routes count apart, and a route without a rate of its own has the common one")
  func routes() async throws {
    let time = FakeTime()
    let keeper = Gatekeeper(time)
    let door = keeper.door().paced(by: policy, pace: time.pace)
    for index in 0..<3 { _ = try await door.fetch(request("\(index)")) }
    for index in 0..<50 { _ = try await door.fetch(request("\(index)", route: "single")) }
    #expect(time.waits.isEmpty)
    _ = try await door.fetch(request("late"))
    #expect(time.waits == [.seconds(10.5)])
  }

  @Test("a route whose vendor asks to wait is left alone as a whole; a wait beyond all measure is not everybody's")
  func pause() async throws {
    let time = FakeTime()
    let keeper = Gatekeeper(time)
    let policy = RatePolicy(other: Rate(100, per: .seconds(1)))
    let door = keeper.door { [1: (429, ["retry-after": "7"]), 3: (429, ["retry-after": "86400"])][$0] ?? (200, [:]) }
      .paced(by: policy, pace: time.pace)
    for _ in 0..<4 { _ = try await door.fetch(request("x")) }
    #expect(keeper.times == [.zero, .seconds(7), .seconds(7), .seconds(7)])
  }

  @Test("a pause holds back those too who were waiting for their turn before it")
  func latePause() async throws {
    let time = FakeTime(turnsItself: false)
    let bucket = TokenBucket(Rate(1, per: .seconds(10)))
    try await bucket.take(by: time.pace)
    let second = Task {
      try await bucket.take(by: time.pace)
      return time.elapsed
    }
    await time.untilSleeping(1)
    bucket.pause(until: .seconds(30))
    time.turn(by: .seconds(10.5))
    await time.untilSleeping(1)
    time.turn(by: .seconds(19.5))
    #expect(try await second.value == .seconds(30))
    #expect(time.waits == [.seconds(10.5), .seconds(19.5)])
  }

  @Test("who is cancelled while waiting stops at once")
  func cancellation() async throws {
    let time = FakeTime(turnsItself: false)
    let door = Gatekeeper(time).door().paced(by: RatePolicy(other: Rate(1, per: .seconds(60))), pace: time.pace)
    _ = try await door.fetch(request("first"))
    let second = Task { try await door.fetch(request("second")) }
    await time.untilSleeping(1)
    second.cancel()
    await #expect(throws: CancellationError.self) { _ = try await second.value }
  }

  @Test("hazard 33: the limits that a vendor documents are kept")
  func documented() {
    let soda = VendorAPI.soda.rates
    #expect(soda.rate(of: "runners") == Rate(60, per: .seconds(60)))
    #expect(soda.rate(of: "runner") == Rate(1000, per: .seconds(60)))
    #expect(ClientSettings(rates: soda).rates == soda)
  }
}
