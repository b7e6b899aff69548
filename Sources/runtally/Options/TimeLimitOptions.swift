import ArgumentParser

/// How long a statement may work that did not come with Runtally.
struct TimeLimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Stop a statement that works longer, such as 500ms, 30s or 10m; 0 for never. (default: 60s for SQL of your own)",
      valueName: "time"))
  var timeLimit: String?

  func validate() throws {
    if let timeLimit, timeLimit != "0", Duration(text: timeLimit) == nil {
      throw ValidationError("--time-limit takes a whole number with ms, s, m or h, such as 30s, or 0 for no limit.")
    }
  }

  /// Nil for any time.
  func limit(isOwn: Bool) -> Duration? {
    guard let timeLimit else { return isOwn ? .seconds(60) : nil }
    return Duration(text: timeLimit)
  }
}
