import Foundation

/// What makes the parts of one document: its commands are typed into one terminal, one after another, so that `cd` and
/// `export` last, in a fresh folder. A document that does not make a demo of its own finds one in `demo`.
struct DocumentSession {
  private let place: Workplace

  init(_ document: Document) async throws {
    place = try Workplace()
    let typed = document.parts.compactMap(\.command)
    guard typed.contains("cd demo"), !typed.contains("make demo") else { return }
    let demo = try await DocumentSession.demo.value
    try FileManager.default.copyItem(at: demo.url("demo"), to: place.url("demo"))
  }

  /// Made once for all documents, which get copies of it.
  private static let demo = Task {
    let place = try Workplace()
    _ = try await place.run("demo", "--output", "demo", "--quiet")
    return place
  }

  /// What is made for each part, in their order.
  func make(_ parts: [DocumentPart]) async throws -> [[String]] {
    var printed = try await print(parts.compactMap(\.command))[...]
    return try parts.map { part in
      switch part.maker {
      case .command:
        var lines = printed.popFirst() ?? []
        if part.isExact { while lines.last == "" { lines.removeLast() } }
        return lines
      case .relation(let name): return try LedgerReference.lines(of: name)
      case .house: return House.lines
      }
    }
  }

  private func print(_ commands: [String]) async throws -> [[String]] {
    guard !commands.isEmpty else { return [] }
    let mark = "=== \(UUID().uuidString)"
    let script = commands.map { "printf '\(mark)\\n'\n\(typed($0))\n" }.joined()
    let lines = try await Terminal.show(script, in: place)
    return lines.split(separator: mark, omittingEmptySubsequences: false).dropFirst().map(Array.init)
  }

  /// Building is not what is tested: the demo that `make demo` ends with is.
  private func typed(_ command: String) -> String {
    command == "make demo" ? "runtally demo --output demo" : command
  }
}

extension DocumentPart {
  fileprivate var command: String? {
    if case .command(let command) = maker { command } else { nil }
  }
}
