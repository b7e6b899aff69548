import ArgumentParser

/// The root of the command line: what there is, and one line about each.
struct Runtally: AsyncParsableCommand {
  static let version = "0.1.0"
  static let generator = "runtally \(version)"

  /// What the parser's messages begin with: what all others do.
  static let _errorLabel = Console.program

  static let configuration = CommandConfiguration(
    commandName: "runtally",
    abstract: "Run analytics and cost reports for runner APIs.",
    discussion: """
      Runtally visits runner APIs, keeps what they forget in a SQLite ledger, and reports what ran, how long it took, \
      how often it failed and what it cost, to the last digit.

      Example: runtally init && runtally harvest && runtally report monthly-cost

      Exit codes: 0 done; 1 failed, or nothing arrived; 2 a check found a violation, a source is stale, the ledger \
      is not sound, or a run that was triggered did not succeed; 3 partly done, what arrived is saved; 64 wrong usage \
      or configuration; 75 another harvest holds the ledger, try later.
      """,
    version: version,
    subcommands: [
      InitCommand.self, ConfigCommand.self, DemoCommand.self, HarvestCommand.self, ImportCommand.self,
      StatusCommand.self,
      ReportCommand.self, ReportsCommand.self, CheckCommand.self, CloseCommand.self, SettleCommand.self,
      ExplainCommand.self, LogCommand.self, DiffCommand.self, WhatIfCommand.self, PricesCommand.self,
      SourceCommand.self, RunnerCommand.self, TriggerCommand.self, QueryCommand.self,
      VerifyCommand.self,
      BackupCommand.self, ServeCommand.self, MCPCommand.self,
      SimulateCommand.self,
    ])
}
