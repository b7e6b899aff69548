import Harvest
import Runs

/// Variables of a run's environment, as they are typed and as they stand in a file.
enum EnvironmentText {
  /// What `--env` says wins over the file. A name that is there twice in one place is a mistake: which one is meant?
  static func variables(typed: [String], file: String?) throws -> [EnvironmentVariable] {
    var (named, ordered) = ([String: EnvironmentVariable](), [EnvironmentVariable]())
    for text in typed {
      guard let variable = variable(in: text[...]) else {
        // What was typed may be a value alone, so it is not shown.
        throw UsageError(reason: "--env takes a name and a value, as in --env VERBOSE=true")
      }
      guard named.updateValue(variable, forKey: variable.name) == nil else {
        throw UsageError(reason: "--env names \(variable.name) twice")
      }
      ordered.append(variable)
    }
    return try (file.map(read) ?? []).filter { named[$0.name] == nil } + ordered
  }

  /// A name and a value in each line. Lines that are empty or begin with `#` say nothing.
  private static func read(_ file: String) throws -> [EnvironmentVariable] {
    let name = StandardFile.label(of: file)
    guard StandardFile.isThere(file), let text = try StandardFile.text(of: file, as: "the environment") else {
      throw UsageError(
        reason: "\(name) cannot be read, or is not UTF-8 text; name a file of lines such as VERBOSE=true")
    }
    // A line break of Windows is one character of its own.
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    var seen: [String: Int] = [:]
    return try lines.enumerated().compactMap { index, line in
      if line.allSatisfy(\.isWhitespace) || line.first(where: { !$0.isWhitespace }) == "#" { return nil }
      guard let variable = variable(in: line) else {
        throw UsageError(reason: "\(name):\(index + 1): expected a name and a value, such as VERBOSE=true")
      }
      if let other = seen.updateValue(index + 1, forKey: variable.name) {
        throw UsageError(reason: "\(name):\(index + 1): \(variable.name) stands there already, at line \(other)")
      }
      return variable
    }
  }

  private static func variable(in text: Substring) -> EnvironmentVariable? {
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
    // No shell can name such a variable: a word too much was typed, as in "export A=1".
    if text[..<sign].contains(where: \.isWhitespace) { return nil }
    return EnvironmentVariable(String(text[..<sign]), Secret(String(text[text.index(after: sign)...])))
  }
}
