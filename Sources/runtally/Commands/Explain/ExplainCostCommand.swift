import ArgumentParser
import Reporting
import Store

struct ExplainCostCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cost",
    abstract: "Say where the cost of a month comes from, or that of a runner or of a row of monthly-cost.",
    discussion: """
      The sum is that of monthly-cost, to the last digit.

      Example: runtally explain cost 2026-03 --source production --runner Backup --instance-type small
      """)

  @Argument(
    help: ArgumentHelp(
      "A month such as 2026-03, or last, or this, as counted from the newest harvest.", valueName: "month"),
    completion: .months)
  var month: String

  @OptionGroup var chosen: RunnerOptions

  @Flag(help: "With --runner: by the names that runners had before, too.")
  var anyName = false

  @Option(
    name: .customLong("instance-type"),
    help: ArgumentHelp(
      "Only this machine size, or none for time whose machine nobody named; may be repeated, and all of them count.",
      valueName: "size"))
  var instanceTypes: [String] = []

  @OptionGroup var past: PastOptions
  @OptionGroup(title: "Output") var output: ExplainOutput
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() throws {
    let question = MonthQuestion(
      period: try .month(named: month), sources: chosen.sources, runners: chosen.runners, anyName: anyName,
      instanceTypes: instanceTypes.map { $0 == "none" ? nil : $0 })
    let configuration = try ledger.configuration()
    let opened = try past.open(configuration.database)
    let reporter = Reporter(
      ledger: opened, generator: Runtally.generator, given: try configuration.reportSettings(of: opened))
    let answer = MonthAnswer(
      explanation: try reporter.explain(question), narrowedTo: chosen.sources, chosen.runners, anyName)
    try output.write(text: answer.lines, json: answer.json)
    ledger.say(answer.explanation.coverage.line)
    if let past = opened.past { ledger.say(past.line()) }
  }
}
