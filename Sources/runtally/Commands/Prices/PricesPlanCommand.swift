import ArgumentParser
import Store

struct PricesPlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what the prices and billing rules of the configuration would change, month by month.",
    discussion: """
      Changes nothing.

      Example: runtally prices plan
      """)

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() throws {
    let output = try output.chosenForRows()
    let configuration = try ledger.configuration()
    let plan = try configuration.placingPrices {
      try ReadLedger.open(configuration.database).planPrices(configuration.wantedPrices())
    }
    let answer = PlanAnswer(plan, isDone: false)
    for line in answer.lines { ledger.say(line) }
    try output.write { try answer.months.write(to: &$0) }
    if !plan.isEmpty { ledger.warn("nothing was changed; run `runtally prices apply` to do it") }
  }
}
