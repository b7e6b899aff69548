import Foundation

/// The README as its readers take it: sections, words in code, and commands with what they print.
struct Readme {
  var lines: [String]

  /// Nil where there is none.
  static let file: Readme? = {
    let url = House.root.appending(path: "README.md")
    return (try? String(contentsOf: url, encoding: .utf8)).map(Readme.init(text:))
  }()

  init(text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// What stands below a heading of this title, down to the next one of its level or above; nil without such a heading.
  func section(_ title: String) -> Readme? {
    var isCode = false
    var level: Int?
    var found: [String] = []
    for line in lines {
      if line.hasPrefix("```") { isCode.toggle() }
      let hashes = line.prefix { $0 == "#" }.count
      if !isCode, hashes > 0, line.dropFirst(hashes).hasPrefix(" ") {
        if let level, hashes <= level { break }
        let name = line.dropFirst(hashes).trimmingCharacters(in: .whitespaces)
        if level == nil, name.lowercased() == title.lowercased() {
          level = hashes
          continue
        }
      }
      if level != nil { found.append(line) }
    }
    return level == nil ? nil : Readme(lines: found)
  }

  private init(lines: [String]) {
    self.lines = lines
  }

  /// Every word in backticks or in a block of code; a word is letters, digits, `_`, `-` and `.`.
  var wordsInCode: Set<String> {
    var words: Set<String> = []
    var isCode = false
    for line in lines {
      if line.hasPrefix("```") {
        isCode.toggle()
      } else if isCode {
        words.formUnion(Readme.words(in: line))
      } else {
        for (index, span) in line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        where !index.isMultiple(of: 2) {
          words.formUnion(Readme.words(in: String(span)))
        }
      }
    }
    return words
  }

  private static func words(in text: String) -> [String] {
    text.split { !($0.isLetter || $0.isNumber || "_-.".contains($0)) }.map(String.init)
  }
}

extension Readme {
  /// Blocks of code with the language that they are marked with.
  var blocks: [(language: String, text: String)] {
    var blocks: [(language: String, text: String)] = []
    var isCode = false
    for line in lines {
      if line.hasPrefix("```") {
        isCode.toggle()
        if isCode { blocks.append((String(line.dropFirst(3)), "")) }
      } else if isCode, let last = blocks.indices.last {
        blocks[last].text += line + "\n"
      }
    }
    return blocks
  }
}

/// A command of the README and what it says the command prints.
struct ReadmeCommand: Equatable {
  var line: Int
  var command: String
  var output: [String]
}

extension Readme {
  /// The commands of the blocks marked `console` and nothing else, in order. A command may go on after a `\`.
  var commands: [ReadmeCommand] {
    var commands: [ReadmeCommand] = []
    var info: String?
    var goesOn = false
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        info = info == nil ? line.dropFirst(3).trimmingCharacters(in: .whitespaces) : nil
        goesOn = false
        continue
      }
      guard info == "console" else { continue }
      if goesOn, let last = commands.indices.last {
        commands[last].command += "\n" + line
      } else if line.hasPrefix("$ ") {
        commands.append(ReadmeCommand(line: index + 1, command: String(line.dropFirst(2)), output: []))
      } else if let last = commands.indices.last {
        commands[last].output.append(line)
        continue
      } else {
        continue
      }
      goesOn = line.hasSuffix("\\")
    }
    return commands
  }
}

extension ReadmeCommand {
  /// Whether the lines are those that the README shows; a line `…` stands for any lines, also none.
  static func matches(_ shown: ArraySlice<String>, _ printed: ArraySlice<String>) -> Bool {
    guard let first = shown.first else { return printed.isEmpty }
    if first == "…" {
      let rest = shown.dropFirst()
      return (printed.startIndex...printed.endIndex).contains { matches(rest, printed[$0...]) }
    }
    return printed.first == first && matches(shown.dropFirst(), printed.dropFirst())
  }

  /// Lines without what differs from one time to another: how long a visit took, which port was free, blanks at the
  /// end of a line, and empty lines before the next prompt.
  static func comparable(_ lines: [String]) -> [String] {
    var lines = lines.map { line in
      var line = line.replacing(/changed +\d+\.\d s$/, with: "changed  TIME")
        .replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:PORT")
      while line.last?.isWhitespace == true { line.removeLast() }
      return line
    }
    while lines.last == "" { lines.removeLast() }
    return lines
  }
}
