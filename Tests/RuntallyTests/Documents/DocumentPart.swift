/// A part of a document that something else makes, so that it can be held against that, and made anew.
///
/// There are two kinds. In a block marked `console` stand commands, each with what it prints; a line `…` there stands
/// for any lines. Between `<!-- made by COMMAND -->` and `<!-- end -->` stands text that is read as the rest of the
/// document, and is what the command prints, byte for byte. `<!-- made of table NAME -->` has what the schema says, and
/// `<!-- made of the house -->` who may import whom.
struct DocumentPart: Equatable {
  enum Maker: Equatable {
    case command(String)
    /// A table or a view of the ledger.
    case relation(String)
    case house
  }

  /// Where it begins, from 1.
  var line: Int
  var maker: Maker
  /// The lines that are made, counted from 0.
  var place: Range<Int>
  /// Whether every byte counts.
  var isExact = false
}

extension Document {
  /// In their order.
  var parts: [DocumentPart] {
    (commands + madeParts).sorted { $0.line < $1.line }
  }

  /// The commands of the blocks marked `console` and nothing else. A command may go on after a `\`.
  private var commands: [DocumentPart] {
    var parts: [DocumentPart] = []
    var info: String?
    var goesOn = false
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        info = info == nil ? line.dropFirst(3).trimmingCharacters(in: .whitespaces) : nil
        goesOn = false
        continue
      }
      guard info == "console" else { continue }
      if goesOn, let last = parts.indices.last, case .command(let begun) = parts[last].maker {
        parts[last].maker = .command(begun + "\n" + line)
      } else if line.hasPrefix("$ ") {
        parts.append(
          DocumentPart(line: index + 1, maker: .command(String(line.dropFirst(2))), place: index..<index))
      } else if let last = parts.indices.last {
        parts[last].place = parts[last].place.lowerBound..<(index + 1)
        continue
      } else {
        continue
      }
      goesOn = line.hasSuffix("\\")
      parts[parts.count - 1].place = (index + 1)..<(index + 1)
    }
    return parts
  }

  private var madeParts: [DocumentPart] {
    prose.compactMap { line, text in
      guard let match = text.wholeMatch(of: /<!-- made (by|of table|of view|of the) (.+) -->/),
        let end = prose.first(where: { $0.line > line && $0.text == "<!-- end -->" })
      else { return nil }
      let name = String(match.2)
      let maker: DocumentPart.Maker =
        switch match.1 {
        case "by": .command(name)
        case "of the": .house
        default: .relation(name)
        }
      return DocumentPart(line: line, maker: maker, place: line..<(end.line - 1), isExact: true)
    }
  }

  func text(of part: DocumentPart) -> [String] { Array(lines[part.place]) }

  /// The document with this text in the place of a part.
  func replacing(_ part: DocumentPart, with text: [String]) -> Document {
    var document = self
    document.lines.replaceSubrange(part.place, with: text)
    return document
  }
}

extension DocumentPart {
  /// Whether what a document shows is what was made.
  func agrees(_ shown: [String], with made: [String]) -> Bool {
    if isExact { return shown == framed(made) }
    return DocumentPart.matches(DocumentPart.comparable(shown)[...], DocumentPart.comparable(made)[...])
  }

  /// What was made as it stands in a document: around made text are empty lines, because Markdown wants them.
  func framed(_ made: [String]) -> [String] {
    var lines = made.map { line in
      isExact ? line : String(line.reversed().drop(while: \.isWhitespace).reversed())
    }
    while lines.last == "" { lines.removeLast() }
    return isExact ? [""] + lines + [""] : lines
  }

  /// Whether the lines are those that a document shows; a line `…` stands for any lines, also none.
  static func matches(_ shown: ArraySlice<String>, _ printed: ArraySlice<String>) -> Bool {
    guard let first = shown.first else { return printed.isEmpty }
    if first == "…" {
      let rest = shown.dropFirst()
      return (printed.startIndex...printed.endIndex).contains { matches(rest, printed[$0...]) }
    }
    return printed.first == first && matches(shown.dropFirst(), printed.dropFirst())
  }

  /// Lines without what differs from one time to another: how long a visit took, which port was free, the numbers that
  /// the ledger gives to what arrives at once, blanks at the end of a line, and empty lines before the next prompt.
  static func comparable(_ lines: [String]) -> [String] {
    var lines = lines.map { line in
      var line = line.replacing(/changed +\d+\.\d s$/, with: "changed  TIME")
        .replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:PORT")
        .replacing(/\b(run|run_version|coverage)_id = \d+$/) { "\($0.1)_id = NUMBER" }
      while line.last?.isWhitespace == true { line.removeLast() }
      return line
    }
    while lines.last == "" { lines.removeLast() }
    return lines
  }
}
