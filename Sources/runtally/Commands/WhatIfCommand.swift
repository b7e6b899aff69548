import ArgumentParser
import Export
import Reporting
import Runs
import Store

struct WhatIfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif",
    abstract: "Replay a period's runs under other prices or on other machines.",
    discussion: """
      Says what each runner cost month by month, what it would have cost, and the difference, to the last digit. A \
      price counts for all of the time on its instance type, or of the runners asked for, and beats what was paid; on \
      another instance type a run takes as long as it did, and a price that was set for a runner itself stays. The \
      ledger is only read.

      Example: runtally whatif --last 6m --runner "CI: *" --instance-type standard-l --price standard-l=0.0000065
      """)

  @Option(
    help: ArgumentHelp(
      "A price of one second, such as standard-s=0.0000038, or 0.0000038 alone for all runners asked for; may be "
        + "repeated, and that of a type goes before the one for all.", valueName: "[type=]price"))
  var price: [String] = []

  @Option(help: ArgumentHelp("Run on this instance type (id, slug or name) instead.", valueName: "type"))
  var instanceType: String?

  @OptionGroup var selection: SelectionOptions

  @OptionGroup(title: "Period") var period: PeriodOptions

  @OptionGroup var past: PastOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() throws {
    let output = try output.chosenForRows()
    var request = WhatIfRequest(
      period: try period.words.choice(), zone: try selection.zone(), sources: selection.sources,
      runners: selection.runners, instanceType: instanceType,
      prices: try price.map { try WhatIfRequest.SupposedPrice($0) })
    request.anyName = selection.anyName
    let configuration = try ledger.configuration()
    let opened = try past.open(configuration.database)
    let replay = WhatIfReplay(
      ledger: opened, generator: Runtally.generator,
      staleness: try configuration.reportSettings(of: opened).staleness)
    let summary = try output.write { try replay.write(request, to: &$0) }
    if let notice = summary.coverage.notice, !output.format.tellsNotice { ledger.warn(notice) }
    if let period = summary.period, !output.format.tellsPeriod {
      ledger.say("What if · \(period.beginning) to \(period.end), \(period.timeZone)")
    }
    ledger.say(summary.coverage.line)
    if let past = opened.past { ledger.say(past.line()) }
  }
}
