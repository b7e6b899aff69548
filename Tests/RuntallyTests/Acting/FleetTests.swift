import Foundation
import Harvest
import Runs
import Simulator
import Store
import TestSupport
import Testing

@testable import runtally

/// `runtally runner apply` and `export`: a fleet in a file.
@Suite(.timeLimit(.minutes(60))) struct FleetTests {
  private let fleet = """
    source: production
    runners:
      - name: Database Backup
        instance_type: standard-m
        entrypoint: /bin/sh
      - name: Nightly report
        image: mycompany/report
        tag: v2
        command: |
          set -e
          python report.py
        region: Helsinki, FI
        instance_type: standard-s
        timeout: 600

    """

  private func lines(_ finished: Finished) -> [String] {
    finished.out.split(separator: "\r\n").dropFirst().map(String.init)
  }

  @Test("what is exported is applied with nothing to do")
  func exported() async throws {
    try await ActingTown.with { town in
      let exported = try await town.run("runner", "export", "production", "--output", "fleet.yaml")
      #expect(exported == Finished(exitCode: 0, out: "", err: ""))
      let text = try town.place.read("fleet.yaml")
      #expect(text.contains("\nsource: \"production\"\nrunners:\n  - name: \"Database Backup\"\n    image: "))
      #expect(
        text.contains(
          "    command: \"python backup.py\"\n    entrypoint: null\n    timeout: 3600\n    region: \"fra\"\n"))
      let applied = try await town.run("runner", "apply", "fleet.yaml", "--prune", "--format", "csv")
      #expect(applied.exitCode == 0 && lines(applied) == [], "\(applied)")
      #expect(applied.err == "nothing to do: production is as the file says\n")
      #expect(town.acts == [])
      for source in ["agents", "quality"] {
        let none = try await town.run("runner", "export", source)
        #expect(none.exitCode == 64 && none.out == "", "\(none)")
      }
    }
  }

  @Test("a name with line breaks that only YAML has is read back as it was")
  func lineBreaks() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    var setup = RunnerSetup()
    setup[.name] = .text("one\u{85}two\u{2028}three\u{2029}four: \"five\"")
    let runner = LiveRunner(record: make(runner: "r1"), setup: setup, details: [])
    let text = FleetFile.text(of: [runner], source: "production", try NamedThings("production", ledger: ledger))
    #expect(try FleetFile(text: text, file: "fleet.yaml").entries.map(\.setup) == [setup])
  }

  @Test("a plan is shown, done with --yes, and found done when it is applied again")
  func applied() async throws {
    try await ActingTown.with { town in
      try town.place.write(fleet, to: "fleet.yaml")
      let id = try await town.id(of: "Database Backup")
      let plan = [
        "update,Database Backup,\(id),entrypoint,,/bin/sh",
        "update,Database Backup,\(id),instance_type,standard-s,standard-m",
        "create,Nightly report,,name,,Nightly report", "create,Nightly report,,image,,mycompany/report",
        "create,Nightly report,,tag,,v2",
      ]
      let shown = try await town.run("runner", "apply", "fleet.yaml", "--dry-run", "--format", "csv")
      #expect(shown.exitCode == 0 && Array(lines(shown).prefix(5)) == plan, "\(shown)")
      #expect(shown.err == "11 runners of production not in the file; --prune deletes what is not in it\n")
      let unasked = try await town.run("runner", "apply", "fleet.yaml", "--format", "csv")
      #expect(unasked.exitCode == 64 && unasked.err.hasSuffix("elsewhere say --yes\n"))
      #expect(town.acts == [])

      let done = try await town.run("runner", "apply", "fleet.yaml", "--yes", "--format", "csv")
      #expect(done.exitCode == 0, "\(done.err)")
      #expect(done.err.hasSuffix("update Database Backup: done\ncreate Nightly report: done\n"), "\(done.err)")
      #expect(town.acts.map { $0.prefix { $0 != " " } } == ["PATCH", "POST"])
      let again = try await town.run("runner", "apply", "fleet.yaml", "--yes", "--format", "csv")
      #expect(again.exitCode == 0 && lines(again) == [], "\(again)")
      #expect(again.err.hasSuffix("nothing to do: production is as the file says\n"))
      #expect(town.acts.count == 2)
      #expect(
        try await town.rows("SELECT kind, outcome FROM action ORDER BY action_id") == ["update,done", "create,done"])
    }
  }

  @Test("--prune deletes what is not in the file, and only then")
  func pruned() async throws {
    try await ActingTown.with { town in
      try town.place.write("source: production\nrunners:\n  - name: Database Backup\n", to: "fleet.yaml")
      let kept = try await town.run("runner", "apply", "fleet.yaml", "--yes", "--format", "csv")
      #expect(kept.exitCode == 0 && lines(kept) == [])
      let done = try await town.run("runner", "apply", "fleet.yaml", "--yes", "--prune", "--format", "csv", "--quiet")
      #expect(done.exitCode == 0 && lines(done).count == 11, "\(done)")
      #expect(lines(done).allSatisfy { $0.hasPrefix("delete,") && $0.hasSuffix(",,,") }, "\(lines(done))")
      #expect(town.acts.count == 11 && town.acts.allSatisfy { $0.hasPrefix("DELETE ") })
      let listed = try await town.run("runner", "list", "production", "--format", "csv")
      #expect(lines(listed).count == 1)
    }
  }

  @Test("all of it is checked before the first of it is done")
  func checkedFirst() async throws {
    try await ActingTown.with { town in
      let unfit = fleet.replacing("timeout: 600", with: "timeout: 0").replacing("Helsinki, FI", with: "Mars")
      try town.place.write(unfit.replacing("standard-m", with: "huge"), to: "fleet.yaml")
      let finished = try await town.run("runner", "apply", "fleet.yaml", "--yes", "--format", "csv")
      #expect(finished.exitCode == 64)
      #expect(
        finished.err.hasSuffix(
          """
          runtally: fleet.yaml:3: nothing is known of the instance type "huge" of production; it has standard-l, \
          standard-m, standard-s, standard-xl; fleet.yaml:6: the timeout is 0 s, and Nodion takes 1 to 86400; nothing is known of \
          the region "Mars" of production; it has fra, hel

          """), "\(finished.err)")
      #expect(town.acts == [])
    }
  }

  @Test("a step that fails is the last, and it is told how many were done")
  func failing() async throws {
    try await ActingTown.with { town in
      try town.place.write("source: production\nrunners:\n  - name: Database Backup\n", to: "fleet.yaml")
      let id = try await town.id(of: "Search Index")
      town.server.faults = [SimulatorFault(.serverError, on: id)]
      let finished = try await town.run("runner", "apply", "fleet.yaml", "--yes", "--prune", "--quiet")
      #expect(finished.exitCode == 1)
      let done = town.acts.count - 1
      #expect(town.acts.last == "DELETE /v1/runners/\(id)")
      if done > 0 {
        #expect(finished.err.contains("runtally: \(done) of 11 steps done; run it again to do the rest\n"))
      }
      town.server.faults = []
      let again = try await town.run("runner", "apply", "fleet.yaml", "--yes", "--prune", "--quiet")
      #expect(again.exitCode == 0, "\(again.err)")
      let listed = try await town.run("runner", "list", "production", "--format", "csv")
      #expect(lines(listed).count == 1)
    }
  }

  @Test(
    "mistakes in the file are told with their line",
    arguments: [
      ("runners: []\n", "the source, such as source: production"),
      ("source: production\n", "a list of runners, below runners:"),
      ("source: production\nrunners:\n  - image: x\n", "a name"),
      ("source: production\nrunners:\n  - name: a\n    comand: x\n", "did you mean"),
      (
        "source: production\nrunners:\n  - name: abc\n  - name: abc\n",
        "fleet.yaml:4: abc stands there already, at fleet.yaml:3"
      ),
      (
        "source: production\nrunners:\n  - name: abc\n    region: mars\n",
        "fleet.yaml:3: it needs an image; it needs a tag; it needs a command; it needs an instance type; nothing is known "
          + "of the region \"mars\""
      ),
      (
        "source: production\nrunners:\n  - name: abc\n    id: x\n",
        "fleet.yaml:3: production has no runner with the id x"
      ),
    ])
  func mistakes(text: String, told: String) async throws {
    try await ActingTown.with { town in
      try town.place.write(text, to: "fleet.yaml")
      let finished = try await town.run("runner", "apply", "fleet.yaml", "--yes")
      #expect(finished.exitCode == 64 && finished.out == "", "\(finished)")
      #expect(finished.err.contains("fleet.yaml:") && finished.err.contains(told), "\(finished.err)")
      #expect(town.acts == [])
    }
  }
}
