import ArgumentParser
import Harvest
import Runs

struct RunnerExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the runners of a source as a file that apply reads (Nodion).",
    discussion: """
      Commands and entrypoints are in it, as the API has them now; values of the environment are in no answer.

      Example: runtally runner export production --output fleet.yaml
      """)

  @Argument(help: "The source.", completion: .sources)
  var source: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write to a file, whole or not at all, instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func run() async throws {
    try await OpenAccount.with(source, try options.configuration(), quiet: options.quiet) { open in
      let list = try await open.asking { try await $0.fetchRunners() }
      if let error = list.error { throw LiveError(source: source, error: error) }
      try list.checkSetups(at: source)
      let text = FleetFile.text(of: list.rows, source: source, try open.things(shownBy: list.rows))
      let target = try StandardFile.output(output)
      try target.append(text + "\n")
      try target.commit()
    }
  }
}
