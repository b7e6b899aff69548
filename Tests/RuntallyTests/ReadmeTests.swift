import Foundation
import Testing

/// The README's commands print what the README says: they are typed into a terminal, one after another, in one folder.
@Suite struct ReadmeTests {
  @Test("every command of the README prints what it shows", .enabled(if: Readme.file != nil, "there is no README.md"))
  func commands() async throws {
    let commands = try #require(Readme.file).commands
    #expect(!commands.isEmpty)
    let printed = try await print(commands.map(\.command))
    for (command, lines) in zip(commands, printed) {
      let (shown, seen) = (ReadmeCommand.comparable(command.output), ReadmeCommand.comparable(lines))
      if !ReadmeCommand.matches(shown[...], seen[...]) {
        Issue.record(
          """
          README.md:\(command.line): $ \(command.command)
          prints
          \(seen.joined(separator: "\n"))
          and not
          \(shown.joined(separator: "\n"))
          """)
      }
    }
  }

  @Test(
    "a command with its output stands before line 30 of the README",
    .enabled(if: Readme.file != nil, "there is no README.md"))
  func firstScreen() throws {
    let readme = try #require(Readme.file)
    let first = readme.commands.first
    #expect((first?.line ?? .max) < 30)
    #expect(first?.output.isEmpty == false)
  }

  /// What each command prints, typed into one shell, so that `cd` and `export` last.
  private func print(_ commands: [String]) async throws -> [[String]] {
    let place = try Workplace()
    let mark = "=== \(UUID().uuidString)"
    let script = commands.map { "printf '\(mark)\\n'\n\(typed($0))\n" }.joined()
    let lines = try await Terminal.show(script, in: place)
    return lines.split(separator: mark, omittingEmptySubsequences: false).dropFirst().map(Array.init)
  }

  /// Building is not what is tested: the demo that `make demo` ends with is.
  private func typed(_ command: String) -> String {
    command == "make demo" ? "runtally demo --output demo" : command
  }

  private static let sample = Readme(
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
      ### Deeper
      `deeper`
      ## Commands too
      ```sh
      $ nothing
      ```
      """)

  @Test("the README's own reader finds commands, continued lines and outputs, and leaves other blocks alone")
  func reading() {
    #expect(
      ReadmeTests.sample.commands == [
        ReadmeCommand(line: 4, command: "runtally --version", output: ["0.1.0"]),
        ReadmeCommand(line: 6, command: "printf 'one\\ntwo\\n' \\\n  >&2", output: ["…", "two"]),
        ReadmeCommand(line: 10, command: "cd / && export A=b", output: []),
        ReadmeCommand(line: 11, command: "echo \"$PWD $A\"; false", output: ["/ b"]),
        ReadmeCommand(line: 13, command: "test -t 1 && echo a terminal", output: ["a terminal"]),
      ])
    #expect(ReadmeTests.sample.section("commands")?.wordsInCode == ["rm", "-rf", "everything", "deeper"])
    #expect(ReadmeTests.sample.section("Nowhere") == nil)
  }

  @Test("commands share one shell and are typed into a terminal")
  func typing() async throws {
    let commands = ReadmeTests.sample.commands
    let printed = try await print(commands.map(\.command))
    #expect(printed.count == commands.count)
    for (command, lines) in zip(commands, printed) {
      let seen = ReadmeCommand.comparable(lines)
      #expect(ReadmeCommand.matches(command.output[...], seen[...]), "\(command.command) prints \(seen)")
    }
  }

  @Test("an ellipsis stands for any lines, and everything else for itself")
  func matching() {
    func matches(_ shown: [String], _ printed: [String]) -> Bool {
      ReadmeCommand.matches(ReadmeCommand.comparable(shown)[...], ReadmeCommand.comparable(printed)[...])
    }
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
}
