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
    case .closed: reason
    case .isFolder(let path), .isInput(let path, _): "cannot write \(path): \(reason)"
    case .refused(let step, let path, _): "cannot \(step.rawValue) \(path): \(reason)"
    }
  }

  /// What was in the way, without what was to be written.
  package var reason: String {
    switch self {
    case .closed: "the reader of the output closed it"
    case .isFolder: "it is a folder"
    case .isInput(_, let meaning): "it is \(meaning), and what is read is never replaced"
    case .refused(_, _, let code): String(cString: strerror(code))
    }
  }
}
