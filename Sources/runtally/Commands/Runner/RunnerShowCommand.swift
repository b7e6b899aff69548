import ArgumentParser

struct RunnerShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one runner as its API has it now, in the vendor's own words.",
    discussion: """
      Nothing is saved. Commands and entrypoints are shown here, and are in no ledger.

      Example: runtally runner show production "Database Backup"
      """)

  @Argument(help: "The source.", completion: .sources)
  var source: String

  @Argument(help: "The runner's id or name.", completion: .runners)
  var runner: String

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func run() async throws {
    let chosen = try output.chosenForRows()
    try await OpenAccount.with(source, try options.configuration(), quiet: options.quiet) { open in
      let answer = LiveAnswers.runner(try await open.fetchRunner(called: runner))
      try chosen.write { try answer.write(to: &$0) }
    }
  }
}
