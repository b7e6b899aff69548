/// Why there is nothing to check: where a policy was looked for, and one to begin with.
enum PolicyFileError: Error, Equatable, CustomStringConvertible {
  case missingFile(String)
  /// The policy file is empty.
  case nothing(file: String)
  /// The configuration, if there is one, has no policy.
  case none(configuration: String?)

  var description: String {
    switch self {
    case .missingFile(let file): "there is no policy at \(file); " + PolicyFileError.beginning(with: "write one")
    case .nothing(let file): "the policy \(file) is empty; " + PolicyFileError.beginning(with: "write one")
    case .none(let file):
      "\(file.map { "\($0) has no policy" } ?? "there is no runtally.yaml here, and so no policy"); "
        + PolicyFileError.beginning(with: "add one to it, or name a file of its own with --policy")
    }
  }

  private static func beginning(with advice: String) -> String {
    """
    \(advice), for example (without the first line in a file of its own):
    policy:
      budget: {amount: "100", currency: EUR, warn_at: [0.8]}
      failure_rate: {max: 0.1}
      duration: {percentile: p95, max: 30m}
      silent: {runner: "backup-*", after: 26h}
    """
  }
}
