import Foundation
import Testing

/// What the program says beside the data.
@Suite struct MessageTests {
  @Test(
    "whatever asks for attention begins with the program's name",
    arguments: [
      ("nonsense", 64), ("report nosuch", 64), ("report runs --frmat csv", 64), ("report runs --format x", 64),
      ("harvest", 64), ("check", 64), ("query 'SELECT'", 64), ("verify --database none.sqlite", 1),
      ("report runs --all --output nowhere/runs.csv", 1), ("status", 2),
      ("report monthly-cost --from 2026-01-01 --to 2026-03-01 --require-final", 2),
    ])
  func messages(command: String, exitCode: Int32) async throws {
    let place = try await Workplace.withDocumentedRuns()
    let finished = try await place.shell("runtally " + command)
    #expect(finished.exitCode == exitCode)
    let lines = finished.err.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("runtally: ") }, "\(finished.err)")
    #expect(!lines.contains { $0.lowercased().hasPrefix("error") || $0.lowercased().hasPrefix("warning") })
  }

  @Test("one place writes to standard error, and says who speaks")
  func onePlace() throws {
    let marks = ["STDERR_FILENO", "standardError", "stderr", "\"runtally: "]
    for file in try House.files(in: "Sources/runtally", endings: ["swift"]) where !file.path.hasSuffix("/Console.swift")
    {
      for mark in marks where file.text.contains(mark) { Issue.record("\(file) has \(mark)") }
    }
  }

  @Test("a terminal that is dumb, or asks for no colour, gets none")
  func color() async throws {
    let place = try await Workplace.withDocumentedRuns()
    func isColored(_ variables: String) async throws -> Bool {
      let lines = try await Terminal.show("\(variables) runtally report runs --all --quiet", in: place)
      #expect(lines.contains { $0.contains("Runs · ") })
      return lines.contains { $0.contains("\u{1B}") }
    }
    #expect(try await isColored("NO_COLOR="))
    #expect(try await !isColored("NO_COLOR=1"))
    #expect(try await !isColored("NO_COLOR= TERM=dumb"))
  }
}
