import Reporting
import Runs
import Store
import Testing

@testable import runtally

/// What errors are to whoever typed a command: a whole sentence, and an exit code.
@Suite struct FailureTests {
  @Test("every error that can reach a command has its sentence and its exit code")
  func everyError() throws {
    let own = try House.files(in: "Sources/runtally", endings: ["swift"])
    let known = Set(own.flatMap { $0.text.matches(of: /(\w+): Failure\b/).map { String($0.1) } })
    var seen = 0
    for folder in House.table.keys where folder.hasPrefix("Sources/") {
      // What is not declared for other targets is caught in its own.
      let isOurs = folder == "Sources/runtally"
      for file in try House.files(in: folder, endings: ["swift"]) {
        for error in file.text.matches(of: /(?m)^ *(package |)(?:enum|struct) (\w+): Error\b/)
        where isOurs || !error.1.isEmpty {
          seen += 1
          // After the first everything has been said; the others are told by whoever knows the file's path.
          if ["StatusError", "Unfit", "Refusal"].contains(error.2) { continue }
          // It is answered to whoever asked a server, and ends no command.
          if error.2 == "Problem" { continue }
          #expect(known.contains(String(error.2)), "\(file): \(error.2) has no exit code")
        }
      }
    }
    #expect(seen > 15)
  }

  @Test(
    "what went wrong is followed by what to type instead",
    arguments: [
      (
        ReportError.unknownReport("run", near: ["runs", "runners"]),
        "there is no report \"run\"; did you mean \"runs\" or \"runners\"? `runtally reports` lists them, "
          + "a path such as ./mine.sql runs your own"
      ),
      (
        .unknownReport("x", near: []),
        "there is no report \"x\"; `runtally reports` lists them, a path such as ./mine.sql runs your own"
      ),
      (
        .unknownRunner("Bakcup", near: ["Backup"]),
        "no runner has the id or name \"Bakcup\", nor does one match it; did you mean \"Backup\"? "
          + "`runtally report runners` lists them"
      ),
      (
        .unknownChoice(parameter: "interval", value: "year", choices: ["day", "week", "month"]),
        "--interval cannot be \"year\"; choose one of day, week, month"
      ),
      (
        .parameterNotTaken(report: "runs", parameter: "interval", takes: ["period", "runner"]),
        "the report runs takes no --interval; it takes period (--month, --from, --to, --last, --all), --runner"
      ),
      (
        .roundingNotTaken(report: "charges"),
        "--decimals cannot be used on charges: its amounts are told to the last digit; use it on a report that adds up, "
          + "such as monthly-cost or runners"
      ),
      (.badPeriod(text: "x", reason: "expected a day"), "\"x\" is no period: expected a day"),
    ])
  func wrongUsage(error: ReportError, sentence: String) {
    #expect(error.sentence == sentence)
    #expect(error.status == .wrongUsage)
  }

  @Test("an empty ledger is no wrong usage, and another harvest no failure")
  func otherStatus() {
    let empty = ReportError.neverHarvested(path: "a.sqlite")
    #expect(empty.sentence == "the ledger a.sqlite is empty; run `runtally harvest` first")
    #expect(empty.status == .failed)
    #expect(LedgerError.locked(path: "a.sqlite", holder: "4711").status == .tryLater)
    #expect(LedgerError.unknownTimeZone(name: "Mars", near: []).status == .wrongUsage)
    #expect(LedgerError.missing(path: "a.sqlite").status == .failed)
  }

  @Test(
    "what cannot be supposed is told with the option to type",
    arguments: [
      (
        WhatIfError.nothingSupposed,
        "nothing is different: say what, with --price TYPE=PRICE, --instance-type TYPE, or both"
      ),
      (
        .badPrice(text: "a=b", reason: "no number"),
        "--price a=b cannot be used: no number; expected a price of one second, such as standard-s=0.0000038, "
          + "or 0.0000038 alone for all runners that are asked for"
      ),
      (
        .unknownInstanceType("small", source: "agents", near: [], known: ["gpu"]),
        "the source \"agents\" has no instance type \"small\"; there are: gpu. "
          + "Ask for the runs of another source alone with --source."
      ),
      (
        .unknownInstanceType("smal", source: nil, near: ["small"], known: ["small"]),
        "the sources that are asked for have no instance type \"smal\"; did you mean \"small\"?"
      ),
      (
        .unpriced(instanceType: "mystery", source: "production"),
        "the instance type \"mystery\" of production has no price in the ledger; "
          + "suppose one with --price mystery=PRICE"
      ),
    ])
  func supposing(error: WhatIfError, sentence: String) {
    #expect(error.sentence == sentence)
    #expect(error.status == .wrongUsage)
  }
}
