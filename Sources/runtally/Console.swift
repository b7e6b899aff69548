import Foundation
import Runs
import Synchronization

/// Standard error, and what is known of the terminal. Data goes to standard output through `Export` alone.
enum Console {
  /// What every message begins with.
  static let program = "runtally"

  private static let jsonLog = Mutex<JSONLog?>(nil)

  /// Where it is set, every line is one of its objects.
  static var log: JSONLog? {
    get { jsonLog.withLock { $0 } }
    set { jsonLog.withLock { $0 = newValue } }
  }

  /// Tells beside the data what a command did and found; not called when `--quiet` was given.
  static func say(_ line: String) {
    if let log { return log.write(line, LogFacts()) }
    let line = line.harmlessLines
    write((isCommandLog ? LogGuard.guarded(line) : line) + "\n")
  }

  /// Gives a command to the CI server that reads along. Nothing in it but ours begins one.
  static func command(_ line: String) {
    write(line + "\n")
  }

  /// A CI server reads what is printed, and takes some lines for commands: GitHub Actions, Azure Pipelines, TeamCity.
  static var isCommandLog: Bool {
    let environment = ProcessInfo.processInfo.environment
    return environment["GITHUB_ACTIONS"] == "true" || environment["TF_BUILD"]?.lowercased() == "true"
      || environment["TEAMCITY_VERSION"]?.isEmpty == false
  }

  /// Says what asks for attention: an error, a warning, what was left undone. In the log of a job that runs many
  /// programs it is found by its name.
  static func warn(_ message: String, level: LogFacts.Level = .warning) {
    if let log { return log.write(message, LogFacts(level: level)) }
    say("\(program): \(message)")
  }

  /// Rewrites the line that is being written; only on a terminal.
  static func rewrite(_ line: String) {
    let line = line.harmless
    write("\r\u{1B}[K" + (isCommandLog ? LogGuard.guarded(line) : line))
  }

  /// A whole line of the log; nothing in it ends a line or begins a command.
  static func writeLine(_ line: String) {
    write((isCommandLog ? LogGuard.guarded(line) : line) + "\n")
  }

  /// What cannot be said is not said: a harvest goes on when nobody listens, as in `runtally harvest 2>&1 | head -1`.
  private static func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return }
      bytes = bytes.dropFirst(written)
    }
  }

  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// From now on standard error has what is printed, too; for whoever writes messages of a protocol elsewhere.
  static func takesStandardOutput() -> Bool { dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 }

  /// A line can be rewritten where a person sees it.
  static var canRewrite: Bool { isatty(STDERR_FILENO) == 1 && !isDumb }

  /// Somebody is there to read a question and to answer it.
  static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  /// Asks for a yes; anything else, also nothing, is a no.
  static func ask(_ question: String) -> Bool {
    write(question.harmless + " [y/N] ")
    return ["y", "yes"].contains((readLine() ?? "").trimmingCharacters(in: .whitespaces).lowercased())
  }

  /// Columns of the terminal that standard output is; nil elsewhere.
  static var width: Int? {
    var size = winsize()
    guard outputIsTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Bold text on a terminal that can show it and did not ask for none (no-color.org).
  static var usesColor: Bool {
    outputIsTerminal && !isDumb && ProcessInfo.processInfo.environment["NO_COLOR"]?.isEmpty ?? true
  }

  /// A terminal that takes escape sequences for text.
  private static var isDumb: Bool { ProcessInfo.processInfo.environment["TERM"] == "dumb" }
}

extension Console {
  /// Pads on the left, and keeps two spaces to what is before.
  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(2, width - text.count)) + text
  }
}
