/// The documented exit codes.
enum ExitStatus: Int32 {
  case done = 0
  case failed = 1
  case violation = 2
  case partly = 3
  case wrongUsage = 64
  case tryLater = 75
}

/// Ends a command with an exit code after everything has been said.
struct StatusError: Error {
  var status: ExitStatus
}
