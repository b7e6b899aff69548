import ArgumentParser
import Export
import Foundation
import Policy
import Reporting
import Runs
import Store

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Hold the ledger against a policy: budgets, failure rates, durations, silent runners.",
    discussion: """
      The policy stands under policy: in the configuration, or in a file of its own with the same keys. Each rule is a \
      row, and with --format junit a test case. Ends with exit code 2 on a violation.

      In GitHub Actions ($GITHUB_ACTIONS is true) violations and warnings are also shown beside the job; they go to \
      standard output, or to standard error when the rows go there. With --github the rows join the job's summary.

      With --quiet a job prints nothing while no rule is violated and none warns, unless --format or --output asks for \
      the rows. --format openmetrics has gauges for alerts.

      Example: runtally check --format junit --output check.xml
      """)

  @Option(
    help: ArgumentHelp("A policy in a file of its own, instead of the configuration's.", valueName: "file"),
    completion: .file())
  var policy: String?

  @Flag(help: "End with exit code 0 also on a violation.")
  var warnOnly = false

  @Flag(help: "JUnit: a warning is a skipped test case, for readers that show nothing of one that passes.")
  var warningsAsSkipped = false

  @OptionGroup var past: PastOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func validate() throws {
    if warningsAsSkipped, output.format != Format.junit.rawValue {
      throw ValidationError("--warnings-as-skipped is about JUnit: give it --format junit too.")
    }
  }

  func run() throws {
    let asksForRows = output.isUsed
    let output = try output.chosen()
    let configuration = try options.configuration()
    let policy = try policy.map { try Policy(file: $0, currency: configuration.currency) } ?? configuration.policy
    guard let policy else { throw PolicyFileError.none(configuration: configuration.file) }
    let ledger = try past.open(configuration.database)
    let answer = try answer(to: policy, of: ledger, configuration)
    if !options.quiet || asksForRows || answer.needsAttention {
      try output.write { try answer.write(to: &$0, as: output.format, skipsWarnings: warningsAsSkipped) }
    }
    try annotate(answer, besides: output)
    options.say(answer.coverage.line)
    options.say(answer.line)
    if let past = ledger.past { options.say(past.line()) }
    if !answer.waiting.isEmpty { options.warn(answer.waiting.warning) }
    if answer.count(.violation) > 0, !warnOnly { throw StatusError(status: .violation) }
  }

  /// A rule that cannot be judged is told with its place, as a mistake in its text is.
  private func answer(
    to policy: Policy, of ledger: Ledger, _ configuration: Configuration
  ) throws -> CheckAnswer {
    do {
      return try PolicyCheck.answer(
        ledger, policy, labels: configuration.labels,
        prices: ledger.past == nil ? configuration.wantedPrices() : WantedPrices(), generator: Runtally.generator,
        now: ledger.past?.asked ?? .now())
    } catch let error as PolicyError {
      guard case .unknownLabel(_, let rule, _) = error, let place = policy.places[rule] else { throw error }
      throw UsageError(reason: "\(place): \(error)")
    }
  }

  /// Shows GitHub what needs attention; elsewhere tells it to whoever does not see the rows.
  private func annotate(_ answer: CheckAnswer, besides output: ChosenOutput) throws {
    let commands = answer.findings.compactMap(WorkflowCommand.init)
    if output.isJobSummary || ProcessInfo.processInfo.environment["GITHUB_ACTIONS"] == "true" {
      let lines = commands.map(\.line)
      guard output.file != nil || output.isJobSummary else { return lines.forEach(Console.command) }
      let target = Output.standardOutput()
      for line in lines { try target.append(line + "\n") }
      try target.commit()
    } else if output.file != nil {
      for command in commands { options.warn("\(command.level.rawValue): \(command.title): \(command.message)") }
    }
  }
}
