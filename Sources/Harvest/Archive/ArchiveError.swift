/// Why saved answers cannot be written or read. It stops a visit: a harvest that was to be saved and is not would be
/// found out too late.
package enum ArchiveError: Error, Equatable, Sendable, CustomStringConvertible {
  case cannotWrite(path: String, reason: String)
  case cannotRead(path: String, reason: String)
  case damaged(path: String)
  case newer(path: String, format: Int)

  package var description: String {
    switch self {
    case .cannotWrite(let path, let reason):
      "the answers cannot be saved to \(path): \(reason)\nmake room, or save to another folder"
    case .cannotRead(let path, let reason):
      "the saved answers in \(path) cannot be read: \(reason)\ncheck the folder's name, owner and mode"
    case .damaged(let path): "\(path) is damaged\nreplay another visit, or take this file out"
    case .newer(let path, let format):
      "\(path) has the format \(format), and this version knows 1\nreplay it with a newer version"
    }
  }
}
