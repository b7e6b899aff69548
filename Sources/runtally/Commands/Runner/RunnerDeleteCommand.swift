import ArgumentParser
import Harvest
import Reporting
import Runs
import Store

struct RunnerDeleteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Delete a runner at its source (Nodion, Soda).",
    discussion: """
      The source must allow it: allow: [delete]. On a terminal it asks first, with the runner's name and what it cost in \
      the last 30 days; elsewhere --yes says that it is meant. The ledger keeps all that it knows of the runner.

      Example: runtally runner delete production "Old import" --yes
      """)

  @Argument(help: "The source.", completion: .sources)
  var source: String

  @Argument(help: "The runner's id or name.", completion: .runners)
  var runner: String

  @Flag(help: "Delete it without asking.")
  var yes = false

  @Flag(help: "Show the request and send nothing.")
  var dryRun = false

  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func run() async throws {
    let (text, yes, dryRun, quiet) = (runner, yes, dryRun, options.quiet)
    try await OpenAccount.acting(on: source, try options.configuration(), quiet: quiet) { open in
      let pipeline = ActionPipeline(open: open, quiet: quiet)
      if !dryRun { try pipeline.permit(.delete) } else { try open.account.checkOffer(of: .delete) }
      if !dryRun, !yes, quiet || !Console.canAsk {
        throw UsageError(
          reason: "a runner that is deleted does not come back, so it is asked on a terminal; elsewhere say --yes")
      }
      let runner = try await dryRun ? open.fetchRunner(called: text) : pipeline.fetchRunner(called: text)
      let action = RunnerAction.delete(runner: runner.record.id)
      if dryRun { return try pipeline.show(action) }
      if !yes {
        let cost = try open.recentCost(of: runner.record.id).map { ", which cost \($0) in the last 30 days" } ?? ""
        guard Console.ask("Delete \(runner.record.name) (\(runner.record.id)) of \(open.source.name)\(cost)?") else {
          if !quiet { Console.say("\(runner.record.name) was not deleted") }
          throw StatusError(status: .failed)
        }
      }
      _ = try await pipeline.run(action, named: runner.record.name, before: runner)
      if !quiet {
        Console.say("\(open.source.name) has deleted \(runner.record.name); its history stays in the ledger")
      }
    }
  }
}

extension OpenAccount {
  /// What a runner cost in the last 30 days of the ledger, exactly; nil where the ledger knows nothing of it.
  fileprivate func recentCost(of runner: String) throws -> String? {
    let ledger = try ReadLedger.open(configuration.database)
    defer { ledger.close() }
    let reporter = Reporter(ledger: ledger, generator: Runtally.generator)
    let request = ReportRequest(period: try .last("30d"), sources: [source.name], runners: [runner])
    do {
      return try ledger.read { snapshot in
        let table = try ReportTable("runners", request, by: reporter, from: snapshot)
        return table.rows.first.map { row in
          guard let cost = table.text("cost", row) else { return "an amount that is not known" }
          return cost + (table.text("currency", row).map { " " + $0 } ?? "")
        }
      }
    } catch is ReportError {
      return nil
    }
  }
}
