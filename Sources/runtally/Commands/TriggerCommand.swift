import ArgumentParser
import Harvest
import Runs
import Store

struct TriggerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trigger",
    abstract: "Start a run of a runner, and follow it to its end where that is wanted.",
    discussion: """
      The source must allow it: allow: [trigger]. The request is sent once. Where no answer comes, nobody knows whether \
      the run was started, and the command says so, with the runs that have appeared since. --env and --env-file go to \
      the vendor and into no log and no ledger; what is typed other programs of this machine may see, a file not.

      With --wait it ends with exit code 0 when the run succeeded, with 2 when it did not, and with 3 when it could not \
      be followed to its end.

      Example: runtally trigger production "Database Backup" --env VERBOSE=true --wait
      """)

  @Argument(help: "The source.", completion: .sources)
  var source: String

  @Argument(help: "The runner's id or name.", completion: .runners)
  var runner: String

  @Option(
    name: .customLong("env"),
    help: ArgumentHelp("A variable of the environment of this run; may be repeated.", valueName: "name=value"))
  var variables: [String] = []

  @Option(
    help: ArgumentHelp("A file with such a variable in each line; - is standard input.", valueName: "file"),
    completion: .file())
  var envFile: String?

  @Flag(help: "Follow the run to its end, save it, and say what it cost.")
  var wait = false

  @Option(help: ArgumentHelp("How long to follow it: 30s, 5m, 2h or 1d. (default: 2h)", valueName: "time"))
  var giveUpAfter: String?

  @Flag(help: "Show the request, without values of the environment, and send nothing.")
  var dryRun = false

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func validate() throws {
    if let giveUpAfter {
      if Duration(text: giveUpAfter) == nil { throw ValidationError("--give-up-after takes 30s, 5m, 2h or 1d.") }
      if !wait { throw ValidationError("--give-up-after is about following the run: give it --wait too.") }
    }
  }

  func run() async throws {
    let chosen = try output.chosenForRows()
    try chosen.checkWritable()
    let environment = try EnvironmentText.variables(typed: variables, file: envFile)
    let configuration = try options.configuration()
    let patience = wait ? giveUpAfter.flatMap { Duration(text: $0) } ?? .seconds(7200) : nil
    let (source, runner, dryRun, quiet) = (source, runner, dryRun, options.quiet)
    let answer = try await OpenAccount.acting(
      on: source, configuration, hiding: environment.map(\.value), quiet: quiet
    ) { open -> TriggerAnswer? in
      let trigger = Trigger(open: open, environment: environment, quiet: quiet)
      guard dryRun else { return try await trigger.run(runner, following: patience) }
      try await trigger.show(runner)
      return nil
    }
    guard let answer else { return }
    try chosen.write { try answer.answer.write(to: &$0) }
    guard wait else { return }
    guard let outcome = answer.outcome else { throw StatusError(status: .partly) }
    if outcome != .success { throw StatusError(status: .violation) }
  }
}
