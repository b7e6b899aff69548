import Foundation
import Runs
import Simulator
import Testing

/// `runtally trigger`: a run is started once, followed, saved and priced.
@Suite(.timeLimit(.minutes(60))) struct TriggerCommandTests {
  private let backup = "a1b2c3d4-e5f6-7890-abcd-ef1234567890"

  private func row(_ finished: Finished) throws -> [String: String] {
    let lines = finished.out.split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    try #require(lines.count == 2, "\(finished)")
    return Dictionary(uniqueKeysWithValues: zip(lines[0], lines[1]))
  }

  @Test("a run is triggered, kept as an event, and explained with where it came from")
  func triggered() async throws {
    try await ActingTown.with { town in
      let finished = try await town.run(
        "trigger", "production", "Database Backup", "--env", "TARGET=s3://hidden-bucket", "--format", "csv")
      #expect(finished.exitCode == 0, "\(finished.err)")
      let row = try row(finished)
      #expect(row["status"] == "pending" && row["outcome"] == "pending" && row["cost"] == "")
      let run = try #require(row["run_id"])
      #expect(finished.err == "run \(run) of Database Backup is pending\n")
      #expect(town.acts == ["POST /v1/runners/\(backup)/runs"])

      #expect(
        try await town.rows("SELECT kind, subject, outcome, status, result_id FROM action") == [
          "trigger,\(backup),done,200,\(run)"
        ])
      let asked = try await town.place.run("query", "SELECT asked FROM action", "--format", "json")
      #expect(
        asked.out.contains(#"{\"env_variables\":[{\"env_key\":\"TARGET\",\"env_val\":\"***\"}]}"#), "\(asked.out)")
      #expect(
        try await town.rows("SELECT kind FROM sequence ORDER BY sequence DESC LIMIT 2") == ["sighting", "action"])
      let explained = try await town.place.run("explain", "run", run)
      #expect(explained.out.contains("triggered    from here, by the action of "), "\(explained.out)")
      #expect(explained.out.contains(", with the variable TARGET\n"))
      let json = try await town.place.run("explain", "run", run, "--format", "json")
      #expect(json.out.contains("\"environment\": [\n      \"TARGET\"\n    ]"), "\(json.out)")
      for file in town.place.files() {
        #expect(try town.place.bytes(file).range(of: Data("hidden-bucket".utf8)) == nil, "\(file)")
      }
      // The next harvest finds it as any other.
      let harvested = try await town.run("harvest", "production")
      #expect(harvested.exitCode == 0 && harvested.err.contains(" 0 new, "), "\(harvested.err)")
    }
  }

  @Test("values of the environment that the vendor's answers hold by right leave what is read as it is")
  func meantValues() async throws {
    try await ActingTown.with { town in
      let finished = try await town.run(
        "trigger", "production", "Database Backup", "--env", "NAME=Database Backup", "--env", "ID=\(backup)", "--env",
        "STATE=pending", "--format", "csv")
      #expect(finished.exitCode == 0, "\(finished.err)")
      #expect(try row(finished)["status"] == "pending")
      #expect(town.acts == ["POST /v1/runners/\(backup)/runs"])
      #expect(try await town.rows("SELECT count(*) FROM runner_version WHERE name LIKE '%redacted%'") == ["0"])
    }
  }

  @Test("nothing is sent where the rows could not be written", arguments: ["nowhere/rows.csv", "folder"])
  func unwritable(output: String) async throws {
    try await ActingTown.with { town in
      try town.place.write("", to: "folder/file")
      let finished = try await town.run("trigger", "production", "Database Backup", "--output", output)
      #expect(finished.exitCode != 0 && finished.err.contains(output), "\(finished.err)")
      #expect(town.acts.isEmpty)
    }
  }

  @Test("--wait follows a run to its end, saves it, and prices it to the last digit")
  func wait() async throws {
    try await ActingTown.with { town in
      for number in 0..<3 {
        let waiting = try town.start("trigger", "production", "Database Backup", "--wait", "--format", "csv")
        while waiting.isRunning {
          try await Task.sleep(for: .milliseconds(200))
          town.clock.advance(byMilliseconds: 30_000)
        }
        let finished = try await waiting.finished()
        let row = try row(finished)
        let (outcome, exit) = (row["outcome"], finished.exitCode)
        #expect(outcome == "success" ? exit == 0 : exit == 2, "\(finished)")
        guard let runtime = row["runtime_seconds"], let seconds = Decimal(string: runtime) else { continue }
        #expect(row["cost"].flatMap { Decimal(string: $0) } == seconds * (Decimal(string: "0.0000019") ?? 0), "\(row)")
        #expect(row["currency"] == "EUR")
        #expect(finished.err.contains(": pending\n"), "\(number): \(finished.err)")
        let saved = try await town.rows(
          "SELECT status, ended_at IS NOT NULL FROM run WHERE external_id = '\(row["run_id"] ?? "")'")
        #expect(saved == ["\(row["status"] ?? ""),1"])
      }
      let before = try await town.rows("SELECT count(*) FROM run")
      #expect(try await town.run("harvest", "production", "--quiet").exitCode == 0)
      #expect(try await town.rows("SELECT count(*) FROM run") != ["0"] && !before.isEmpty)
    }
  }

  @Test("a run that takes longer than it is followed is told, with exit code 3")
  func givingUp() async throws {
    try await ActingTown.with { town in
      let finished = try await town.run(
        "trigger", "production", backup, "--wait", "--give-up-after", "1s", "--format", "csv")
      #expect(finished.exitCode == 3)
      #expect(finished.err.contains(" of Database Backup is still pending; a harvest will read how it ends\n"))
      #expect(try row(finished)["status"] == "pending")
    }
  }

  @Test("nothing is asked of a vendor unless its source allows it, and the line to add is told")
  func notAllowed() async throws {
    try await ActingTown.with(allowed: "[update]") { town in
      let requests = town.server.requestCount
      let finished = try await town.run("trigger", "production", "Database Backup")
      #expect(
        finished
          == Finished(
            exitCode: 64, out: "",
            err: "runtally: production does not allow to trigger; change its line in runtally.yaml, below "
              + "`production:`, to allow: [trigger, update]\n"))
      let mesh = try await town.run("trigger", "agents", "gpu-a100-01")
      #expect(
        mesh
          == Finished(
            exitCode: 64, out: "",
            err:
              "runtally: the API of AgentsMesh has no way to trigger a run; its keys with the scope runners:read can "
              + "read and no more\n"))
      #expect(town.server.requestCount == requests)
    }
  }

  @Test("--dry-run shows the request without values of the environment, and sends nothing")
  func dryRun() async throws {
    try await ActingTown.with(allowed: "[]") { town in
      try town.place.write("# for tests\nTOKEN=hidden-one\n\nVERBOSE=a=b\r\n", to: "run.env")
      let finished = try await town.run(
        "trigger", "production", "Database Backup", "--env-file", "run.env", "--env", "VERBOSE=hidden-two", "--dry-run")
      #expect(
        finished
          == Finished(
            exitCode: 0,
            out: "POST \(town.server.nodionURL)/runners/\(backup)/runs\n"
              + #"{"env_variables":[{"env_key":"TOKEN","env_val":"***"},{"env_key":"VERBOSE","env_val":"***"}]}"#
              + "\n",
            err: ""))
      #expect(town.acts == [])
      #expect(try await town.rows("SELECT count(*) FROM action") == ["0"])
    }
  }

  @Test("a variable without a name, and a file that is none, are wrong usage that shows no value")
  func badEnvironment() async throws {
    try await ActingTown.with(harvesting: false) { town in
      try town.place.write("A=1\nhidden\n", to: "run.env")
      for arguments in [
        ["--env", "hidden"], ["--env", "=hidden"], ["--env-file", "run.env"], ["--env-file", "none"],
      ] {
        let finished = try await town.place.start(
          ["trigger", "production", "x"] + arguments, environment: ActingTown.keys
        ).finished()
        #expect(finished.exitCode == 64 && !finished.err.contains("hidden"), "\(arguments): \(finished.err)")
      }
      #expect(town.server.requests == [])
    }
  }

  @Test("a vendor's no is told in its words; the run is not asked for again")
  func refused() async throws {
    try await ActingTown.with { town in
      town.server.faults = [SimulatorFault(.tooManyRequestsSeconds, on: "\(backup)/runs")]
      let finished = try await town.run("trigger", "production", "Database Backup")
      #expect(finished.exitCode == 1)
      #expect(
        finished.err.hasPrefix("runtally: a run of Database Backup was not triggered: 127.0.0.1:"), "\(finished.err)")
      #expect(finished.err.hasSuffix("the vendor asks to slow down; try again in 1 s\n"))
      #expect(town.acts.count == 1)
      #expect(try await town.rows("SELECT outcome, status FROM action") == ["refused,429"])
    }
  }

  @Test(
    "an answer that breaks off, is none, or is of a server in trouble: what may have come of it is looked for",
    arguments: [SimulatorFault.Name.cutBody, .droppedConnection, .serverError, .html, .emptyBody])
  func unclear(name: SimulatorFault.Name) async throws {
    try await ActingTown.with { town in
      town.server.faults = [SimulatorFault(name, on: "\(backup)/runs", times: 1)]
      let finished = try await town.run("trigger", "production", "Database Backup")
      #expect(finished.exitCode == 1 && finished.out == "")
      #expect(finished.err.hasPrefix("runtally: nobody knows whether a run of Database Backup was triggered: "))
      #expect(finished.err.hasSuffix("; it was sent once and not again; look before you ask for it again\n"))
      // Only a body that was cut came from a server that had done it.
      let isDone = name == .cutBody
      #expect(finished.err.contains("; a new run of it has appeared, ") == isDone, "\(finished.err)")
      #expect(finished.err.contains("; no new run of it has appeared so far") == !isDone, "\(finished.err)")
      #expect(town.acts.count == 1)
      let rows = try await town.rows("SELECT outcome, result_id IS NOT NULL FROM action")
      #expect(rows == ["unknown,\(isDone ? 1 : 0)"])
    }
  }
}
