import Foundation
import Testing

/// Help is part of the program: every command has one, with an example that could be typed.
@Suite struct HelpTests {
  static let commands = [
    "init", "config", "demo", "harvest", "import", "status", "report", "reports", "check", "close", "settle", "explain",
    "log", "diff", "whatif", "prices", "source", "runner", "trigger", "query", "verify", "backup", "serve", "mcp",
    "simulate",
  ]

  @Test("the root help lists the commands, an example and the exit codes")
  func rootHelp() async throws {
    let help = try await Workplace().run("--help")
    #expect(help.exitCode == 0)
    #expect(help.err == "")
    let listed = help.out.split(separator: "SUBCOMMANDS:\n").last?.split(separator: "\n").compactMap { line in
      line.firstMatch(of: /^  ([a-z]+)\b/)?.1
    }
    #expect(listed?.map(String.init) == HelpTests.commands)
    #expect(help.out.contains("Example: runtally init && runtally harvest && runtally report monthly-cost\n"))
    #expect(
      help.out.replacing(/\s+/, with: " ").contains(
        """
        Exit codes: 0 done; 1 failed, or nothing arrived; 2 a check found a violation, a source is stale, the ledger \
        is not sound, or a run that was triggered did not succeed; 3 partly done, what arrived is saved; \
        64 wrong usage or configuration; 75 another harvest holds the ledger, try later.
        """))
  }

  @Test("without a command, the root help is shown")
  func noCommand() async throws {
    let place = try Workplace()
    #expect(try await place.run() == (try await place.run("--help")))
  }

  @Test("every command's help has an example of itself, whose options exist", arguments: commands)
  func examples(command: String) async throws {
    let help = try await Workplace().run("help", command)
    #expect(help.exitCode == 0)
    let example = try #require(
      help.out.firstMatch(of: /(?s)Example: (.*?)\n\n/)?.1.replacing("\n", with: " "), "\(command) has no example")
    #expect(example.hasPrefix("runtally \(command)"))
    let options = help.out.matches(of: /(?m)^  (?:-\w, )?(--[a-z-]+)(?: <[a-z]+>)?\s+\S/).map { String($0.1) }
    for word in example.split(separator: " ") where word.hasPrefix("--") {
      #expect(options.contains(String(word)), "\(command) has no \(word)")
    }
  }

  @Test("--help of a command is the same as help for it")
  func helpFlag() async throws {
    let place = try Workplace()
    let flag = try await place.run("report", "--help")
    #expect(flag.exitCode == 0)
    #expect(flag == (try await place.run("help", "report")))
  }

  @Test("--version says one number")
  func version() async throws {
    let finished = try await Workplace().run("--version")
    #expect(finished.exitCode == 0)
    #expect(finished.out.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  @Test("completion scripts know every command", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) async throws {
    let script = try await Workplace().run("--generate-completion-script", shell)
    #expect(script.exitCode == 0)
    #expect(script.err == "")
    for command in HelpTests.commands { #expect(script.out.contains(command), "\(shell) does not know \(command)") }
    #expect(script.out.contains("failure-trend"), "\(shell) does not know the reports")
  }

  @Test("bash accepts its script", .enabled(if: Tool.bash.isThere, "bash is not installed"))
  func bashScript() async throws {
    let finished = try await Workplace().shell("runtally --generate-completion-script bash > c && bash -n c")
    #expect(finished == Finished(exitCode: 0, out: "", err: ""))
  }

  @Test("an unknown shell is wrong usage")
  func unknownShell() async throws {
    #expect(try await Workplace().run("--generate-completion-script", "pwsh").exitCode == 64)
  }
}
