import ArgumentParser
import Harvest
import Runs

struct RunnerCreateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Make a runner at a source.",
    discussion: """
      The source must allow it: allow: [create]. Every limit of the vendor's page is checked before anything is sent. \
      The request is sent once; where no answer comes, the command says so, with what has appeared since.

      Soda makes a key with which a runner of yours registers itself, and shows it this once: --credentials writes it to \
      a new file that only you can read. Where that cannot be written, no key is asked for.

      Example: runtally runner create production --name "Nightly report" --image mycompany/report --tag v2 --command \
      "python report.py" --region fra --instance-type standard-s
      """)

  @Argument(help: "The source.", completion: .sources)
  var source: String

  @OptionGroup(title: "The runner (Nodion)") var setup: SetupOptions

  @Option(
    help: ArgumentHelp("Where to write the key (Soda); - is standard output.", valueName: "file"), completion: .file())
  var credentials: String?

  @Flag(help: "Show the request and send nothing.")
  var dryRun = false

  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func validate() throws {
    if credentials != nil, setup.isUsed {
      throw ValidationError("--credentials is for a key alone: say nothing of the runner.")
    }
  }

  func run() async throws {
    let (credentials, typed, dryRun, quiet) = (credentials, setup.setup, dryRun, options.quiet)
    try await OpenAccount.acting(
      on: source, try options.configuration(), hiding: typed.secrets, quiet: quiet
    ) { open in
      let pipeline = ActionPipeline(open: open, quiet: quiet)
      let source = open.source.name
      guard let credentials else {
        let setup = try open.things().resolved(typed) { _ = try open.account.draft(.create($0)) }
        if dryRun { return try pipeline.show(.create(setup)) }
        let name = setup[.name].map(\.description) ?? "a runner"
        let done = try await pipeline.run(.create(setup), named: name)
        let id = done.runner?.record.id ?? done.result.id
        if !quiet { Console.say("\(source) has the runner \(name)" + (id.map { " (\($0))" } ?? "")) }
        return
      }
      if dryRun { return try pipeline.show(.createKey) }
      try pipeline.permit(.create)
      // What can be wrong with the request, before there is a file.
      _ = try open.account.draft(.createKey)
      let file = try CredentialsFile(credentials)
      let done: ActionPipeline.Done
      do {
        done = try await pipeline.run(.createKey, named: "a key for a runner")
      } catch {
        file.discard()
        throw error
      }
      let place = try done.result.credentials.map { try file.save($0) } ?? credentials
      if place != credentials { Console.warn("\(credentials) came to be meanwhile; the key is in \(place)") }
      if !quiet {
        let place = place == StandardFile.name ? "" : ", which is in \(place)"
        Console.say(
          "\(source) has made a key\(place); a runner that registers itself with it appears in the next harvest")
      }
    }
  }
}
