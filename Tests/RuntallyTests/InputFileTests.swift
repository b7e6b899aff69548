import Foundation
import Testing

/// Nothing that a command reads is replaced by what it writes, whatever it is called.
@Suite struct InputFileTests {
  private func place() async throws -> Workplace {
    let place = try await Workplace.withDocumentedRuns()
    try place.configure()
    try FileManager.default.moveItem(at: place.url("runtally.sqlite"), to: place.url("ledger.sqlite"))
    try place.write("budget: {amount: 1, currency: EUR}\n", to: "policy.yaml")
    _ = try await place.run("report", "--new", "mine.sql")
    let made = try await place.shell(
      "mkdir other && ln ledger.sqlite other/hard && ln -s ../ledger.sqlite other/soft && ln -s other folder")
    #expect(made.exitCode == 0)
    return place
  }

  @Test(
    "the ledger, its side files, the configuration, a policy and a report are read and never replaced",
    arguments: [
      ("report runs --all --format csv", "ledger.sqlite", "the ledger"),
      ("report runs --all --format csv", "./other/../ledger.sqlite", "the ledger"),
      ("report runs --all --format csv", "other/hard", "the ledger"),
      ("report runs --all --format csv", "folder/soft", "the ledger"),
      ("report runs --all --format csv", "ledger.sqlite-wal", "part of the ledger"),
      ("report runs --all --format csv", "other/../ledger.sqlite.lock", "part of the ledger"),
      ("report runs --all --format csv", "runtally.yaml", "the configuration"),
      ("report ./mine.sql --all --format csv", "mine.sql", "the report's definition"),
      ("query 'SELECT 1' --format csv", "ledger.sqlite", "the ledger"),
      ("query 'SELECT 1' --format json", "runtally.yaml", "the configuration"),
      ("explain \(Bodies.firstRunID) --format text", "other/hard", "the ledger"),
      ("status --format csv", "ledger.sqlite", "the ledger"),
      ("prices plan --format csv", "runtally.yaml", "the configuration"),
      ("prices list --format csv", "ledger.sqlite", "the ledger"),
      ("check --policy policy.yaml --format csv", "policy.yaml", "the policy"),
      ("prices apply --format csv", "ledger.sqlite", "the ledger"),
      // These read no ledger, and none of them means to replace one.
      ("config --schema", "ledger.sqlite", "a database, which may be a ledger"),
      ("reports", "other/hard", "a database, which may be a ledger"),
      ("report --schema monthly-cost", "folder/soft", "a database, which may be a ledger"),
      ("config --schema", "runtally.yaml", "the configuration"),
      ("reports ./mine.sql --reference", "mine.sql", "the report"),
    ])
  func refused(command: String, output: String, meaning: String) async throws {
    let place = try await place()
    let before = try place.bytes("ledger.sqlite").count
    let texts = try ["runtally.yaml", "policy.yaml", "mine.sql"].map(place.read)
    let finished = try await place.shell("runtally \(command) --output \(output)")
    #expect(finished.exitCode == 64)
    #expect(finished.out == "")
    let sentence =
      "runtally: cannot write \(output): it is \(meaning), and what is read is never replaced; name another file with "
      + "--output\n"
    #expect(finished.err.hasSuffix(sentence), "\(finished.err)")
    #expect(try place.bytes("ledger.sqlite").count == before)
    #expect(try ["runtally.yaml", "policy.yaml", "mine.sql"].map(place.read) == texts)
    #expect(try await place.run("verify").exitCode == 0)
    #expect(!place.files().contains { $0.hasSuffix(".part") })
  }

  @Test("the summary of a job is no ledger either")
  func jobSummary() async throws {
    let place = try await place()
    let before = try place.bytes("ledger.sqlite")
    let finished = try await place.run(
      "report", "runs", "--all", "--github", environment: ["GITHUB_STEP_SUMMARY": "ledger.sqlite"])
    #expect(finished.exitCode == 64)
    #expect(try place.bytes("ledger.sqlite") == before)
  }

  @Test("a backup takes no other file's place, and no new configuration that of the ledger")
  func others() async throws {
    let place = try await place()
    for name in ["ledger.sqlite", "other/hard", "folder/soft"] {
      #expect(try await place.run("backup", name).exitCode == 1, "\(name)")
    }
    let same = try await place.run("init", "--config", "new.yaml", "--database", "new.yaml")
    #expect(
      same
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: new.yaml cannot be the configuration: it is the ledger; name another with --config\n"))
    #expect(!place.exists("new.yaml"))
    #expect(try await place.run("verify").exitCode == 0)
  }

  @Test("parts of a report do not take away what is read")
  func parts() async throws {
    let place = try await place()
    try FileManager.default.moveItem(at: place.url("ledger.sqlite"), to: place.url("r-002.xml"))
    let finished = try await place.shell(
      "runtally report runs --all --format junit --split --output r.xml --database r-002.xml")
    #expect(finished.exitCode == 0)
    #expect(place.exists("r-001.xml"))
    #expect(try await place.run("verify", "--database", "r-002.xml").exitCode == 0)
  }
}
