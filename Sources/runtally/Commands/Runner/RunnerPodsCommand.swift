import ArgumentParser

struct RunnerPodsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pods",
    abstract: "List the pods of a runner as its API has them now (AgentsMesh).",
    discussion: """
      Nothing is saved. Ends with exit code 3 where the list broke off, or something in it could not be understood.

      Example: runtally runner pods agents gpu-a100-01 --status running
      """)

  @Argument(help: "The source.", completion: .sources)
  var source: String

  @Argument(help: "The runner's id or name.", completion: .runners)
  var runner: String

  @Option(help: ArgumentHelp("Only pods of this status, in the vendor's word.", valueName: "status"))
  var status: String?

  @Flag(help: "Also what the agents were asked to do, which no ledger keeps.")
  var prompts = false

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func run() async throws {
    let chosen = try output.chosenForRows()
    try await OpenAccount.with(source, try options.configuration(), quiet: options.quiet) { open in
      let (found, list) = try await open.asking { account in
        let found = try await account.fetchRunners().runner(called: runner, at: source)
        return (found, try await account.fetchPods(of: found.record.id, status: status))
      }
      let answer = LiveAnswers.pods(list.rows, of: found, showsPrompts: prompts)
      try output.write(list, of: source, to: chosen, as: answer)
    }
  }
}
