import Policy
import Runs
import Testing

/// Failure rates against a limit of 10 %. Lower ends of Wilson's interval, worked out by hand: 3 of 20 has 5.24 %,
/// 6 of 20 has 14.55 %, 30 of 200 has 10.71 %, 28 of 200 has 9.87 %.
@Suite struct RateLimitTests {
  @Test(
    "only what chance hardly explains is a violation",
    arguments: [
      (0, 0, .skipped), (19, 19, .skipped), (0, 20, .pass), (2, 20, .pass), (3, 20, .warn), (6, 20, .violation),
      (20, 200, .pass), (21, 200, .warn), (28, 200, .warn), (30, 200, .violation),
    ] as [(Int64, Int64, CheckResult)])
  func edges(failed: Int64, rated: Int64, expected: CheckResult) {
    #expect(RateLimit(max: 0.1, minimumRuns: 20).judge(failed, of: rated) == expected)
  }

  @Test("a limit of 0 is violated by failures alone, and one of 1 by nothing")
  func extremes() {
    #expect(RateLimit(max: 0, minimumRuns: 1).judge(0, of: 5) == .pass)
    // 1 of 5 has 3.6 %.
    #expect(RateLimit(max: 0, minimumRuns: 1).judge(1, of: 5) == .violation)
    #expect(RateLimit(max: 1, minimumRuns: 1).judge(5, of: 5) == .pass)
    #expect(RateLimit(max: 0, minimumRuns: 0).judge(0, of: 0) == .skipped)
  }
}
