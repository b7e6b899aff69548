import ArgumentParser
import Export
import Policy
import Runs
import Store

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Say how fresh the ledger is, source by source.",
    discussion: """
      Ends with exit code 2 when a source was not read completely for too long, or its newest visit is ahead of the clock.

      Example: runtally status --stale-after 26
      """)

  @Option(help: ArgumentHelp("Hours after which a source is stale.", valueName: "hours"))
  var staleAfter = Int(Policy.usualStaleAfter / .seconds(3600))

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func validate() throws {
    if staleAfter < 1 { throw ValidationError("--stale-after takes at least 1 hour.") }
  }

  func run() throws {
    let output = try output.chosenForRows()
    let configuration = try options.configuration()
    let ledger = try ReadLedger.open(configuration.database)
    let (status, waiting, unanswered) = try ledger.read { snapshot in
      (
        try LedgerStatus(snapshot, now: .now(), staleAfterHours: staleAfter),
        try snapshot.waitingPrices(configuration.wantedPrices()), try snapshot.unansweredActions(of: nil)
      )
    }
    try output.write { try status.answer.write(to: &$0) }
    for line in status.lines { options.say(line) }
    if !waiting.isEmpty { options.warn(waiting.warning) }
    for action in unanswered { Console.warn(action.warning) }
    if !status.stale.isEmpty {
      Console.warn("stale: \(status.stale.joined(separator: ", ")); run `runtally harvest`")
    }
    for read in status.ahead {
      Console.warn(
        "the newest visit to \(read.source)\(read.lastVisit.map { ", of \($0)," } ?? "") is ahead of the clock, and no other is "
          + "taken before that; take it back with `runtally source take-back \(CommandWord.quoted(read.source))`")
    }
    if !status.stale.isEmpty || !status.ahead.isEmpty { throw StatusError(status: .violation) }
  }
}
