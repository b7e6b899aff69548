import Harvest
import Runs

/// Variables of a run's environment, as they are typed and as they stand in a file.
enum EnvironmentText {
  /// What `--env` says wins over the file; of a name that is there twice in one place the last one counts.
  static func variables(typed: [String], file: String?) throws -> [EnvironmentVariable] {
    var variables = try file.map(read) ?? []
    for text in typed {
      guard let variable = variable(in: text[...]) else {
        // What was typed may be a value alone, so it is not shown.
        throw UsageError(reason: "--env takes a name and a value, as in --env VERBOSE=true")
      }
      variables.append(variable)
    }
    var last: [String: Int] = [:]
    for (index, variable) in variables.enumerated() { last[variable.name] = index }
    return variables.enumerated().filter { last[$1.name] == $0 }.map(\.element)
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
    return try lines.enumerated().compactMap { index, line in
      if line.allSatisfy(\.isWhitespace) || line.first(where: { !$0.isWhitespace }) == "#" { return nil }
      guard let variable = variable(in: line) else {
        throw UsageError(reason: "\(name):\(index + 1): expected a name and a value, such as VERBOSE=true")
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
