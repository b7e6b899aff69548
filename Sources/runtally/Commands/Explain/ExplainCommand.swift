import ArgumentParser

/// Where numbers come from: those of a run, of a month, of a runner.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say where the numbers of a run, of a month's cost or of a runner come from.",
    discussion: """
      Of a run: the rule behind its outcome, each slice with its price and where that came from, the exact sum, what was \
      assumed, and which visit saw what. Of a month's cost: the lines that it is the sum of, what is assumed, unpriced or \
      provisional, and which runs it is of. Of a runner: its settings, its prices and how it was read, over time.

      Without another word it explains a run: `runtally explain c3f85434` is `runtally explain run c3f85434`.

      Example: runtally explain cost 2026-03
      """,
    subcommands: [ExplainRunCommand.self, ExplainCostCommand.self, ExplainRunnerCommand.self],
    defaultSubcommand: ExplainRunCommand.self)
}
