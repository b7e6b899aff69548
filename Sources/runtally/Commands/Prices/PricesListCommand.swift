import ArgumentParser
import Reporting
import Store

struct PricesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List every price: where it comes from, since when it holds, what it priced.",
    discussion: """
      The same as `runtally report prices --all`.

      Example: runtally prices --source agents
      """)

  @Option(help: ArgumentHelp("Only this source.", valueName: "name"), completion: .sources)
  var source: String?

  @Option(
    help: ArgumentHelp("Only runners with this id, name, or glob such as \"gpu-*\".", valueName: "runner"),
    completion: .runners)
  var runner: String?

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() throws {
    let output = try output.chosen()
    let definition = try ReportCatalog.definition(named: "prices", format: output.format.rawValue)
    let reporter = Reporter(ledger: try ledger.openForReading(), generator: Runtally.generator)
    let summary = try output.write {
      try reporter.write(definition, ReportRequest(source: source, runner: runner), to: &$0)
    }
    ledger.say(summary.coverage.line)
  }
}
