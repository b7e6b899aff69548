import Runs

/// What a test case of a JUnit report says of a run.
///
/// Only the four rated outcomes say anything about the code; all others were not tested, so they are skipped.
enum JUnitResult: Equatable {
  case success
  case failure
  case error
  case skipped

  /// - Parameter outcome: a word of ``Outcome``.
  init(outcome value: Value) {
    guard case .text(let word) = value else {
      self = .skipped
      return
    }
    self =
      switch Outcome(word: word) {
      case .success: .success
      case .failure: .failure
      case .timeout, .error: .error
      case .cancellation, .skip, .pending, .running, .unknown, nil: .skipped
      }
  }
}
