import Runs

/// What a test case of a JUnit report says of a run.
///
/// Only the four rated outcomes say anything about the code; all others were not tested, so they are skipped.
package enum JUnitResult: Equatable, Sendable {
  /// Outcomes of a case that is no run: a rule that is violated, and one that is kept with a remark.
  package static let violation = "violation"
  package static let warning = "warning"

  case success
  case failure
  case error
  case skipped

  /// - Parameter outcome: a word of ``Outcome``, ``violation`` or ``warning``.
  init(outcome value: Value) {
    guard case .text(let word) = value else {
      self = .skipped
      return
    }
    if word == JUnitResult.violation || word == JUnitResult.warning {
      self = word == JUnitResult.violation ? .failure : .success
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
