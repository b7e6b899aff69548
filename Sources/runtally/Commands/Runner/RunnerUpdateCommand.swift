import ArgumentParser
import Harvest
import Runs

struct RunnerUpdateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Change a runner (Nodion): what is named, and nothing else.",
    discussion: """
      The source must allow it: allow: [update]. What changes is shown with what it was before. The ledger keeps the new \
      settings, and what a second costs from then on, with this very instant.

      Example: runtally runner update production "Nightly ETL" --instance-type standard-l
      """)

  @Argument(help: "The source.", completion: .sources)
  var source: String

  @Argument(help: "The runner's id or name.", completion: .runners)
  var runner: String

  @OptionGroup(title: "The runner") var setup: SetupOptions

  @Flag(help: "Show the request and send nothing.")
  var dryRun = false

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func run() async throws {
    let chosen = try output.chosenForRows()
    try chosen.checkWritable()
    let (typed, text, dryRun, quiet) = (setup.setup, runner, dryRun, options.quiet)
    let lines = try await OpenAccount.acting(
      on: source, try options.configuration(), hiding: typed.secrets, quiet: quiet
    ) { open -> [ChangeAnswer.Line]? in
      let pipeline = ActionPipeline(open: open, quiet: quiet)
      if !dryRun { try pipeline.permit(.update) } else { try open.account.checkOffer(of: .update) }
      let before = try await dryRun ? open.fetchRunner(called: text) : pipeline.fetchRunner(called: text)
      let things = try open.things(shownBy: [before])
      let id = before.record.id
      let wanted = try things.resolved(typed) { _ = try open.account.draft(.update(runner: id, $0)) }
      let action = RunnerAction.update(runner: id, wanted)
      if dryRun {
        try pipeline.show(action)
        return nil
      }
      let done = try await pipeline.run(action, named: before.record.name, before: before)
      // Where it cannot be read again, what was asked for.
      let after = done.runner.map { ($0, try? open.things(shownBy: [$0])) }
      return (after?.1 ?? things).lines(
        changing: before, to: after?.0.setup ?? wanted, fields: wanted.fields)
    }
    if let lines { try chosen.write { try ChangeAnswer(lines: lines).answer.write(to: &$0) } }
  }
}
