import ArgumentParser
import Runs
import Store

struct PricesApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Make the prices and billing rules of the configuration hold, also for time that is tallied already.",
    discussion: """
      Everything changes in one transaction, and what changed is shown month by month.

      Example: runtally prices apply
      """)

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() async throws {
    let output = try output.chosenForRows()
    let configuration = try ledger.configuration()
    try output.check(besides: configuration.database)
    let now = Instant.now()
    let plan = try await WritableLedger.with(configuration, waiting: .seconds(10), creating: false, now: now) {
      ledger in
      try configuration.placingPrices { try ledger.applyPrices(configuration.wantedPrices(), now: now) }
    }
    let answer = PlanAnswer(plan, isDone: true)
    for line in answer.lines { ledger.say(line) }
    try output.write { try answer.months.write(to: &$0) }
  }
}
