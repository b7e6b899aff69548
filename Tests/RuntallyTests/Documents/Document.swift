import Foundation
import Testing

/// A document as its readers take it: sections, words in code, and blocks of code.
struct Document: CustomTestStringConvertible, Sendable {
  /// From the top of the house: `docs/closing.md`.
  var path: String
  var lines: [String]

  var testDescription: String { path }

  init(path: String, text: String) {
    self.init(path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
  }

  private init(path: String, lines: [String]) {
    self.path = path
    self.lines = lines
  }

  /// All that people read: what stands at the top of the house, and the guides.
  static let all: [Document] = ["", "docs/"].flatMap { folder in
    let names = (try? House.names(in: folder.isEmpty ? "." : folder)) ?? []
    return names.filter { $0.hasSuffix(".md") }.compactMap { name in
      (try? String(contentsOf: House.root.appending(path: folder + name), encoding: .utf8))
        .map { Document(path: folder + name, text: $0) }
    }
  }

  static func named(_ path: String) throws -> Document {
    try #require(all.first { $0.path == path }, "there is no \(path)")
  }

  /// What stands below a heading of this title, down to the next one of its level or above; nil without such a heading.
  func section(_ title: String) -> Document? {
    guard let heading = headings.first(where: { $0.title.lowercased() == title.lowercased() }) else { return nil }
    let end = headings.first { $0.line > heading.line && $0.level <= heading.level }?.line ?? lines.count + 1
    return Document(path: path, lines: Array(lines[heading.line..<(end - 1)]))
  }

  struct Heading: Equatable {
    /// From 1.
    var line: Int
    var level: Int
    /// As it is read: without the marks of code and emphasis.
    var title: String
  }

  var headings: [Heading] {
    prose.compactMap { line, text in
      let level = text.prefix { $0 == "#" }.count
      guard level > 0, text.dropFirst(level).hasPrefix(" ") else { return nil }
      let title = text.dropFirst(level).trimmingCharacters(in: .whitespaces)
      return Heading(line: line, level: level, title: title.filter { !"`*".contains($0) })
    }
  }

  /// The lines outside of blocks of code, with their numbers.
  var prose: [(line: Int, text: String)] {
    var isCode = false
    return lines.enumerated().compactMap { index, line in
      if line.hasPrefix("```") {
        isCode.toggle()
        return nil
      }
      return isCode ? nil : (index + 1, line)
    }
  }

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

  /// Every word in backticks or in a block of code; a word is letters, digits, `_`, `-` and `.`.
  var wordsInCode: Set<String> {
    Set((spansOfCode + blocks.map(\.text)).flatMap(Document.words))
  }

  /// What stands in backticks.
  var spansOfCode: [String] {
    prose.flatMap { _, text in
      text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }
  }

  private static func words(in text: String) -> [String] {
    text.split { !($0.isLetter || $0.isNumber || "_-.".contains($0)) }.map(String.init)
  }
}
