import Foundation
import Runs
import Simulator
import Testing

/// Commands that are killed between the request and its answer: the next one tells what is not known, and nothing is
/// done twice.
@Suite(.timeLimit(.minutes(60))) struct KilledActionTests {
  private func kill(_ town: ActingTown, _ arguments: String..., fault: SimulatorFault) async throws {
    let before = town.acts.count
    town.server.faults = [fault]
    let started = try town.place.start(arguments, environment: ActingTown.keys)
    try await town.untilAsked(before + 1, isDone: fault.name == .slowBody)
    // The ledger had it before the vendor was asked.
    started.send(signal: SIGKILL)
    #expect(try await started.finished().exitCode == 128 + SIGKILL)
    town.server.faults = []
  }

  @Test("a run whose trigger was killed is found, told once, and triggered again only by who asks again")
  func trigger() async throws {
    try await ActingTown.with { town in
      let id = try await town.id(of: "Database Backup")
      // It is done, and its answer comes drop by drop.
      try await kill(
        town, "trigger", "production", "Database Backup",
        fault: SimulatorFault(.slowBody, on: "\(id)/runs", times: 1, delay: .seconds(600)))
      #expect(try await town.rows("SELECT kind, outcome IS NULL FROM action") == ["trigger,1"])

      let status = try await town.run("status", "--format", "csv")
      #expect(
        status.err.contains("runtally: of production nobody knows whether a run of Database Backup was triggered at "),
        "\(status.err)")
      let harvested = try await town.run("harvest", "quality")
      #expect(harvested.exitCode == 0 && harvested.err.contains("nobody knows whether a run of Database Backup was"))

      let next = try await town.run("trigger", "production", "Database Backup")
      #expect(next.exitCode == 1 && next.out == "")
      #expect(next.err.contains("; a new run of it has appeared, "), "\(next.err)")
      #expect(
        next.err.hasSuffix(
          "\nruntally: nothing was sent now, because that may have been done already; run the same command again if "
            + "you mean it\n"))
      #expect(town.acts.count == 1)
      #expect(try await town.rows("SELECT outcome, result_id IS NOT NULL FROM action") == ["unknown,1"])

      let meant = try await town.run("trigger", "production", "Database Backup")
      #expect(meant.exitCode == 0, "\(meant.err)")
      #expect(town.acts.count == 2)
      #expect(try await !town.run("status", "--format", "csv").err.contains("nobody knows"))
    }
  }

  @Test("a runner whose creation was killed is looked for by its name, and another command goes on")
  func create() async throws {
    try await ActingTown.with { town in
      try await kill(
        town, "runner", "create", "production", "--name", "Nightly report", "--image", "i", "--tag", "t", "--command",
        "c", "--region", "fra", "--instance-type", "standard-s",
        fault: SimulatorFault(.hanging, on: "/runners", times: 1, delay: .seconds(600)))
      let other = try await town.run("trigger", "production", "Database Backup")
      #expect(other.exitCode == 0)
      #expect(
        other.err.hasPrefix("runtally: nobody knows whether Nightly report was created at "), "\(other.err)")
      #expect(other.err.contains("; no new runner of that name has appeared so far\n"))
      #expect(town.acts.count == 2)
    }
  }

  @Test("of a runner whose change was killed the ledger knows how it is set up now")
  func update() async throws {
    try await ActingTown.with { town in
      let id = try await town.id(of: "Database Backup")
      // It hits the look before, too, which only takes its time.
      try await kill(
        town, "runner", "update", "production", "Database Backup", "--timeout", "1800",
        fault: SimulatorFault(.slowBody, on: "/runners/\(id)", times: 1, delay: .seconds(10)))
      let other = try await town.run("trigger", "production", "Search Index")
      #expect(other.exitCode == 0)
      #expect(other.err.hasPrefix("runtally: nobody knows whether Database Backup was changed at "), "\(other.err)")
      #expect(other.err.contains("; `runtally runner show production \(id)` shows how it is set up now\n"))
      #expect(
        try await town.rows("SELECT timeout_seconds FROM runner_detail WHERE runner_external_id = '\(id)'")
          == ["1800"])
    }
  }

  @Test("of a runner whose deletion was killed it is told whether it is still there")
  func delete() async throws {
    try await ActingTown.with { town in
      let id = try await town.id(of: "Database Backup")
      // It hits the look before, too, which only takes its time.
      try await kill(
        town, "runner", "delete", "production", "Database Backup", "--yes",
        fault: SimulatorFault(.slowBody, on: "/runners/\(id)", times: 1, delay: .seconds(20)))
      let other = try await town.run("trigger", "production", "Search Index")
      #expect(other.exitCode == 0)
      #expect(
        other.err.contains("runtally: nobody knows whether Database Backup was deleted at "), "\(other.err)")
      #expect(other.err.contains("; it is gone\n"), "\(other.err)")
    }
  }

  @Test("the same deletion once more finds that the runner is gone, and the question is settled")
  func deleteAgain() async throws {
    try await ActingTown.with { town in
      let id = try await town.id(of: "Database Backup")
      try await kill(
        town, "runner", "delete", "production", "Database Backup", "--yes",
        fault: SimulatorFault(.slowBody, on: "/runners/\(id)", times: 1, delay: .seconds(20)))
      let again = try await town.run("runner", "delete", "production", "Database Backup", "--yes")
      #expect(again.exitCode == 64)
      #expect(again.err.contains("nobody knows whether Database Backup was deleted at "), "\(again.err)")
      #expect(again.err.contains("; it is gone\n"), "\(again.err)")
      #expect(try await !town.run("status", "--format", "csv").err.contains("nobody knows"))
      #expect(town.acts.count == 1)
    }
  }

  @Test("a signal ends a command that waits for its answer, and says what is not known")
  func signal() async throws {
    try await ActingTown.with { town in
      let id = try await town.id(of: "Database Backup")
      town.server.faults = [SimulatorFault(.hanging, on: "\(id)/runs", times: 1, delay: .seconds(600))]
      let started = try town.start("trigger", "production", "Database Backup")
      try await town.untilAsked()
      started.send(signal: SIGINT)
      let finished = try await started.finished()
      #expect(
        finished
          == Finished(
            exitCode: 1, out: "",
            err:
              "runtally: stopped before the answer came: nobody knows whether a run of Database Backup was triggered; "
              + "the next command that changes something there looks for it\n"))
      town.server.faults = []
      #expect(try await town.run("trigger", "production", "Database Backup").exitCode == 1)
      #expect(town.acts.count == 1)
    }
  }
}
