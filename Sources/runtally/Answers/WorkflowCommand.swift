import Policy
import Runs

/// A line that GitHub Actions shows beside the job instead of in its log.
struct WorkflowCommand: Equatable {
  enum Level: String {
    case error
    case warning
  }

  var level: Level
  var title: String
  var message: String

  /// Nil for what needs nobody's attention.
  init?(_ finding: PolicyFinding) {
    switch finding.result {
    case .violation: level = .error
    case .warn: level = .warning
    case .pass, .skipped: return nil
    }
    title = finding.rule
    message = finding.detail
  }

  /// `::error title=budget::12 of 10 EUR`, escaped as GitHub reads it: a name from the other side begins no command.
  var line: String {
    let title = WorkflowCommand.escaped(title).replacing(":", with: "%3A").replacing(",", with: "%2C")
    return "::\(level.rawValue) title=\(title)::\(WorkflowCommand.escaped(message))"
  }

  private static func escaped(_ text: String) -> String {
    // By scalars: a carriage return and a line feed are one character together.
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      // What else may end a line.
      default: result += String(scalar).harmless
      }
    }
  }
}
