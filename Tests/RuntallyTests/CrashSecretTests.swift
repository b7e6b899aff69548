import Foundation
import Harvest
import Runs
import Simulator
import Testing

/// No one gets in with what a harvest leaves behind, and nobody learns what was typed.
@Suite(.timeLimit(.minutes(60))) struct CrashSecretTests {
  /// What opens the simulated vendors, in the spellings that travel and those that servers echo.
  private static let keys: [String] = {
    let keys = [
      SimulatorDefaults.token, SimulatorDefaults.agentsMeshKey, SimulatorDefaults.sodaKeySecret,
      SimulatorDefaults.sodaKeyID, "wrong-token",
    ]
    let pair = SimulatorDefaults.sodaKeyID + ":" + SimulatorDefaults.sodaKeySecret
    let coded = (keys + [pair]).map { Data($0.utf8).base64EncodedString().replacing("=", with: "") }
    return keys + coded + coded.map { $0.replacing("+", with: "-").replacing("/", with: "_") }
  }()

  /// The keys of JSON whose values are private.
  private static let fields: Set<String> = [
    "run_command", "command", "argv", "entrypoint", "prompt", "initial_prompt", "sandbox_path", "branch_name", "email",
  ]

  /// Every private text in the bodies that the vendors send.
  private static func privateTexts(in place: Workplace) throws -> Set<String> {
    try NodionBodies(of: NodionWorld(runs: 600), at: CrashSite.late).write(to: place.url("raw/nodion"))
    for profile in SimulatorProfile.allCases {
      try AgentsMeshBodies(of: AgentsMeshWorld(pods: 300), at: CrashSite.late, profile: profile)
        .write(to: place.url("raw/\(profile.rawValue)"))
    }
    var texts: Set<String> = []
    func collect(_ value: Any, isPrivate: Bool) {
      switch value {
      case let text as String where isPrivate: texts.insert(text)
      case let list as [Any]: for item in list { collect(item, isPrivate: isPrivate) }
      case let object as [String: Any]: for (key, item) in object { collect(item, isPrivate: fields.contains(key)) }
      default: break
      }
    }
    for file in place.files(in: "raw") {
      collect(try JSONSerialization.jsonObject(with: try place.bytes("raw/\(file)")), isPrivate: false)
    }
    try FileManager.default.removeItem(at: place.url("raw"))
    return texts
  }

  @Test("hazard 32: no key, prompt, command, path or address is in the ledger, saved answers, outputs or reports")
  func nowhere() async throws {
    try await HazardVendors.running(at: CrashSite.early) { vendors in
      let place = vendors.place
      let texts = try CrashSecretTests.privateTexts(in: place)
      #expect(texts.isSuperset(of: ["python backup.py", "/usr/bin/tini --", "Fix the login bug", "ada@example.com"]))
      let forbidden = texts.union(CrashSecretTests.keys + AgentsMeshWorld.prompts + AgentsMeshWorld.emails)

      try await harvestInTrouble(vendors)
      try place.write(
        """
        database: ledger.sqlite
        timezone: Europe/Berlin
        currency: EUR
        sources:
          \(CrashSite.sources(of: vendors.server).joined(separator: "\n  "))

        """, to: "runtally.yaml")
      // One list is enough, since it is asked for again and again.
      vendors.server.faults = [SimulatorFault(.errorSecret, on: "/runners/\(Bodies.runnerID)/runs")]
      _ = try await place.siteShell("mkdir said; runtally harvest > said/harvest 2>&1")
      vendors.server.faults = []
      try await runEveryCommand(place)

      let said = try place.read("said/harvest")
      #expect(said.contains("<redacted>"), "a vendor echoed the key: \(said)")
      #expect(place.files(in: "answers").count > 50)
      #expect(place.files(in: "reports").count > 25)
      let unpacked = try await place.shell("find answers -name '*.gz' -exec gzip -dc {} + > unpacked")
      #expect(unpacked.exitCode == 0)
      #expect(try place.bytes("unpacked").count > 100_000)
      for file in place.files() {
        let bytes = try place.bytes(file)
        for text in forbidden where bytes.range(of: Data(text.utf8)) != nil {
          Issue.record("\(file) has \"\(text)\" in it")
        }
      }
    }
  }

  /// Visits that succeed, and visits to vendors that echo the keys in their errors, each with saved answers.
  private func harvestInTrouble(_ vendors: HazardVendors) async throws {
    let answers = vendors.place.url("answers")
    try await vendors.visit(savingTo: answers)
    vendors.clock.set(to: CrashSite.late)
    // Each hits some lists always, and the list of runners at first.
    vendors.server.faults = [
      SimulatorFault(.errorSecret, times: 1), SimulatorFault(.errorSecret, rate: 0.2, on: "/runners/"),
    ]
    let visits = try await vendors.visit(savingTo: answers)
    #expect(visits[.soda]?.isComplete == true)
    vendors.server.faults = [SimulatorFault(.errorSecret, on: "/runs"), SimulatorFault(.errorSecret, on: "/pods")]
    let echoed = try await vendors.visit(savingTo: answers)
    #expect(echoed[.nodion]?.isComplete == false && echoed[.agentsMesh]?.isComplete == false)
  }

  /// Runs every command that reads or harvests, and keeps what it says.
  private func runEveryCommand(_ place: Workplace) async throws {
    let tables = try await place.query(
      "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'")
    let lines = try await place.run("reports", "--format", "csv").out.split(separator: "\r\n").dropFirst()
    let reports = lines.compactMap { $0.split(separator: ",").first }
    var script = [
      "mkdir reports",
      "NODION_TOKEN=wrong-token runtally harvest > said/refused 2>&1",
      "runtally harvest --quiet > said/quiet 2>&1",
    ]
    for report in reports {
      for format in ["table", "csv", "json", "jsonl", "markdown", "html", "junit", "focus"] {
        script.append("runtally report \(report) --all --format \(format) > reports/\(report).\(format) 2>&1")
      }
    }
    for table in tables.split(separator: "\r\n").dropFirst() {
      script.append("runtally query 'SELECT * FROM \(table)' --format csv > said/table-\(table) 2>&1")
    }
    for command in ["status", "verify", "reports", "backup backup.sqlite"] {
      script.append("runtally \(command) > said/\(command.prefix { $0 != " " }) 2>&1")
    }
    _ = try await place.siteShell(script.joined(separator: "\n"))
    #expect(try place.read("said/verify").contains("is sound"))
    #expect(try place.read("said/refused").contains("the vendor refused the key"))
    #expect(try place.read("said/table-run_detail").split(separator: "\r\n").count > 500)
  }
}
