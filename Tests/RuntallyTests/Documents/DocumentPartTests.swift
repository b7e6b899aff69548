import Foundation
import Testing

/// The commands of every document print what it says, and its made parts are what makes them.
///
/// With `RUNTALLY_DOCUMENTS=write` (`make docs`) whatever differs is written into the document instead.
@Suite struct DocumentPartTests {
  private static let writes = ProcessInfo.processInfo.environment["RUNTALLY_DOCUMENTS"] == "write"

  @Test("everything in a document that something else makes is just that", arguments: Document.all)
  func parts(document: Document) async throws {
    let made = try await DocumentSession(document).make(document.parts)
    var renewed = document
    for (part, lines) in zip(document.parts, made).reversed() {
      let shown = document.text(of: part)
      if part.agrees(shown, with: lines) { continue }
      if DocumentPartTests.writes, !shown.contains("…") {
        renewed = renewed.replacing(part, with: part.framed(lines))
        continue
      }
      Issue.record(
        """
        \(document.path):\(part.line): \(part.maker) makes
        \(part.framed(lines).joined(separator: "\n"))
        and not
        \(shown.joined(separator: "\n"))
        (`make docs` renews what has no ellipsis)
        """)
    }
    guard renewed.lines != document.lines else { return }
    try Data(renewed.lines.joined(separator: "\n").utf8).write(to: House.root.appending(path: document.path))
  }

  @Test("a command with its output stands before line 30 of the README")
  func firstScreen() throws {
    let first = try Document.named("README.md").parts.first
    #expect((first?.line ?? .max) < 30)
    #expect(first?.place.isEmpty == false)
  }

  private static let sample = Document(
    path: "sample.md",
    text: """
      # Sample
      `first-word` and a block:
      ```console
      $ runtally --version
      0.1.0
      $ printf 'one\\ntwo\\n' \\
        >&2
      …
      two
      $ cd / && export A=b
      $ echo "$PWD $A"; false
      / b
      $ test -t 1 && echo a terminal
      a terminal
      ```
      ## Commands
      ```console no-run
      $ rm -rf everything
      ```
      <!-- made by echo made -->

      made

      <!-- end -->
      ### Deeper
      `deeper`
      <!-- made of table ledger -->
      <!-- end -->
      ## Commands too
      ```sh
      $ nothing
      <!-- made by nobody -->
      <!-- end -->
      ```
      """)

  @Test("the reader of documents finds commands, continued lines, outputs and made text, and leaves the rest alone")
  func reading() {
    let sample = DocumentPartTests.sample
    #expect(
      sample.parts == [
        DocumentPart(line: 4, maker: .command("runtally --version"), place: 4..<5),
        DocumentPart(line: 6, maker: .command("printf 'one\\ntwo\\n' \\\n  >&2"), place: 7..<9),
        DocumentPart(line: 10, maker: .command("cd / && export A=b"), place: 10..<10),
        DocumentPart(line: 11, maker: .command("echo \"$PWD $A\"; false"), place: 11..<12),
        DocumentPart(line: 13, maker: .command("test -t 1 && echo a terminal"), place: 13..<14),
        DocumentPart(line: 20, maker: .command("echo made"), place: 20..<23, isExact: true),
        DocumentPart(line: 27, maker: .relation("ledger"), place: 27..<27, isExact: true),
      ])
    #expect(sample.section("commands")?.wordsInCode == ["rm", "-rf", "everything", "deeper"])
    #expect(sample.section("Nowhere") == nil)
  }

  @Test("commands share one shell and are typed into a terminal, and what was made takes the old text's place")
  func typing() async throws {
    let sample = DocumentPartTests.sample
    let made = try await DocumentSession(sample).make(sample.parts)
    #expect(made.count == sample.parts.count)
    var renewed = sample
    for (part, lines) in zip(sample.parts, made).reversed() {
      let isEmpty = part.maker == .relation("ledger")
      #expect(part.agrees(sample.text(of: part), with: lines) == !isEmpty, "\(part.maker) makes \(lines)")
      renewed = renewed.replacing(part, with: part.framed(lines))
    }
    for (part, lines) in zip(renewed.parts, made) { #expect(part.agrees(renewed.text(of: part), with: lines)) }
    #expect(renewed.section("Deeper")?.lines.contains { $0.hasPrefix("One row: what this ledger is") } == true)
  }

  @Test("an ellipsis stands for any lines, and everything else for itself")
  func matching() {
    let part = DocumentPart(line: 1, maker: .command("x"), place: 0..<0)
    func matches(_ shown: [String], _ printed: [String]) -> Bool { part.agrees(shown, with: printed) }
    #expect(matches([], [""]))
    #expect(matches(["a", "…"], ["a"]))
    #expect(matches(["…", "c"], ["a", "b", "c", ""]))
    #expect(matches(["a", "…", "c"], ["a", "c", "b", "c"]))
    #expect(!matches(["a", "…", "c"], ["a", "b"]))
    #expect(!matches(["a"], ["a", "b"]))
    #expect(!matches(["a", "b"], ["a"]))
    #expect(matches(["p  2 changed    0.1 s"], ["p  2 changed   12.4 s"]))
    #expect(matches(["at http://127.0.0.1:1/v1"], ["at http://127.0.0.1:40123/v1"]))
    #expect(!matches(["total  405.0 s"], ["total  406.0 s"]))
  }

  @Test("of made text every byte counts")
  func exact() {
    let part = DocumentPart(line: 1, maker: .command("x"), place: 0..<0, isExact: true)
    #expect(part.agrees(["", "a", ""], with: ["a"]))
    #expect(!part.agrees(["", "a ", ""], with: ["a"]))
    #expect(!part.agrees(["", "…", ""], with: ["a"]))
    #expect(!part.agrees(["a"], with: ["a"]))
  }
}
