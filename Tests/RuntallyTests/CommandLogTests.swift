import Foundation
import Testing

/// Where a CI server reads along, no name from the other side begins a command; nor does what was typed drive a terminal.
@Suite struct CommandLogTests {
  private static let names = [
    "::error::one", "two\n::error::x", "three\r::warning::x", "four\r\n  ::error::x", "five\u{2028}::error::x",
    "six ##[error]x", "seven\u{85}::x", "##vso[task.complete]", "##teamcity[x]",
  ]

  private func place() async throws -> Workplace {
    let place = try Workplace()
    try place.writeBodies(
      runners: CommandLogTests.names.enumerated().map { Bodies.runner(id: "::r\($0)", name: $1) }, runs: [:])
    #expect(try await place.importBodies().exitCode == 3)
    return place
  }

  /// Lines that a CI server would run.
  private func commands(_ text: String) -> [String] {
    text.split(whereSeparator: {
      $0.unicodeScalars.contains { "\n\r\u{B}\u{C}\u{85}\u{2028}\u{2029}".unicodeScalars.contains($0) }
    })
    .map { String($0).trimmingCharacters(in: .whitespaces) }
    .filter { $0.hasPrefix("::") || $0.contains(/##[a-z]*\[/) }
  }

  @Test(
    "in no format, on neither stream", arguments: ["table", "csv", "csv --raw", "json", "jsonl", "markdown", "html"])
  func formats(format: String) async throws {
    let place = try await place()
    for variable in ["GITHUB_ACTIONS=true", "TF_BUILD=True", "TEAMCITY_VERSION=2026"] {
      for report in ["runners", "coverage"] {
        let finished = try await place.shell(
          "\(variable) runtally report \(report) --all --format \(format) 2>&1 | cat")
        #expect(finished.exitCode == 0)
        #expect(commands(finished.out) == [], "\(finished.out)")
      }
      let again = try await place.shell(
        "\(variable) runtally import production bodies --vendor nodion --as-of 2026-02-03T06:00:00Z 2>&1 | cat")
      #expect(commands(again.out) == [], "\(again.out)")
    }
  }

  @Test("elsewhere, and in a file, every byte is as it was written")
  func elsewhere() async throws {
    let place = try await place()
    let usual = try await place.shell("runtally report runners --all --format csv --raw --quiet")
    #expect(commands(usual.out) != [])
    let file = try await place.shell(
      "GITHUB_ACTIONS=true runtally report runners --all --format csv --raw --quiet > out")
    #expect(file.exitCode == 0)
    #expect(try place.read("out") == usual.out)
  }

  @Test(
    "what was typed wrongly is told without what drives a terminal",
    arguments: [
      ["report", "--no\u{1B}[31msuch"], ["harvest", "--wait", "\u{1B}]0;x\u{7}"], ["report", "runs", "a\u{1B}[2Jb"],
      ["close", "\u{1B}[31m"], ["report\u{1B}[31m"], ["report", "--month", "\u{9B}31m"],
    ])
  func typed(arguments: [String]) async throws {
    let finished = try await Workplace().start(arguments).finished()
    #expect(finished.exitCode == 64)
    #expect(finished.err != "")
    let controls = finished.err.unicodeScalars.filter { $0.properties.generalCategory == .control && $0 != "\n" }
    #expect(controls.isEmpty, "\(finished.err)")
  }
}
