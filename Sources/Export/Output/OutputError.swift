import Foundation

/// Why a report could not be put where it was asked for.
package enum OutputError: Error, Equatable {
  /// The reader of a pipe went away, as `| head` does when it has seen enough: not a failure, only the end.
  case closed
  /// The path names a folder.
  case isFolder(path: String)
  /// The path names a file that is being read, whatever it is called there.
  case isInput(path: String, meaning: String)
  /// The system refused; `code` is its errno.
  case refused(step: Step, path: String, code: Int32)

  package enum Step: String, Sendable {
    case create
    case write
    /// Giving the finished file its name.
    case replace
  }
}

extension OutputError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .closed:
      "the reader of the output closed it"
    case .isFolder(let path):
      "cannot write \(path): it is a folder"
    case .isInput(let path, let meaning):
      "cannot write \(path): it is \(meaning), and what is read is never replaced"
    case .refused(let step, let path, let code):
      "cannot \(step.rawValue) \(path): \(String(cString: strerror(code)))"
    }
  }
}
