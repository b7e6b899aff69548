import Foundation
import Testing

/// `-` is standard input or output wherever a file is named.
@Suite struct StandardFileTests {
  /// The documented runs, and a configuration of their source.
  private func place(_ more: String = "") async throws -> Workplace {
    let place = try await Workplace.withDocumentedRuns()
    try place.configure(more: more)
    try FileManager.default.moveItem(at: place.url("runtally.sqlite"), to: place.url("ledger.sqlite"))
    return place
  }

  @Test(
    "what is written to - is written to standard output",
    arguments: [
      "report runs --all --format csv", "reports --format json", "query 'SELECT 1'", "report runs --schema",
      "explain \(Bodies.firstRunID)", "explain \(Bodies.firstRunID) --format json",
    ])
  func written(command: String) async throws {
    let place = try await Workplace.withDocumentedRuns()
    let usual = try await place.shell("runtally \(command)")
    #expect(usual.exitCode == 0)
    #expect(try await place.shell("runtally \(command) --output -") == usual)
    #expect(!place.exists("-"))
    #expect(try await place.shell("runtally \(command) --output ./-").out == "")
    #expect(try place.read("-") == usual.out)
  }

  @Test(
    "what is read from - is read from standard input",
    arguments: [
      ("status --quiet --config FILE", "runtally.yaml"), ("report runs --all --config FILE", "runtally.yaml"),
      ("check --policy FILE", "policy.yaml"), ("prices import FILE", "prices.csv"), ("report FILE --all", "mine.sql"),
    ])
  func read(command: String, file: String) async throws {
    func run(_ name: String, _ input: String) async throws -> Finished {
      let place = try await place()
      try place.write("budget: {amount: 1}\nstale: false\n", to: "policy.yaml")
      try place.write("source,runner,price_second\nproduction,Database Backup,0.0000019\n", to: "prices.csv")
      _ = try await place.run("report", "--new", "mine.sql")
      return try await place.shell("runtally \(command.replacing("FILE", with: name)) < \(input)")
    }
    let usual = try await run("./" + file, "/dev/null")
    let read = try await run("-", file)
    #expect(usual.exitCode == read.exitCode, "\(usual.err)")
    #expect(read.out.replacing("standard input", with: "./" + file) == usual.out)
  }

  @Test("a query from standard input is the same as one in the arguments")
  func query() async throws {
    let place = try await place()
    let sql = "SELECT outcome, count(*) AS runs FROM run_detail GROUP BY outcome"
    let usual = try await place.run("query", sql)
    #expect(try await place.shell("echo '\(sql)' | runtally query -") == usual)
    #expect(try await place.shell("echo '\(sql)' | runtally query - --format json --output -").exitCode == 0)
  }

  @Test("an error in standard input says where, and the variable for the configuration means the same")
  func errors() async throws {
    let place = try await place()
    let script = "printf 'timezone: UTC\\nnonsense: 1\\n' | runtally status"
    for command in [script + " --config -", "export RUNTALLY_CONFIG=-; " + script] {
      let finished = try await place.shell(command)
      #expect(finished.exitCode == 64 && finished.out == "")
      #expect(finished.err.hasPrefix("runtally: standard input:2: unknown key nonsense; expected "), "\(finished.err)")
    }
    #expect(
      try await place.shell("printf '\\377' | runtally query -").err
        == "runtally: standard input is not UTF-8 text; it is to be one SELECT statement\n")
  }

  @Test("standard input is read for one file only")
  func twice() async throws {
    let place = try await place()
    #expect(
      try await place.shell("runtally check --config - --policy - < runtally.yaml")
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: standard input can only be read once, so only one file can be -\n"))
  }

  @Test(
    "what has to be a file cannot be -",
    arguments: [
      ("backup -", "a backup"), ("init --config -", "a configuration to be made"), ("init --database -", "a ledger"),
      ("status --database -", "a ledger"), ("harvest --database -", "a ledger"),
    ])
  func refused(command: String, what: String) async throws {
    let place = try Workplace()
    #expect(
      try await place.shell("runtally \(command)")
        == Finished(exitCode: 64, out: "", err: "runtally: \(what) cannot be -; name a file\n"))
    #expect(place.files() == [])
  }

  @Test("a report in parts has to have a name to number")
  func split() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let finished = try await place.run("report", "runs", "--format", "junit", "--split", "--output", "-")
    #expect(finished.exitCode == 64)
    #expect(finished.err.hasPrefix("runtally: --split divides JUnit reports"))
  }
}
