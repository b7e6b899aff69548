import Runs

/// The care with which SQL is run that somebody else wrote: it may only read, and only for so long.
package struct Caution: Sendable {
  /// How long SQLite may work on one statement; nil for any time. Waiting for whoever takes the rows does not count.
  package var timeLimit: Duration?
  /// Bytes that it may write to temporary files.
  package var temporaryLimit: Int64

  package init(timeLimit: Duration? = nil, temporaryLimit: Int64 = 4 << 30) {
    self.timeLimit = timeLimit
    self.temporaryLimit = temporaryLimit
  }
}

/// Why SQL that somebody else wrote was not run, or not to its end.
package enum OwnSQLError: Error, Equatable {
  /// What was too large for one statement.
  package enum Size: Equatable, Sendable {
    /// A value, or a row with all its values.
    case row
    case memory
    case temporaryFiles
  }

  /// SQLite cannot make sense of it; the offset is in UTF-8 bytes from the statement's start, where SQLite tells it.
  case mistake(name: String, reason: String, offset: Int?)
  /// It would do something else than read: "attach another file".
  case refused(name: String, action: String)
  case unknownParameter(name: String, parameter: String, known: [String], offset: Int?)
  case tooSlow(name: String, limit: Duration)
  case tooLarge(name: String, Size, mebibytes: Int64)
}

extension OwnSQLError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .mistake(let name, let reason, _): "\(name): \(reason)"
    case .refused(let name, let action): "\(name) would \(action); only reading statements are run"
    case .unknownParameter(let name, let parameter, let known, _):
      "\(name): nothing is known of the parameter \(parameter)"
        + (known.isEmpty ? "; write its value in its place" : "; expected " + known.joined(separator: ", "))
    case .tooSlow(let name, let limit):
      "\(name) was stopped: its statement worked for \(SecondsText.short(limit.milliseconds)), which is the limit"
    case .tooLarge(let name, .row, let size): "\(name) was stopped: a row grew beyond \(size) MiB"
    case .tooLarge(let name, .memory, let size): "\(name) was stopped: it needs more than \(size) MiB of memory"
    case .tooLarge(let name, .temporaryFiles, let size):
      "\(name) was stopped: its temporary files grew beyond \(size) MiB"
    }
  }
}
