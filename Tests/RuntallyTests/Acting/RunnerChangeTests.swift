import Foundation
import Runs
import Simulator
import Testing

/// `runtally runner create`, `update` and `delete`.
@Suite(.timeLimit(.minutes(60))) struct RunnerChangeTests {
  private static let create = [
    "runner", "create", "production", "--name", "Nightly report", "--image", "mycompany/report", "--tag", "v2",
    "--command", "python report.py --key hidden-command", "--region", "fra", "--instance-type", "standard-s",
  ]

  private func create(_ town: ActingTown, _ more: String...) async throws -> Finished {
    try await town.place.start(RunnerChangeTests.create + more, environment: ActingTown.keys).finished()
  }

  @Test("a runner is made, read, and known by the ledger with its price from that instant on")
  func created() async throws {
    try await ActingTown.with { town in
      let finished = try await create(town, "--timeout", "600", "--entrypoint", "/bin/hidden-entry")
      #expect(finished.exitCode == 0, "\(finished.err)")
      let id = try #require(
        finished.err.wholeMatch(of: /production has the runner Nightly report \((.+)\)\n/)?.1
      ).description
      #expect(town.acts == ["POST /v1/runners"])
      #expect(
        try await town.rows(
          "SELECT runner_external_id, image, timeout_seconds, instance_type, region FROM runner_detail "
            + "WHERE runner = 'Nightly report'") == ["\(id),mycompany/report:v2,600,standard-s,fra"])
      #expect(
        try await town.rows("SELECT kind, subject IS NULL, outcome, status, result_id FROM action")
          == ["create,1,done,200,\(id)"])
      let live = try await town.run("runner", "show", "production", id, "--format", "csv")
      #expect(live.out.contains("run_command,python report.py --key hidden-command\r\n"))
      for secret in ["hidden-command", "hidden-entry"] {
        let ledger = try town.place.bytes("ledger.sqlite")
        #expect(ledger.range(of: Data(secret.utf8)) == nil, "\(secret)")
      }
      let harvested = try await town.run("harvest", "production", "--quiet")
      #expect(harvested.exitCode == 0)
      #expect(
        try await town.rows("SELECT count(*) FROM runner_version WHERE name = 'Nightly report'") == ["1"],
        "the harvest finds what the command saw")
    }
  }

  @Test("every limit is checked before anything is sent, and all that is wrong is told at once")
  func limits() async throws {
    try await ActingTown.with { town in
      let finished = try await town.run(
        "runner", "create", "production", "--name", "ab", "--image", "i", "--region", "fra", "--instance-type",
        "Standard S", "--timeout", "86401")
      #expect(
        finished
          == Finished(
            exitCode: 64, out: "",
            err:
              "runtally: it needs a tag; it needs a command; the name has 2 characters, and Nodion takes 3 to 50; the "
              + "timeout is 86401 s, and Nodion takes 1 to 86400\n"))
      let unknown = try await town.run("runner", "create", "production", "--region", "mars")
      #expect(
        unknown
          == Finished(
            exitCode: 64, out: "",
            err: "runtally: it needs a name; it needs an image; it needs a tag; it needs a command; it needs an "
              + "instance type; nothing is known of the region \"mars\" of production; it has fra, hel\n"))
      #expect(town.acts == [])
      #expect(try await town.rows("SELECT count(*) FROM action") == ["0"])
    }
  }

  @Test("a runner whose creation is answered with nothing is looked for, and an answer that broke off is no second one")
  func createdUnclear() async throws {
    try await ActingTown.with { town in
      town.server.faults = [SimulatorFault(.cutBody, on: "/runners", times: 1)]
      let finished = try await create(town)
      #expect(finished.exitCode == 0, "\(finished.err)")
      #expect(finished.err.contains("production has the runner Nightly report ("))
      #expect(town.acts.count == 1)

      town.server.faults = [SimulatorFault(.droppedConnection, on: "/runners", times: 1)]
      let lost = try await town.place.start(
        RunnerChangeTests.create.map { $0 == "Nightly report" ? "Another one" : $0 }, environment: ActingTown.keys
      ).finished()
      #expect(lost.exitCode == 1)
      #expect(lost.err.hasPrefix("runtally: nobody knows whether Another one was created: "))
      #expect(lost.err.contains("; no new runner of that name has appeared so far; "), "\(lost.err)")
      #expect(town.acts.count == 2)
    }
  }

  @Test("only what is named is changed; before and after are shown, and the price of the new machine holds at once")
  func updated() async throws {
    try await ActingTown.with { town in
      let id = try await town.id(of: "Database Backup")
      let finished = try await town.run(
        "runner", "update", "production", "Database Backup", "--instance-type", "standard-l", "--timeout", "1800",
        "--format", "csv")
      #expect(finished.exitCode == 0, "\(finished.err)")
      #expect(
        finished.out == "action,runner,runner_id,field,before,after\r\n"
          + "update,Database Backup,\(id),timeout,3600,1800\r\n"
          + "update,Database Backup,\(id),instance_type,standard-s,standard-l\r\n")
      #expect(town.acts == ["PATCH /v1/runners/\(id)"])
      let versions = try await town.rows(
        """
        SELECT instance_type.slug, timeout_seconds, valid_from - unsure_from < 60000, sequence.kind
        FROM runner_version JOIN instance_type USING (instance_type_id)
        JOIN runner USING (runner_id) JOIN sequence USING (sequence)
        WHERE runner.external_id = '\(id)' ORDER BY valid_from
        """)
      #expect(versions == ["standard-s,3600,,harvest", "standard-l,1800,1,sighting"])
      #expect(
        try await town.rows("SELECT asked FROM action").map { $0.replacing("\"\"", with: "\"") } == [
          #""{"timeout_seconds":1800,"instance_type_id":"5e02a6f1-d93b-4c77-b1e8-4f6a0c259d13"}""#
        ])
      let again = try await town.run("harvest", "production", "--quiet")
      #expect(again.exitCode == 0)
      #expect(try await town.rows("SELECT count(*) FROM runner_version WHERE name = 'Database Backup'") == ["2"])
      let nothing = try await town.run("runner", "update", "production", "Database Backup")
      #expect(nothing.exitCode == 64 && nothing.err == "runtally: nothing of it is to be changed\n")
    }
  }

  @Test("what is the id of one runner and the name of another is neither")
  func idAndName() async throws {
    try await ActingTown.with { town in
      let id = try await town.id(of: "Database Backup")
      let renamed = try await town.run("runner", "update", "production", "Search Index", "--name", id)
      #expect(renamed.exitCode == 0, "\(renamed.err)")
      let before = town.acts.count
      let refused = try await town.run("runner", "delete", "production", id, "--yes")
      #expect(refused.exitCode == 64, "\(refused)")
      #expect(
        refused.err.hasPrefix(
          "runtally: \"\(id)\" is the id of one runner of production, \"Database Backup\", and the name of another, "))
      #expect(town.acts.count == before)
      #expect(try await town.run("runner", "delete", "production", "Database Backup", "--yes").exitCode == 0)
    }
  }

  @Test("a runner is deleted with --yes; elsewhere than on a terminal nothing is deleted without it")
  func deleted() async throws {
    try await ActingTown.with { town in
      let id = try await town.id(of: "Database Backup")
      let unasked = try await town.run("runner", "delete", "production", "Database Backup")
      #expect(unasked.exitCode == 64 && unasked.err.hasSuffix("elsewhere say --yes\n"), "\(unasked.err)")
      #expect(town.acts == [])
      let finished = try await town.run("runner", "delete", "production", "Database Backup", "--yes")
      #expect(
        finished
          == Finished(
            exitCode: 0, out: "",
            err: "production has deleted Database Backup; its history stays in the ledger\n"))
      #expect(town.acts == ["DELETE /v1/runners/\(id)"])
      #expect(try await town.rows("SELECT kind, outcome FROM action") == ["delete,done"])
      let gone = try await town.run("runner", "delete", "production", "Database Backup", "--yes")
      #expect(gone.exitCode == 64 && gone.err.contains("production has no runner \"Database Backup\""))
      #expect(town.acts.count == 1)
    }
  }

  @Test("a terminal is asked with the runner's name and what it cost, and anything but a yes is a no")
  func asked() async throws {
    try await ActingTown.with { town in
      let script = "export AGENTS_KEY=x SODA_ID=x SODA_SECRET=x; runtally runner delete production 'Database Backup'"
      let no = try await Terminal.show(script, in: town.place, typed: "n\n")
      let id = try await town.id(of: "Database Backup")
      #expect(
        no.contains { line in
          line.contains(
            /^Delete Database Backup \(.+\) of production, which cost \S+ EUR in the last 30 days\? \[y\/N\]/)
        }, "\(no)")
      #expect(no.contains { $0.contains("Database Backup was not deleted") }, "\(no)")
      #expect(town.acts == [])
      _ = try await Terminal.show(script, in: town.place, typed: "y\n")
      #expect(town.acts == ["DELETE /v1/runners/\(id)"])
    }
  }

  @Test("Soda's runners: one in use is refused in its words, and a key that may not is told what it lacks")
  func soda() async throws {
    try await ActingTown.with { town in
      let listed = try await town.run("runner", "list", "quality", "--format", "csv")
      var words: [String: Int] = [:]
      for line in listed.out.split(separator: "\r\n").dropFirst() {
        let id = line.split(separator: ",", omittingEmptySubsequences: false)[1]
        let finished = try await town.run("runner", "delete", "quality", String(id), "--yes")
        if finished.exitCode == 0 {
          words["deleted", default: 0] += 1
        } else {
          #expect(finished.err.contains(" was not deleted: 127.0.0.1:"), "\(finished.err)")
          words[String(finished.err.split(separator: ": ").last ?? ""), default: 0] += 1
        }
      }
      #expect(
        Set(words.keys) == ["deleted", "The runner is still in use\n", "Only self-hosted runners can be deleted\n"],
        "\(words)")
      let reader = [
        "SODA_ID": SimulatorDefaults.sodaReaderKeyID, "SODA_SECRET": SimulatorDefaults.sodaReaderKeySecret,
      ]
      let refused = try await town.run("runner", "create", "quality", "--credentials", "key.json", more: reader)
      #expect(refused.exitCode == 1)
      #expect(
        refused.err.contains("that its user has the global role permission MANAGE_DATASOURCES_AND_AGENTS\n"),
        "\(refused.err)")
      #expect(!town.place.exists("key.json"))
    }
  }

  @Test("the key of a new Soda runner is in one file that only its owner can read, and nowhere else")
  func credentials() async throws {
    try await ActingTown.with { town in
      let finished = try await town.run("runner", "create", "quality", "--credentials", "key.json")
      #expect(finished.exitCode == 0, "\(finished.err)")
      let text = try town.place.read("key.json")
      let key = try #require(text.wholeMatch(of: /\{"apiKeyId":"(.+)","apiKeySecret":"(.+)"\}\n/))
      let attributes = try FileManager.default.attributesOfItem(
        atPath: town.place.url("key.json").path(percentEncoded: false))
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
      for half in [key.1, key.2] {
        #expect(!finished.err.contains(half) && finished.out == "")
        #expect(try town.place.bytes("ledger.sqlite").range(of: Data(half.utf8)) == nil)
      }
      #expect(town.acts == ["POST /soda/api/v1/runners"])
      #expect(try await town.rows("SELECT kind, asked, outcome, result_id IS NULL FROM action") == ["create,{},done,1"])

      // A file that is there may hold another key.
      let again = try await town.run("runner", "create", "quality", "--credentials", "key.json")
      #expect(again.exitCode == 64 && again.err.contains("key.json is there already"))
      let nowhere = try await town.run("runner", "create", "quality", "--credentials", "none/key.json")
      #expect(nowhere.exitCode == 1)
      #expect(
        nowhere.err == "runtally: none/key.json cannot be written (No such file or directory); no key was asked for; "
          + "name another file with --credentials\n")
      #expect(town.acts.count == 1)
      #expect(try town.place.read("key.json") == text)

      let shown = try await town.run("runner", "create", "quality", "--credentials", "-")
      #expect(shown.exitCode == 0 && shown.out.contains(#""apiKeySecret":"simulated-secret-"#))
      let left = town.place.files().filter { $0.contains(".part") }
      #expect(left == [])
    }
  }
}
