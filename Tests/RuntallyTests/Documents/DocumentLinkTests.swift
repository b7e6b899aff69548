import Foundation
import Testing

/// Whoever follows a link, or looks for a file that a document names, finds it.
@Suite struct DocumentLinkTests {
  @Test("every link between documents leads to a file that is there, and to a heading in it", arguments: Document.all)
  func links(document: Document) throws {
    for link in document.links where !link.hasPrefix("https://") {
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let target = parts[0].isEmpty ? document.path : Document.resolved(parts[0], from: document.path)
      #expect(
        FileManager.default.fileExists(atPath: House.root.appending(path: target).path(percentEncoded: false)),
        "\(document.path) links to \(link), where there is nothing")
      guard parts.count == 2 else { continue }
      let anchors = try Document.named(target).anchors
      #expect(anchors.contains(parts[1]), "\(document.path) links to \(link), and \(target) has only \(anchors)")
    }
  }

  @Test("every file of the house that a document names is there", arguments: Document.all)
  func files(document: Document) throws {
    for span in document.spansOfCode where span.contains(/^(?:Sources|sql|reports|Tests|Benchmarks|docs|\.ci)\/\S+$/) {
      if span.contains(/[A-Z*]{3}|[*<…]/) { continue }
      #expect(
        FileManager.default.fileExists(atPath: House.root.appending(path: span).path(percentEncoded: false)),
        "\(document.path) names \(span), which is not there")
    }
  }

  @Test("every guide is linked from the README")
  func guides() throws {
    let links = try Document.named("README.md").links
    for document in Document.all where document.path.hasPrefix("docs/") {
      #expect(links.contains(document.path), "README.md does not link to \(document.path)")
    }
  }

  @Test("anchors are those that GitHub makes of headings")
  func anchors() {
    let document = Document(
      path: "docs/x.md", text: "# One `two` & three\n## A, b: (c)\n## A, b: (c)\n[x](#one) `[y](z)` [z](../a.md#b)\n")
    #expect(document.anchors == ["one-two--three", "a-b-c", "a-b-c-1"])
    #expect(document.links == ["#one", "../a.md#b"])
    #expect(Document.resolved("../a.md", from: "docs/x.md") == "a.md")
    #expect(Document.resolved("b.md", from: "docs/x.md") == "docs/b.md")
  }
}

extension Document {
  /// Where its links lead, as they are written.
  fileprivate var links: [String] {
    prose.flatMap { _, text in
      text.replacing(/`[^`]*`/, with: "").matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) }
    }
  }

  /// What a link may name behind its `#`.
  fileprivate var anchors: [String] {
    var seen: [String: Int] = [:]
    return headings.map { heading in
      let anchor = heading.title.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
        .replacing(" ", with: "-")
      defer { seen[anchor, default: 0] += 1 }
      return seen[anchor].map { "\(anchor)-\($0)" } ?? anchor
    }
  }

  /// A path as a document in a folder means it.
  fileprivate static func resolved(_ link: String, from path: String) -> String {
    var parts = path.split(separator: "/").dropLast().map(String.init)
    for part in link.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}
