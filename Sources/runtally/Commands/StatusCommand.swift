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
      Ends with exit code 2 when a source was not read completely for too long.

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
    let ledger = try options.openForReading()
    let status = try ledger.read { try LedgerStatus($0, now: .now(), staleAfterHours: staleAfter) }
    try output.write { try status.answer.write(to: &$0) }
    for line in status.lines { options.say(line) }
    if !status.stale.isEmpty {
      Console.warn("stale: \(status.stale.joined(separator: ", ")); run `runtally harvest`")
      throw StatusError(status: .violation)
    }
  }
}
