import ArgumentParser

struct RunnerListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the runners of a source as its API has them now.",
    discussion: """
      Nothing is saved. Ends with exit code 3 where the list broke off, or something in it could not be understood.

      Example: runtally runner list agents --available
      """)

  @Argument(help: "The source.", completion: .sources)
  var source: String

  @Flag(help: "Only those that would take work now, where the API has a list of them (AgentsMesh).")
  var available = false

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func run() async throws {
    let chosen = try output.chosenForRows()
    try await OpenAccount.with(source, try options.configuration(), quiet: options.quiet) { open in
      let list = try await open.asking {
        available ? try await $0.fetchAvailableRunners() : try await $0.fetchRunners()
      }
      try output.write(list, of: source, to: chosen, as: LiveAnswers.runners(list.rows))
    }
  }
}
