import Runs
import Testing

/// Nodion's words, and the timeout that it does not tell from a failure.
@Suite struct NodionOutcomeTests {
  @Test(
    "a word other than failed says it all, whatever the exit code and however long it took",
    arguments: [
      ("pending", .pending), ("running", .running), ("succeeded", .success), ("", .unknown), ("Failed", .unknown),
      ("cancelled", .unknown), ("timed_out", .unknown),
    ] as [(String, Outcome)])
  func words(status: String, outcome: Outcome) {
    for exitCode in [nil, 0, 1, 137] as [Int64?] {
      for runtime in [nil, 0, 9_999_000] as [Int64?] {
        let found = Outcome.nodion(status: status, exitCode: exitCode, runtime: runtime, timeoutSeconds: 300)
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
    Outcome.nodion(status: "failed", exitCode: exitCode, runtime: runtime, timeoutSeconds: timeoutSeconds)
  }
}
