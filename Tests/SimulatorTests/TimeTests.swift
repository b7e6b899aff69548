import Runs
import Synchronization
import Testing

@testable import Simulator

/// The clock that can be turned, and the wall clock of the company.
@Suite struct TimeTests {
  @Test("a clock stands until it is turned")
  func standing() {
    let clock = SimulatorClock(at: Instant(milliseconds: 1000))
    #expect(clock.now == Instant(milliseconds: 1000))
    clock.advance(byMilliseconds: 500)
    #expect(clock.now == Instant(milliseconds: 1500))
    clock.set(to: Instant(milliseconds: 70))
    #expect(clock.now == Instant(milliseconds: 70))
  }

  @Test("a clock that follows another goes on with it after it was turned")
  func following() {
    final class Other: Sendable {
      let milliseconds = Mutex<Int64>(10)
    }
    let other = Other()
    let clock = SimulatorClock(following: { Instant(milliseconds: other.milliseconds.withLock { $0 }) })
    #expect(clock.now == Instant(milliseconds: 10))
    clock.set(to: Instant(milliseconds: 1000))
    other.milliseconds.withLock { $0 += 5 }
    #expect(clock.now == Instant(milliseconds: 1005))
    clock.advance(byMilliseconds: -1005)
    #expect(clock.now == Instant(milliseconds: 0))
  }

  @Test(
    "instants are printed with the offset of their day",
    arguments: [
      ("2026-03-29T00:59:59.999Z", "2026-03-29T01:59:59.999+01:00"),
      ("2026-03-29T01:00:00.000Z", "2026-03-29T03:00:00.000+02:00"),
      ("2025-10-26T00:59:59.999Z", "2025-10-26T02:59:59.999+02:00"),
      ("2025-10-26T01:00:00.000Z", "2025-10-26T02:00:00.000+01:00"),
      ("2026-12-31T23:00:00.007Z", "2027-01-01T00:00:00.007+01:00"),
      ("1969-12-31T22:59:59.999Z", "1969-12-31T23:59:59.999+01:00"),
    ])
  func printing(utc: String, local: String) throws {
    var json = JSONText()
    json.timestamp(try instant(utc))
    #expect(String(decoding: json.bytes, as: UTF8.self) == "\"\(local)\"")
    #expect(try instant(local) == instant(utc))
  }

  @Test("a time that comes twice is the first one, one that is left out is an hour later")
  func wallClock() throws {
    let autumn = try #require(LocalDay("2025-10-26"))
    #expect(try BerlinTime.instant(autumn, hour: 2, minute: 30) == instant("2025-10-26T02:30:00+02:00"))
    #expect(try BerlinTime.instant(autumn, hour: 3) == instant("2025-10-26T03:00:00+01:00"))
    let spring = try #require(LocalDay("2026-03-29"))
    #expect(try BerlinTime.instant(spring, hour: 2, minute: 30) == instant("2026-03-29T03:30:00+02:00"))
    #expect(try BerlinTime.instant(spring, hour: 1, minute: 30) == instant("2026-03-29T01:30:00+01:00"))
  }

  @Test("the visits of the demo are mornings, with both changes between the third and the fourth")
  func visits() throws {
    let visits = [
      "2026-01-05T05:00:00.000Z", "2026-02-10T05:00:00.000Z", "2026-03-08T05:00:00.000Z", "2026-03-20T05:00:00.000Z",
      "2026-03-30T04:00:00.000Z", "2026-03-31T04:00:00.000Z", "2026-04-01T04:00:00.000Z",
    ]
    #expect(SimulatorDefaults.demoVisits.map(\.rfc3339) == visits)
    #expect(try NodionWorld.priceRaise == instant("2026-03-16T00:00:00+01:00"))
    #expect(try NodionWorld.typeChange == instant("2026-03-12T09:30:00+01:00"))
  }

  @Test("random numbers depend on the seed and the path, and on nothing else")
  func generator() {
    var first = SplitMix64(seed: 1, 2, 3)
    var again = SplitMix64(seed: 1, 2, 3)
    var other = SplitMix64(seed: 1, 3, 2)
    let numbers = (0..<4).map { _ in first.next() }
    #expect(numbers == (0..<4).map { _ in again.next() })
    #expect(numbers != (0..<4).map { _ in other.next() })
  }
}
