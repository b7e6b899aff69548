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

  @OptionGroup var chosen: RunnerOptions

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() throws {
    let output = try output.chosen()
    let definition = try ReportCatalog.definition(named: "prices", format: output.format.rawValue)
    let reporter = Reporter(ledger: try ledger.openForReading(), generator: Runtally.generator)
    let summary = try output.write {
      try reporter.write(definition, ReportRequest(sources: chosen.sources, runners: chosen.runners), to: &$0)
    }
    ledger.say(summary.coverage.line)
  }
}
