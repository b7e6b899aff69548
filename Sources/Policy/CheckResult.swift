/// What became of one rule of a policy.
package enum CheckResult: String, CaseIterable, Sendable {
  case pass
  /// Worth a look, and no reason to stop.
  case warn
  case violation
  /// Nothing can be said, for a reason that is told.
  case skipped
}
