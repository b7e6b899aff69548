import Foundation
import Testing

/// The drawings of docs/architecture.md are true: what they name is declared where they say, and each arrow stands
/// between two that know each other.
@Suite struct DrawingTests {
  /// A line such as `Ledger   Sources/Store   the SQLite file`; one behind `│` is of what is handed on.
  struct Entry {
    var names: [String]
    var folder: String
    var isHandedOn: Bool
  }

  /// From top to bottom.
  static let drawings: [[Entry]] =
    (try? Document.named("docs/architecture.md"))?.blocks
    .filter { $0.language == "drawing" }
    .map { block in
      block.text.matches(of: /(?m)^ *(│)? *([A-Z][\w, ]*?) +(Sources\/\S+)/).map { match in
        Entry(
          names: match.2.split(separator: ", ").map(String.init), folder: String(match.3), isHandedOn: match.1 != nil)
      }
    } ?? []

  @Test("there are two: an answer's way into the ledger, and a report's way to its bytes")
  func two() {
    let ways = DrawingTests.drawings.map { drawing in drawing.filter { !$0.isHandedOn }.flatMap(\.names) }
    #expect(ways.map(\.first) == ["SourceVisit", "ReportCommand"])
    #expect(ways.map(\.last) == ["Ledger", "Output"])
    #expect(ways.allSatisfy { $0.count >= 7 })
  }

  @Test("every type in them is declared in the folder beside it", arguments: drawings.joined())
  func declarations(entry: Entry) throws {
    let text = try House.files(in: entry.folder, endings: ["swift"]).map(\.text).joined()
    for name in entry.names {
      let declaration = try Regex("\\b(?:struct|class|enum|actor|protocol) \(name)\\b")
      #expect(text.contains(declaration), "\(entry.folder) declares no \(name)")
    }
  }

  @Test("an arrow stands between two that some file knows both, and whose targets may", arguments: drawings)
  func arrows(drawing: [Entry]) throws {
    let files = try House.files(in: "Sources", endings: ["swift"]).map(\.text)
    let way = drawing.filter { !$0.isHandedOn }
    for (one, next) in zip(way, way.dropFirst()) {
      let (name, nextName) = (try #require(one.names.first), try #require(next.names.first))
      let (word, nextWord) = (try Regex("\\b\(name)\\b"), try Regex("\\b\(nextName)\\b"))
      #expect(
        files.contains { $0.contains(word) && $0.contains(nextWord) }, "no file knows both \(name) and \(nextName)")
      let (target, nextTarget) = (House.target(of: one.folder), House.target(of: next.folder))
      #expect(
        target == nextTarget || House.mayImport(target, nextTarget) || House.mayImport(nextTarget, target),
        "\(target) and \(nextTarget) do not know each other")
    }
  }
}

extension House {
  /// `Store` for `Sources/Store/Saving`.
  static func target(of folder: String) -> String {
    String(folder.split(separator: "/").dropFirst().first ?? "")
  }

  static func mayImport(_ target: String, _ other: String) -> Bool {
    table["Sources/" + target]?.contains(other) ?? false
  }

  /// The folders and what they may import, as Markdown.
  static var lines: [String] {
    ["| folder | may import |", "| --- | --- |"]
      + table.keys.sorted().map { folder in
        "| `\(folder)` | \((table[folder] ?? []).sorted().map { "`\($0)`" }.joined(separator: ", ")) |"
      }
  }
}
