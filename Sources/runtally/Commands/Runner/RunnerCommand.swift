import ArgumentParser

/// Runners as an API has them at this moment, and what can be changed of them.
struct RunnerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runner",
    abstract: "Show runners as their API has them now; make, change and delete them.",
    discussion: """
      list, show and pods ask the API and not the ledger. The others change something there, and only where the source \
      says so in the configuration: allow: [create, update, delete]. --dry-run shows the request and sends nothing.

      Example: runtally runner list production
      """,
    subcommands: [
      RunnerListCommand.self, RunnerShowCommand.self, RunnerPodsCommand.self, RunnerCreateCommand.self,
      RunnerUpdateCommand.self, RunnerDeleteCommand.self, RunnerApplyCommand.self, RunnerExportCommand.self,
    ])
}
