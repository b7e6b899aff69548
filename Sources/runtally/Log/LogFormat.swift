import ArgumentParser

/// How a command that goes on for long tells what it does.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  /// One object a line.
  case json
}
