import Runs
import Testing

/// The words for what became of a run, and what each one counts as.
@Suite struct OutcomeTests {
  @Test("the numbers stored in ledgers never change")
  func rawValues() {
    #expect(
      Outcome.allCases.map { "\($0.rawValue) \($0.word)" } == [
        "0 pending", "1 running", "2 success", "3 failure", "4 error", "5 timeout", "6 cancellation", "7 skip",
        "8 unknown",
      ])
  }

  @Test("a word is read as its outcome and nothing else is", arguments: Outcome.allCases)
  func words(outcome: Outcome) {
    #expect(Outcome(word: outcome.word) == outcome)
    #expect(Outcome(word: outcome.word.uppercased()) == nil)
    #expect(Outcome(word: outcome.word + " ") == nil)
  }

  @Test("a vendor's word is no outcome of ours", arguments: ["", "failed", "succeeded", "completed", "cancelled"])
  func otherWords(word: String) {
    #expect(Outcome(word: word) == nil)
  }

  @Test("failed are failure, error and timeout; rated are those and success; wasted are those and cancellation")
  func classes() {
    #expect(Outcome.allCases.filter(\.isFailed) == [.failure, .error, .timeout])
    #expect(Outcome.allCases.filter(\.isRated) == [.success, .failure, .error, .timeout])
    #expect(Outcome.allCases.filter(\.isWasted) == [.failure, .error, .timeout, .cancellation])
  }
}
