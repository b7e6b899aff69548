import Foundation
import Runs
import Simulator
import Testing

/// `runtally runner list`, `show` and `pods`: what the APIs say at this moment.
@Suite(.timeLimit(.minutes(60))) struct LiveRunnerTests {
  private func lines(_ finished: Finished) -> [[String]] {
    finished.out.split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test("the runners of each vendor are listed as they are now, and nothing is saved")
  func list() async throws {
    try await ActingTown.with(harvesting: false) { town in
      for (source, count) in [("production", 12), ("agents", 7), ("quality", 25)] {
        let finished = try await town.run("runner", "list", source, "--format", "csv")
        #expect(finished.exitCode == 0, "\(finished.err)")
        #expect(lines(finished).count == count + 1, "\(source)")
      }
      let production = try await town.run("runner", "list", "production", "--format", "csv")
      #expect(
        production.out.hasPrefix(
          "runner,runner_id,status,online,kind,instance_type,price_second,region,image,timeout_seconds,active,capacity,"
            + "version,labels,last_seen_at,created_at\r\n"
            + "Database Backup,a1b2c3d4-e5f6-7890-abcd-ef1234567890,available,,,standard-s,0.0000019,fra,"))
      #expect(town.place.files() == ["runtally.yaml"])
      #expect(Set(town.server.requests.map { $0.prefix(4) }) == ["GET "])
    }
  }

  @Test("runners that would take work are a list of their own where the API has one")
  func available() async throws {
    try await ActingTown.with(harvesting: false) { town in
      let all = lines(try await town.run("runner", "list", "agents", "--format", "csv")).dropFirst().map { $0[0] }
      let finished = try await town.run("runner", "list", "agents", "--available", "--format", "csv")
      let some = lines(finished).dropFirst().map { $0[0] }
      #expect(!some.isEmpty && some.count < all.count && Set(some).isSubset(of: all))
      #expect(town.server.requests.last?.hasSuffix("/runners/available") == true)
      let none = try await town.run("runner", "list", "production", "--available")
      #expect(
        none
          == Finished(
            exitCode: 64, out: "",
            err: "runtally: the API of Nodion has no list of the runners that are available; the status of each runner "
              + "is in the list of all of them\n"))
    }
  }

  @Test(
    "one runner is shown with every field of the vendor's page", arguments: [SimulatorProfile.documented, .observed])
  func show(profile: SimulatorProfile) async throws {
    try await ActingTown.with(profile: profile, harvesting: false) { town in
      func fields(_ source: String, _ runner: String) async throws -> [String: String] {
        let finished = try await town.run("runner", "show", source, runner, "--format", "csv")
        #expect(finished.exitCode == 0, "\(finished.err)")
        return Dictionary(uniqueKeysWithValues: lines(finished).dropFirst().map { ($0[0], $0[1]) })
      }
      let backup = try await fields("production", "Database Backup")
      for name in [
        "id", "status", "name", "image_name", "image_tag", "run_command", "entrypoint", "timeout_seconds", "created_at",
        "updated_at", "region.id", "region.status", "region.name", "region.slug", "instance_type.id",
        "instance_type.name", "instance_type.slug", "instance_type.cpu", "instance_type.mem",
        "instance_type.price_month", "instance_type.price_second", "container_registry",
      ] { #expect(backup[name] != nil, "\(name)") }
      #expect(backup["run_command"] == "python backup.py" && backup["instance_type.price_second"] == "0.0000019")
      #expect(backup["entrypoint"] == "")

      let agent = try await fields("agents", "1")
      let names =
        profile == .documented
        ? [
          "id", "name", "status", "version", "os", "arch", "labels", "pod_count", "max_pods", "last_heartbeat_at",
          "created_at",
        ]
        : ["id", "node_id", "status", "runner_version", "host_info.os", "host_info.arch", "current_pods", "created_at"]
      for name in names { #expect(agent[name]?.isEmpty == false, "\(name)") }

      let listed = lines(try await town.run("runner", "list", "quality", "--format", "csv")).dropFirst()
      let check = try await fields(
        "quality", try #require(listed.first { $0[3] == "true" && $0[14].hasSuffix("Z") })[1])
      for name in ["id", "name", "label", "isOnline", "lastSeenTimestamp", "type"] {
        #expect(check[name]?.isEmpty == false, "\(name)")
      }
      #expect(check.keys.contains { $0.hasPrefix("versions.") })
    }
  }

  @Test("a name that no runner has, or that two have, is told with what is near")
  func names() async throws {
    try await ActingTown.with(harvesting: false) { town in
      let finished = try await town.run("runner", "show", "production", "Databse Backup")
      #expect(
        finished
          == Finished(
            exitCode: 64, out: "",
            err: "runtally: production has no runner \"Databse Backup\"; did you mean \"Database Backup\"? "
              + "`runtally runner list production` shows what there is\n"))
    }
  }

  @Test("the pods of a runner are listed page by page, also those of one status, and prompts only for who asks")
  func pods() async throws {
    try await ActingTown.with(harvesting: false) { town in
      let finished = try await town.run("runner", "pods", "agents", "gpu-a100-01", "--format", "csv")
      #expect(finished.exitCode == 0, "\(finished.err)")
      let all = lines(finished)
      #expect(all.first == ["pod", "status", "agent", "created_at", "started_at", "finished_at"])
      let words = Dictionary(grouping: all.dropFirst().map { $0[1] }) { $0 }.mapValues(\.count)
      #expect(words.count > 1)
      for (word, count) in words {
        let some = lines(
          try await town.run("runner", "pods", "agents", "gpu-a100-01", "--status", word, "--format", "csv"))
        #expect(some.count == count + 1 && some.dropFirst().allSatisfy { $0[1] == word }, "\(word)")
      }
      #expect(!finished.out.contains("Fix the login bug"))
      let prompts = try await town.run("runner", "pods", "agents", "gpu-a100-01", "--prompts", "--format", "csv")
      #expect(lines(prompts).first?.last == "prompt")
      #expect(prompts.out.contains("Fix the login bug") || prompts.out.contains("Raise the test coverage"))
      for source in ["production", "quality"] {
        let listed = lines(try await town.run("runner", "list", source, "--format", "csv"))
        let none = try await town.run("runner", "pods", source, listed[1][1])
        #expect(none.exitCode == 64 && none.err.contains(" has no pods"), "\(none.err)")
      }
    }
  }

  @Test("a list that breaks off is shown as far as it came, and one that does not come is an error")
  func broken() async throws {
    try await ActingTown.with(harvesting: false) { town in
      town.server.faults = [SimulatorFault(.cutBody, on: "/runners")]
      let cut = try await town.run("runner", "list", "production", "--format", "csv")
      #expect(cut.exitCode == 3 && lines(cut).count > 1 && cut.err.contains("was cut off after"), "\(cut)")
      town.server.faults = [SimulatorFault(.serverError, on: "/runners")]
      let none = try await town.run("runner", "list", "production")
      #expect(none.exitCode == 1 && none.out == "")
      #expect(none.err.hasPrefix("runtally: production could not be read: 127.0.0.1:"), "\(none.err)")
      town.server.faults = []
      let refused = try await town.run("runner", "show", "production", "x", more: ["NODION_TOKEN": "wrong-token"])
      #expect(
        refused.exitCode == 1 && refused.err.contains("check $NODION_TOKEN") && !refused.err.contains("wrong-token"))
    }
  }
}
