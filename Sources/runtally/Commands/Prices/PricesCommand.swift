import ArgumentParser

/// Prices that the user sets, for what an API does not price or prices wrongly.
struct PricesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prices",
    abstract: "List the prices; show, import and apply those that you set.",
    discussion: """
      Prices that you set stand in the configuration under `prices:`, or come from a CSV file. Those that change nothing \
      that is tallied already hold from the next harvest on. What would change tallied time is shown month by month \
      first, and changed only by `runtally prices apply`.

      Example: runtally prices plan && runtally prices apply
      """,
    subcommands: [
      PricesListCommand.self, PricesPlanCommand.self, PricesImportCommand.self, PricesApplyCommand.self,
    ], defaultSubcommand: PricesListCommand.self)
}
