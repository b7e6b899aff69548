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

  @OptionGroup var past: PastOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() throws {
    let output = try output.chosen()
    let definition = try ReportCatalog.definition(named: "prices", format: output.format.rawValue)
    let configuration = try ledger.configuration()
    let opened = try past.open(configuration.database)
    let reporter = Reporter(
      ledger: opened, generator: Runtally.generator, given: try configuration.reportSettings(of: opened))
    let summary = try output.write {
      try reporter.write(definition, ReportRequest(sources: chosen.sources, runners: chosen.runners), to: &$0)
    }
    if let notice = summary.coverage.notice, !output.format.tellsNotice { ledger.warn(notice) }
    ledger.say(summary.coverage.line)
    if let past = opened.past { ledger.say(past.line()) }
  }
}
