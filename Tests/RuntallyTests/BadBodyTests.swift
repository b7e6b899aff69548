import Foundation
import Testing

/// Answers that are not what they should be: whatever can be understood is saved, the rest is told.
@Suite struct BadBodyTests {
  struct BadList: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var body: String
    var problem: String
    var advice = "save the body of the answer as it came"
  }

  static let badRunnerLists = [
    BadList(
      testDescription: "a login page", body: "<html>login</html>",
      problem: "holds something else instead of JSON; it begins: <html>login</html>"),
    BadList(testDescription: "nothing", body: "", problem: "is empty", advice: "save the answer again"),
    BadList(
      testDescription: "another key", body: "{\"tasks\": []}",
      problem: "holds JSON of another shape: expected a list under \"runners\", found \"tasks\""),
    BadList(
      testDescription: "a bare list", body: "[1, 2]",
      problem: "holds JSON of another shape: expected a list under \"runners\", found a list without a name"),
    BadList(
      testDescription: "half of it", body: String(Bodies.list("runners", [Bodies.runner()]).prefix(300)),
      problem: "was cut off after 300 bytes", advice: "save the answer again"),
  ]

  @Test("a list of runners that cannot be read saves nothing and fails with 1", arguments: badRunnerLists)
  func badRunners(_ bad: BadList) async throws {
    let place = try Workplace()
    try place.writeBodies()
    try place.write(bad.body, to: "bodies/runners.json")
    let finished = try await place.importBodies()
    #expect(
      finished
        == Finished(
          exitCode: 1, out: "",
          err: "production    could not be read: bodies/runners.json \(bad.problem)\n"
            + "              \(bad.advice)\n"))
    #expect(try await place.query("SELECT count(*) AS n FROM runner") == "n\r\n0\r\n")
    let coverage = try await place.query("SELECT complete, note IS NOT NULL AS told FROM coverage")
    #expect(coverage == "complete,told\r\n0,1\r\n")
  }

  struct BadRuns: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var body: String
    /// After the path, where the note begins with it.
    var note: String
    var saved: Int
  }

  static let badRunLists = [
    BadRuns(
      testDescription: "no JSON", body: "nope", note: "PATH holds something else instead of JSON; it begins: nope",
      saved: 0),
    BadRuns(
      testDescription: "cut off after the first run",
      body: "{\"runs\": [\(Bodies.firstRun()), {\"id\": \"d4e5", note: "PATH was cut off after N bytes", saved: 1),
    BadRuns(
      testDescription: "an impossible date",
      body: Bodies.list("runs", [Bodies.firstRun(completed: "2026-02-30T10:05:30.000+01:00"), Bodies.secondRun()]),
      note: "run \(Bodies.firstRunID): completed_at \"2026-02-30T10:05:30.000+01:00\" is not a date and time", saved: 2),
    BadRuns(
      testDescription: "a run without an id",
      body: Bodies.list("runs", [Bodies.firstRun(), "{\"status\": \"failed\"}"]),
      note: "1 of 2 runs could not be understood: run 2: has no id", saved: 1),
  ]

  @Test(
    "a list of runs that cannot be read whole saves what arrived, tells why and ends with 3", arguments: badRunLists)
  func badRuns(_ bad: BadRuns) async throws {
    let place = try Workplace()
    try place.writeBodies()
    try place.write(bad.body, to: "bodies/runs/\(Bodies.runnerID).json")
    let note = bad.note.replacing("PATH", with: "bodies/runs/\(Bodies.runnerID).json")
      .replacing("N bytes", with: "\(bad.body.utf8.count) bytes")
    let finished = try await place.importBodies()
    #expect(finished.exitCode == 3)
    #expect(
      finished.err.split(separator: "\n").last.map(String.init)
        == "              the runs of \(Bodies.runnerID) could not be read completely: \(note)")
    #expect(try await place.query("SELECT count(*) AS n FROM run") == "n\r\n\(bad.saved)\r\n")
    #expect(try await place.run("verify").exitCode == 0)

    let quoted = note.contains("\"") ? "\"" + note.replacing("\"", with: "\"\"") + "\"" : note
    let coverage = try await place.run("report", "coverage", "--all", "--format", "csv")
    #expect(coverage.exitCode == 0)
    #expect(
      coverage.out == """
        source,resource,harvested_at,complete,rows,claimed,note\r
        production,runners,2026-02-01T06:00:00.000Z,true,1,,\r
        production,runs of Database Backup (\(Bodies.runnerID)),2026-02-01T06:00:00.000Z,false,\(bad.saved),,\(quoted)\r

        """)
    #expect(coverage.err.contains("\nINCOMPLETE: 0 of 1 source, last read "))
  }

  @Test("one list that is missing does not stop the others")
  func oneMissing() async throws {
    let place = try Workplace()
    try place.writeBodies(
      runners: [Bodies.runner(id: "gone", name: "Gone"), Bodies.runner(), Bodies.runner(id: "also-gone", name: "Also")])
    let finished = try await place.importBodies()
    #expect(finished.exitCode == 3)
    #expect(finished.err.contains("the runs of gone could not be read completely: there is no file "))
    #expect(finished.err.contains("the runs of also-gone could not be read completely: there is no file "))
    #expect(try await place.query("SELECT count(*) AS n FROM run") == "n\r\n2\r\n")
  }

  @Test("what was saved stays when the next answers are broken")
  func nothingIsLost() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let before = try await place.tables()
    for body in ["", "nope", "{\"runners\": {}}", "{\"runners\": []}x"] {
      try place.write(body, to: "bodies/runners.json")
      let finished = try await place.importBodies(asOf: "2026-02-02T06:00:00Z")
      #expect(finished.exitCode != 0, "\(body)")
    }
    let after = try await place.tables()
    #expect(after["run"] == before["run"])
    #expect(after["run_day"] == before["run_day"])
    #expect(after["price"] == before["price"])
    #expect(try await place.run("verify").exitCode == 0)
  }

  @Test("a price that is no number leaves the runs unpriced, which is not 0")
  func badPrice() async throws {
    let place = try Workplace()
    try place.writeBodies(runners: [Bodies.runner(price: "\"abc\"")])
    let finished = try await place.importBodies()
    #expect(finished.exitCode == 3)
    #expect(
      finished.err.contains(
        "the runners could not be read completely: runner Database Backup has no usable price: "
          + "the price \"abc\" is not a decimal number\n"))
    let report = try await place.run("report", "monthly-cost", "--month", "2026-01", "--format", "csv")
    #expect(report.out.hasSuffix("standard-s,,false,2,405.000,405.000,,,2,0,0,\r\n"), "\(report.out)")
    #expect(report.err.contains("2 runs unpriced, 405.000 s billed"))
  }

  @Test("a price may be a number, a text, or have an exponent", arguments: ["0.0000019", "\"0.0000019\"", "1.9e-06"])
  func priceSpellings(price: String) async throws {
    let place = try Workplace()
    try place.writeBodies(runners: [Bodies.runner(price: price)])
    #expect(try await place.importBodies().exitCode == 0)
    #expect(try await place.query("SELECT price_second FROM price_history") == "price_second\r\n0.0000019\r\n")
  }

  @Test("a status of tomorrow is kept, counted and reported as unknown")
  func unknownStatus() async throws {
    let place = try Workplace()
    try place.writeBodies(runs: [Bodies.runnerID: [Bodies.firstRun(status: "hibernated")]])
    #expect(try await place.importBodies().exitCode == 0)
    let row = try await place.query("SELECT status, outcome FROM run_detail")
    #expect(row == "status,outcome\r\nhibernated,unknown\r\n")
    let charges = try await place.run("report", "charges", "--month", "2026-01", "--format", "csv").out
    #expect(charges.hasSuffix(",270.000,0.000513,\r\n"))
  }

  @Test("an id that leads out of the folder is not followed", arguments: ["../../secret", "..", "a/b", ""])
  func escapingID(id: String) async throws {
    let place = try Workplace()
    try place.writeBodies(runners: [Bodies.runner(id: id)], runs: [:])
    try place.write(Bodies.list("runs", [Bodies.firstRun()]), to: "secret.json")
    #expect(try await place.importBodies().exitCode == (id.isEmpty ? 1 : 3))
    #expect(try await place.query("SELECT count(*) AS n FROM run") == "n\r\n0\r\n")
  }
}
