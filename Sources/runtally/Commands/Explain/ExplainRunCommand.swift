import ArgumentParser
import Export
import Harvest
import Store

struct ExplainRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Say where the numbers of one run come from.",
    discussion: """
      The rule behind its outcome, each slice with its price and where that came from, the exact sum, what was assumed, \
      and which visit saw what. At least 6 characters that begin no other run's id stand for the whole.

      Example: runtally explain run c3f85434-5470-46de-bbeb-ce668ca2c351
      """)

  @Argument(help: ArgumentHelp("The vendor's id of the run.", valueName: "run-id"))
  var runID: String

  @Option(
    name: .customLong("source"),
    help: ArgumentHelp("Only this source, where several know the id; may be repeated.", valueName: "name"),
    completion: .sources)
  var sources: [String] = []

  @Option(
    name: .customLong("runner"),
    help: ArgumentHelp("Only runners with this id, newest name or glob; may be repeated.", valueName: "runner"),
    completion: .runners)
  var runners: [String] = []

  @Flag(help: "With --runner: by the names that runners had before, too.")
  var anyName = false

  @OptionGroup var past: PastOptions
  @OptionGroup(title: "Output") var output: ExplainOutput
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() throws {
    let opened = try past.open(ledger.configuration().database)
    let explanation = try opened.read {
      try $0.explain(
        run: runID, runners: runners, anyName: anyName, sources: sources, vendors: Vendors.all.vendors)
    }
    let answer = ExplainAnswer(explanation)
    try output.write(text: answer.lines, json: answer.json)
    if let past = opened.past { ledger.say(past.line()) }
  }
}
