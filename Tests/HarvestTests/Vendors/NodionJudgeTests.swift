import Runs
import Testing

@testable import Harvest

/// Nodion's words, and the timeout that it does not tell from a failure.
@Suite struct NodionJudgeTests {
  @Test(
    "a word other than failed says it all, whatever the exit code and however long it took",
    arguments: [
      ("pending", .pending), ("running", .running), ("succeeded", .success), ("", .unknown), ("Failed", .unknown),
      ("cancelled", .unknown), ("timed_out", .unknown),
    ] as [(String, Outcome)])
  func words(status: String, outcome: Outcome) {
    for exitCode in [nil, 0, 1, 137] as [Int64?] {
      for runtime in [nil, 0, 9_999_000] as [Int64?] {
        let found = judged(status, exitCode: exitCode, runtime: runtime, timeoutSeconds: 300)
        #expect(found == (outcome, false))
      }
    }
  }

  @Test("a failed run is a failure with an exit code, and an error without one")
  func failures() {
    for exitCode in [0, 1, 2, 124, 137, 143, 255, -1] as [Int64] {
      #expect(failed(exitCode: exitCode, runtime: 5000) == (.failure, false))
    }
    #expect(failed(exitCode: nil, runtime: 5000) == (.error, false))
    #expect(failed(exitCode: nil, runtime: nil) == (.error, false))
    #expect(failed(exitCode: 137, runtime: nil) == (.failure, false))
  }

  @Test("a failed run is taken for a timeout one second before its runner's timeout, and not a millisecond sooner")
  func edge() {
    for exitCode in [nil, 124, 137, 143] as [Int64?] {
      let otherwise: Outcome = exitCode == nil ? .error : .failure
      #expect(failed(exitCode: exitCode, runtime: 298_999) == (otherwise, false))
      #expect(failed(exitCode: exitCode, runtime: 299_000) == (.timeout, true))
      #expect(failed(exitCode: exitCode, runtime: 300_000) == (.timeout, true))
      #expect(failed(exitCode: exitCode, runtime: 9_000_000) == (.timeout, true))
    }
  }

  @Test(
    "an exit code of the program's own contradicts a timeout", arguments: [0, 1, 2, 123, 125, 136, 138, 142, 144, 255])
  func contradiction(exitCode: Int64) {
    #expect(failed(exitCode: exitCode, runtime: 300_000) == (.failure, false))
  }

  @Test("a timeout that is missing or makes no sense is none", arguments: [nil, 0, -1, -300, Int64.min])
  func noTimeout(timeoutSeconds: Int64?) {
    #expect(failed(exitCode: 137, runtime: 300_000, timeoutSeconds: timeoutSeconds) == (.failure, false))
    #expect(failed(exitCode: nil, runtime: 0, timeoutSeconds: timeoutSeconds) == (.error, false))
  }

  @Test("a timeout of any size is compared without overflow")
  func absurdTimeouts() {
    #expect(failed(exitCode: 137, runtime: 300_000, timeoutSeconds: .max) == (.failure, false))
    #expect(failed(exitCode: 137, runtime: .max, timeoutSeconds: .max) == (.failure, false))
    #expect(failed(exitCode: 137, runtime: .max, timeoutSeconds: 300) == (.timeout, true))
    #expect(failed(exitCode: 137, runtime: 0, timeoutSeconds: 1) == (.timeout, true))
    #expect(failed(exitCode: 137, runtime: 999, timeoutSeconds: 2) == (.failure, false))
    #expect(failed(exitCode: 137, runtime: 1000, timeoutSeconds: 2) == (.timeout, true))
  }

  private func failed(exitCode: Int64?, runtime: Int64?, timeoutSeconds: Int64? = 300) -> (Outcome, Bool) {
    judged("failed", exitCode: exitCode, runtime: runtime, timeoutSeconds: timeoutSeconds)
  }

  private func judged(
    _ status: String, exitCode: Int64?, runtime: Int64?, timeoutSeconds: Int64?
  ) -> (Outcome, Bool) {
    let run = RunRecord(
      id: "1", status: status, exitCode: exitCode, startedAt: runtime.map { _ in Instant(milliseconds: 0) },
      completedAt: Instant(milliseconds: runtime ?? 0))
    let judgement = NodionJudge.judge(run, timeoutSeconds: timeoutSeconds)
    return (judgement.outcome, judgement.isInferred)
  }

  @Test("the reason of a failed run says what its timeout was held against")
  func reasons() throws {
    func words(_ exitCode: Int64?, runtime: Int64?, timeout: Int64? = 3600) throws -> String {
      let run = RunRecord(
        id: "1", status: "failed", exitCode: exitCode, startedAt: runtime.map { _ in Instant(milliseconds: 0) },
        completedAt: Instant(milliseconds: runtime ?? 0))
      return try #require(NodionJudge.judge(run, timeoutSeconds: timeout).reason).words
    }
    #expect(try words(137, runtime: 3_599_000) == "failed, ran 3599.000 s of a timeout of 3600 s, exit code 137")
    #expect(try words(nil, runtime: 3_599_000) == "failed, ran 3599.000 s of a timeout of 3600 s, no exit code")
    #expect(
      try words(1, runtime: 3_599_000)
        == "failed with exit code 1; no timeout: it ran 3599.000 s of a timeout of 3600 s, "
        + "but what is stopped for that ends with 124, 137, 143 or no exit code")
    #expect(
      try words(137, runtime: 60_000) == "failed with exit code 137; no timeout: it ran 60.000 s of a timeout of 3600 s"
    )
    #expect(
      try words(nil, runtime: 60_000, timeout: nil)
        == "failed without an exit code; no timeout: its runner has no timeout")
    #expect(try words(2, runtime: nil) == "failed with exit code 2; no timeout: it has no runtime")
  }
}
