/// An error as whoever typed the command meets it: a sentence and an exit code.
///
/// The layers below this target tell facts. What to type instead is only known here: a sentence of theirs that is to name
/// an option or a command is completed in this folder.
protocol Failure: Error {
  var status: ExitStatus { get }
  /// What to do now; nil where the fact says it.
  var advice: String? { get }
  var sentence: String { get }
}

extension Failure {
  var status: ExitStatus { .failed }
  var advice: String? { nil }
  var sentence: String { advised }

  /// What is wrong, then what to do.
  var advised: String {
    let fact = "\(self)"
    return advice.map { fact + (fact.hasSuffix("?") ? " " : "; ") + $0 } ?? fact
  }
}

/// Wrong usage that only shows when a command runs.
struct UsageError: Failure, CustomStringConvertible {
  var reason: String
  let status = ExitStatus.wrongUsage

  var description: String { reason }

  init(reason: String) {
    self.reason = reason
  }
}

extension Console {
  /// Says what failed, on what, and what to do now.
  static func warn(_ error: any Error) {
    warn((error as? any Failure)?.sentence ?? "\(error)", level: .error)
  }
}
