import ArgumentParser
import Reporting
import Store

struct ExplainRunnerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runner",
    abstract: "Say what a runner was at what time: its settings, its prices, and how completely it was read.",
    discussion: """
      Example: runtally explain runner Backup --source production
      """)

  @Argument(
    help: ArgumentHelp("The id, the newest name or a glob that means one runner.", valueName: "runner"),
    completion: .runners)
  var runner: String

  @Option(
    name: .customLong("source"),
    help: ArgumentHelp("Only this source, where several have such a runner; may be repeated.", valueName: "name"),
    completion: .sources)
  var sources: [String] = []

  @Flag(help: "By the names that runners had before, too.")
  var anyName = false

  @OptionGroup var past: PastOptions
  @OptionGroup(title: "Output") var output: ExplainOutput
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() throws {
    let configuration = try ledger.configuration()
    let opened = try past.open(configuration.database)
    let reporter = Reporter(
      ledger: opened, generator: Runtally.generator, given: try configuration.reportSettings(of: opened))
    let answer = RunnerAnswer(explanation: try reporter.explain(runner: runner, anyName: anyName, sources: sources))
    try output.write(text: answer.lines, json: answer.json)
    if let past = opened.past { ledger.say(past.line(tellsSigns: true)) }
  }
}
