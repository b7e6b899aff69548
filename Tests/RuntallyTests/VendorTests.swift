import Foundation
import Runs
import Simulator
import Testing

/// All three vendors in one ledger, over real HTTP and again from saved answers.
@Suite(.timeLimit(.minutes(60)))
struct VendorTests {
  @Test("a harvest reads every vendor; one that fails does not stop the others")
  func harvest() async throws {
    try await withVendors { place, _, _ in
      let finished = try await place.run("harvest", environment: ThreeVendors.keys)
      #expect(finished.exitCode == 0 && finished.out == "")
      let lines = finished.err.split(separator: "\n").map(ThreeVendors.withoutTime)
      #expect(
        lines == [
          "production    12 runners        407 runs        407 new, 0 changed",
          "agents         7 runners        682 runs        682 new, 0 changed",
          "quality       25 runners               –",
        ])

      let wrong = try await place.run(
        "harvest", environment: ThreeVendors.keys.merging(["AGENTS_KEY": "wrong-key"]) { $1 })
      #expect(wrong.exitCode == 3)
      #expect(wrong.err.contains("agents        could not be read: the vendor refused the key (401 from 127.0.0.1:"))
      #expect(wrong.err.contains("check $AGENTS_KEY, or create a key with the scope runners:read\n"))
      #expect(wrong.err.hasSuffix("\nruntally: 2 of 3 sources read completely; what arrived is saved\n"))
      #expect(!wrong.err.contains("wrong-key"))

      let lacking = try await place.run(
        "harvest", environment: ["SODA_ID": "id", "NODION_TOKEN": "t", "AGENTS_KEY": "k"])
      #expect(
        lacking
          == Finished(
            exitCode: 64, out: "",
            err: "runtally: the environment variable SODA_SECRET is not set; the source quality takes its key from it\n"
          ))
    }
  }

  @Test("saved answers replay, without a network or a key, to the same ledger and the same bytes in every report")
  func replay() async throws {
    try await withVendors { place, server, clock in
      for instant in SimulatorDefaults.demoVisits.suffix(2) {
        clock.set(to: instant)
        // One list at a time: several at once are committed, and numbered, as they arrive.
        let saved = try await place.run(
          "harvest", "--save", "saved", "--concurrency", "1", environment: ThreeVendors.keys)
        #expect(saved.exitCode == 0)
      }
      await server.stop()

      let replayed = try await place.run("harvest", "--replay", "saved", "--concurrency", "1", "--config", "again.yaml")
      #expect(replayed.exitCode == 0)
      #expect(replayed.err.split(separator: "\n").count == 6)
      for report in ["monthly-cost", "charges", "failure-trend", "durations", "runs", "runners", "coverage"] {
        for format in ["csv", "json"] {
          let arguments = "runtally report \(report) --all --format \(format)"
          let (live, again) = (
            try await place.shell(arguments), try await place.shell(arguments + " --config again.yaml")
          )
          #expect(again == live, "\(report) as \(format)")
          #expect(again.out.contains("\n") && again.exitCode == 0)
        }
      }
      var tables = try await place.tables()
      try FileManager.default.removeItem(at: place.url("runtally.yaml"))
      try FileManager.default.moveItem(at: place.url("again.yaml"), to: place.url("runtally.yaml"))
      var replayedTables = try await place.tables()
      // When a ledger was made is its own.
      tables["ledger"] = nil
      replayedTables["ledger"] = nil
      for (name, rows) in tables { #expect(replayedTables[name] == rows, "\(name)") }
    }
  }

  @Test("no key, prompt, command or address is in the saved answers, the ledger or what is printed")
  func secrets() async throws {
    try await withVendors { place, _, _ in
      let harvested = try await place.run("harvest", "--save", "saved", environment: ThreeVendors.keys)
      let unpacked = try await place.shell("find saved -name '*.gz' -exec zcat {} +")
      #expect(unpacked.out.contains("\"pod_key\"") && unpacked.out.contains("\"runners\""))
      let ledger = String(decoding: try place.bytes("ledger.sqlite"), as: UTF8.self)
      let runs = try await place.run("report", "runs", "--all", "--format", "json").out
      for secret in ThreeVendors.unwanted {
        for (name, text) in [
          ("the output", harvested.err), ("the saved answers", unpacked.out), ("the ledger", ledger),
          ("a report", runs),
        ] {
          #expect(!text.contains(secret), "\(name) has \(secret) in it")
        }
      }
    }
  }

  @Test("a folder without saved visits, and a source that was not saved, are told")
  func nothingToReplay() async throws {
    let place = try Workplace()
    try place.configure()
    try place.write("", to: "empty/file")
    let none = try await place.run("harvest", "--replay", "empty")
    #expect(
      none
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: empty holds no saved visit; name the folder that `runtally harvest --save` was given\n"))
    let both = try await place.run("harvest", "--replay", "empty", "--watch", "5m")
    #expect(both.exitCode == 64 && both.err.contains("--replay asks nobody"))
  }

  @Test("bodies of AgentsMesh and Soda are imported", arguments: ["agentsmesh", "soda"])
  func bodies(vendor: String) async throws {
    let place = try Workplace()
    let wrote = try await place.run(
      "simulate", "--bodies", "bodies", "--vendor", vendor, "--now", "2026-04-01T04:00:00Z", "--profile", "observed")
    #expect(wrote.exitCode == 0)
    let imported = try await place.run(
      "import", "there", "bodies", "--vendor", vendor, "--as-of", "2026-04-01T04:00:00Z")
    #expect(imported.exitCode == 0)
    #expect(imported.err.contains(vendor == "soda" ? "25 runners               –" : "7 runners        682 runs"))
    #expect(try await place.run("verify").exitCode == 0)
  }

  private func withVendors(_ body: (Workplace, SimulatorServer, SimulatorClock) async throws -> Void) async throws {
    let clock = SimulatorClock(at: SimulatorDefaults.now)
    try await SimulatorServer.withRunning(world: NodionWorld(runs: 400), clock: clock, profile: .observed) { server in
      let place = try Workplace()
      try place.write(ThreeVendors.configuration(server), to: "runtally.yaml")
      try place.write(
        ThreeVendors.configuration(server).replacing("ledger.sqlite", with: "again.sqlite"), to: "again.yaml")
      try await body(place, server, clock)
    }
  }
}

private enum ThreeVendors {
  static let keys = [
    "NODION_TOKEN": SimulatorDefaults.token, "AGENTS_KEY": SimulatorDefaults.agentsMeshKey,
    "SODA_ID": SimulatorDefaults.sodaKeyID, "SODA_SECRET": SimulatorDefaults.sodaKeySecret,
  ]

  /// What is known to be in the answers or the requests.
  static let unwanted =
    Array(keys.values) + [
      Data("\(SimulatorDefaults.sodaKeyID):\(SimulatorDefaults.sodaKeySecret)".utf8).base64EncodedString(),
      "Fix the login bug", "Raise the test coverage", "ada@example.com", "python backup.py",
    ]

  static func configuration(_ server: SimulatorServer) -> String {
    """
    database: ledger.sqlite
    timezone: Europe/Berlin
    currency: EUR
    sources:
      production: {vendor: nodion, url: "\(server.nodionURL)", token: "${NODION_TOKEN}"}
      agents: {vendor: agentsmesh, url: "\(server.agentsMeshURL)", token: "${AGENTS_KEY}"}
      quality:
        vendor: soda
        url: "\(server.sodaURL)"
        key_id: "${SODA_ID}"
        key_secret: "${SODA_SECRET}"

    """
  }

  static func withoutTime(_ line: Substring) -> String {
    String(line.replacing(/\s+\d+\.\d s$/, with: ""))
  }
}
