import ArgumentParser
import Foundation
import Testing
import Yams

@testable import runtally

/// What the documents give to machines: their YAML can be read, their units are sound, and their commands exist as
/// written.
@Suite struct MachineTests {
  private static func blocks(_ language: String) -> [String] {
    Document.all.flatMap(\.blocks).filter { $0.language == language }.map(\.text)
  }

  @Test("every block of YAML is YAML")
  func yaml() {
    let blocks = MachineTests.blocks("yaml")
    #expect(blocks.count >= 6)
    for block in blocks { #expect(throws: Never.self, "\(block)") { try Yams.compose(yaml: block) } }
  }

  @Test("every runtally command in crontabs, units and jobs is one that the parser takes")
  func commands() throws {
    let texts = ["crontab", "yaml"].flatMap(MachineTests.blocks) + (try MachineTests.units().map(\.text))
    let commands = texts.flatMap(MachineTests.commands)
    #expect(commands.contains(["check", "--format", "junit", "--output", "check.xml"]))
    #expect(commands.contains(["harvest", "--quiet"]))
    #expect(commands.count >= 12)
    for command in commands {
      #expect(throws: Never.self, "runtally \(command.joined(separator: " "))") {
        _ = try Runtally.parseAsRoot(command)
      }
    }
    #expect(throws: (any Error).self) { _ = try Runtally.parseAsRoot(["check", "--no-such-option"]) }
  }

  /// The words behind each `runtally` that begins a command: at the start of a line, or behind what may precede one.
  private static func commands(in block: String) -> [[String]] {
    block.split(separator: "\n").filter { !$0.hasPrefix("#") }.flatMap { line in
      line.matches(of: /(?:^\s*(?:- )?(?:run: )?|&& (?:\/usr\/local\/bin\/)?|ExecStart=)runtally ([a-z][^&|;#]*)/).map {
        match in
        match.1.split(separator: " ").map { $0.trimmingCharacters(in: ["\""]) }
      }
    }
  }

  @Test("jobs go on after exit codes 2 and 3, and keep the ledger and what was found")
  func jobs() throws {
    let jobs = try MachineTests.blocks("yaml").compactMap { try Yams.load(yaml: $0) as? [String: Any] }
    let github = try #require(jobs.lazy.compactMap { $0["jobs"] as? [String: [String: Any]] }.first?["runners"])
    let steps = try #require(github["steps"] as? [[String: Any]])
    let harvest = try #require(steps.firstIndex { ($0["run"] as? String) == "runtally harvest" })
    for step in steps[(harvest + 1)...] { #expect(step["if"] as? String == "always()", "\(step)") }
    let kept = try #require((steps.last?["with"] as? [String: String])?["path"])
    #expect(kept.split(separator: "\n") == ["check.xml", "runners.xml", "summary.html", "runtally.sqlite"])

    let gitlab = try #require(jobs.lazy.compactMap { $0["runners"] as? [String: Any] }.first)
    #expect((gitlab["allow_failure"] as? [String: [Int]]) == ["exit_codes": [2, 3]])
    let artifacts = try #require(gitlab["artifacts"] as? [String: Any])
    #expect(artifacts["when"] as? String == "always")
    #expect(artifacts["paths"] as? [String] == kept.split(separator: "\n").map(String.init))
    #expect((artifacts["reports"] as? [String: [String]]) == ["junit": ["check.xml", "runners.xml"]])
  }

  private static func units() throws -> [House.File] {
    try House.files(in: "packaging/systemd", endings: ["service", "timer"])
  }

  @Test("systemd accepts the units", .enabled(if: Tool.systemdAnalyze.isThere, "systemd is not installed"))
  func units() async throws {
    let place = try Workplace()
    let units = try MachineTests.units()
    let names = units.map { $0.path.split(separator: "/").last.map(String.init) ?? "" }
    #expect(
      names.sorted() == [
        "runtally-check.service", "runtally-check.timer", "runtally-harvest.service", "runtally-harvest.timer",
        "runtally-serve.service",
      ])
    // Only a binary and a manual page that are there pass.
    for (unit, name) in zip(units, names) {
      try place.write(unit.text.replacing("ExecStart=runtally", with: "ExecStart=true"), to: name)
    }
    #expect(
      try await place.shell("systemd-analyze verify --man=no ./*.service ./*.timer")
        == Finished(exitCode: 0, out: "", err: ""))
  }

  @Test("what the workflow calls is in the Makefile")
  func workflow() throws {
    let text = try String(contentsOf: House.root.appending(path: ".github/workflows/ci.yml"), encoding: .utf8)
    let makefile = try String(contentsOf: House.root.appending(path: "Makefile"), encoding: .utf8)
    let jobs = try #require((try Yams.load(yaml: text) as? [String: Any])?["jobs"] as? [String: [String: Any]])
    let strategy = try #require(jobs["make"]?["strategy"] as? [String: Any])
    let targets = try #require((strategy["matrix"] as? [String: [String]])?["target"])
    #expect(targets == ["lint", "test", "thread-sanitizer", "bench-small", "judges"])
    for target in targets + ["dist", "deb"] { #expect(makefile.contains("\n\(target):"), "\(target)") }
    for action in text.matches(of: /uses: (\S+)/).map(\.1) {
      #expect(action.wholeMatch(of: /[\w\/-]+@v\d+\.\d+\.\d+/) != nil, "\(action) is not pinned by version")
    }
  }

  @Test("the image copies only what there is")
  func image() throws {
    let text = try String(contentsOf: House.root.appending(path: "Dockerfile"), encoding: .utf8)
    let copied = text.split(separator: "\n").filter { $0.hasPrefix("COPY ") && !$0.contains("--from=") }
      .flatMap { $0.split(separator: " ").dropFirst().dropLast() }
    #expect(copied.contains("Package.swift"))
    for name in copied {
      let path = House.root.appending(path: String(name)).path(percentEncoded: false)
      #expect(FileManager.default.fileExists(atPath: path), "\(name)")
    }
  }
}
