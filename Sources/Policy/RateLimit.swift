import Runs

/// How often runs may fail, judged so that chance alone hardly fails a build.
///
/// It is violated only where the lower end of the Wilson 95 % interval lies above the limit: 3 of 20 against 10 % have an
/// interval from 5.2 % on, which is a warning; 30 of 200 one from 10.7 % on, which is a violation.
package struct RateLimit: Equatable, Sendable {
  package var max: Double
  /// With fewer rated runs nothing is said.
  package var minimumRuns: Int64

  package init(max: Double, minimumRuns: Int64) {
    self.max = max
    self.minimumRuns = minimumRuns
  }

  package func judge(_ failed: Int64, of rated: Int64) -> CheckResult {
    guard rated >= minimumRuns, let interval = WilsonInterval(failed, of: rated) else { return .skipped }
    if interval.low > max { return .violation }
    return Double(failed) / Double(rated) > max ? .warn : .pass
  }
}
