import ArgumentParser
import Harvest
import Runs

struct RunnerApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Make the runners of a source as a file says (Nodion).",
    discussion: """
      The file names a source and its runners, as `runtally runner export` writes it. What is to be done is shown first: \
      runners to make, fields to change with what they are now, and with --prune runners to delete. It is done after a \
      question on a terminal, or with --yes. Done again it finds nothing to do. What the file does not name of a runner \
      stays as it is.

      Example: runtally runner apply fleet.yaml --prune
      """)

  @Argument(help: "The file; - is standard input.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Flag(help: "Delete the runners of the source that the file does not name.")
  var prune = false

  @Flag(help: "Do it without asking.")
  var yes = false

  @Flag(help: "Show what is to be done, and do nothing.")
  var dryRun = false

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func run() async throws {
    let chosen = try output.chosenForRows()
    let fleet = try FleetFile(file)
    let (prune, yes, dryRun, quiet) = (prune, yes, dryRun, options.quiet)
    try await OpenAccount.acting(on: fleet.source, try options.configuration(), quiet: quiet) { open in
      let pipeline = ActionPipeline(open: open, quiet: quiet)
      let list = try await open.asking { try await $0.fetchRunners() }
      // A part of the list would make what is in the other part a second time.
      if let error = list.error { throw LiveError(source: fleet.source, error: error) }
      try list.checkSetups(at: fleet.source)
      // All of it is checked before the first of it is done.
      let plan = try FleetPlan(
        fleet, list.rows, try open.things(shownBy: list.rows), of: open.account, prunes: prune)
      if plan.others > 0, !quiet {
        Console.say(
          "\(plan.others.counted("runner")) of \(fleet.source) not in the file; --prune deletes what is not in it")
      }
      try chosen.write { try ChangeAnswer(lines: plan.lines).answer.write(to: &$0) }
      guard !plan.steps.isEmpty else {
        if !quiet { Console.say("nothing to do: \(fleet.source) is as the file says") }
        return
      }
      if dryRun { return }
      for kind in ActionKind.allCases where plan.kinds.contains(kind) { try pipeline.permit(kind) }
      if !yes {
        guard !quiet, Console.canAsk else {
          throw UsageError(reason: "this changes \(fleet.source), so it is asked on a terminal; elsewhere say --yes")
        }
        guard Console.ask("Do it?") else {
          Console.say("nothing was changed")
          throw StatusError(status: .failed)
        }
      }
      try await pipeline.run(plan, quiet: quiet)
    }
  }
}

extension ActionPipeline {
  /// One step after another; the first that fails is the last.
  fileprivate func run(_ plan: FleetPlan, quiet: Bool) async throws {
    for (index, step) in plan.steps.enumerated() {
      do {
        _ = try await run(step.action, named: step.name, before: step.runner, isRepeatable: true)
      } catch {
        if index > 0 {
          Console.warn("\(index) of \(plan.steps.count.counted("step")) done; run it again to do the rest")
        }
        throw error
      }
      if !quiet { Console.say("\(step.action.kind.rawValue) \(step.name): done") }
    }
  }
}
