import Runs
import Testing

@testable import Harvest

@Suite struct RetryPolicyTests {
  private let policy = RetryPolicy(
    attempts: 6, budget: .seconds(100), backoffBase: .seconds(1), backoffCap: .seconds(6), briefAttempts: 3)

  private func wait(
    attempt: Int, patience: HarvestError.Patience = .full, throttled: Bool = false, asked: Duration? = nil,
    spent: Duration = .zero, random: Double = 1
  ) -> Duration? {
    policy.wait(
      after: Setback(attempt: attempt, patience: patience, isThrottled: throttled, retryAfter: asked),
      spent: spent, random: random)
  }

  @Test("the longest wait doubles up to its cap, and the real one lies anywhere below")
  func backoff() {
    #expect((1...5).map { wait(attempt: $0) } == [1, 2, 4, 6, 6].map { .seconds($0) })
    #expect((1...5).map { wait(attempt: $0, random: 0.25) } == [0.25, 0.5, 1, 1.5, 1.5].map { .seconds($0) })
    #expect(wait(attempt: 5, random: 0) == .zero)
  }

  @Test("a refusal for too many requests that names no time is waited for four times as long")
  func throttled() {
    #expect((1...3).map { wait(attempt: $0, throttled: true) } == [4, 6, 6].map { .seconds($0) })
  }

  @Test("what the vendor asks for is never undercut, and goes beyond the cap")
  func asked() {
    #expect(wait(attempt: 1, asked: .seconds(30), random: 0) == .seconds(30))
    #expect(wait(attempt: 1, asked: .seconds(30), random: 0.5) == .seconds(30.5))
  }

  @Test(
    "it ends with the number of attempts, the smaller one for what is hardly worth it, and never begins for nothing")
  func attempts() {
    #expect(wait(attempt: 6) == nil)
    #expect(wait(attempt: 2, patience: .brief) == .seconds(2))
    #expect(wait(attempt: 3, patience: .brief) == nil)
    #expect(wait(attempt: 1, patience: .none) == nil)
    #expect(RetryPolicy.once.wait(after: Setback(attempt: 1, patience: .full), spent: .zero, random: 0) == nil)
  }

  @Test("it ends when the wait would reach beyond the budget")
  func budget() {
    #expect(wait(attempt: 1, spent: .seconds(99)) == .seconds(1))
    #expect(wait(attempt: 1, spent: .seconds(99.5)) == nil)
    #expect(wait(attempt: 1, asked: .seconds(101)) == nil)
  }

  @Test("the wait that is asked for is read as seconds or as any date of HTTP")
  func retryAfter() throws {
    let now = try Instant(rfc3339: "1994-11-06T08:49:00Z")
    func wait(_ text: String, date: String? = nil) -> Duration? {
      RetryAfter.wait(in: ["retry-after": text].merging(date.map { ["date": $0] } ?? [:]) { $1 }, now: now)
    }
    #expect(wait("120") == .seconds(120))
    #expect(wait(" 7 ") == .seconds(7))
    #expect(wait("Sun, 06 Nov 1994 08:49:37 GMT") == .seconds(37))
    #expect(wait("Sunday, 06-Nov-94 08:49:37 GMT") == .seconds(37))
    #expect(wait("Sun Nov  6 08:49:37 1994") == .seconds(37))
    // Their clock is an hour ahead of ours, and the wait is theirs.
    #expect(wait("Sun, 06 Nov 1994 09:49:37 GMT", date: "Sun, 06 Nov 1994 09:49:30 GMT") == .seconds(7))
    #expect(try #require(wait("99999999999999999999")) > .seconds(1_000_000))
    for nothing in [
      "", "0", "-5", "soon", "Sun, 06 Nov 1994 08:48:00 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
      "Sun, 06 Nov 1994 25:49:37 GMT", "06 Nov 1994",
    ] { #expect(wait(nothing) == nil, "\(nothing)") }
  }

  @Test("a year of two digits is the one that is near")
  func twoDigits() throws {
    let now = try Instant(rfc3339: "2026-01-05T05:00:00Z")
    #expect(
      HTTPDate.instant("Monday, 05-Jan-26 05:00:10 GMT", now: now) == now.advanced(byMilliseconds: 10_000))
    #expect(HTTPDate.instant("Monday, 05-Jan-94 05:00:10 GMT", now: now)?.rfc3339 == "1994-01-05T05:00:10.000Z")
  }
}
