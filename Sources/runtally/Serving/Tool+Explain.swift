import Export
import Reporting
import Runs
import Serve
import Store

/// Where numbers come from: those of a run, of a month's cost, of a runner.
extension Tool {
  private static let parameters: [ServedParameter] = [
    ServedParameter("run", "The vendor's id of a run, or at least 6 characters that begin no other one."),
    ServedParameter("month", "A month's cost: 2026-01, or last, or this, as counted from the newest harvest."),
    ServedParameter(
      "runner", repeats: true,
      "With run or month only runners with this id, newest name, or glob; alone the runner that is explained."),
    .source, .anyName,
    ServedParameter(
      "instance-type", repeats: true, "With month: only this machine size, or none for time whose machine nobody named."
    ),
    .asOf,
    ServedParameter("format", .word(["text", "json"]), "text, which is the default, or json."),
  ]

  static func explain(_ configuration: Configuration, _ program: ServedProgram) -> Tool {
    Tool(
      name: "explain", title: "Explanation",
      description: "Says where numbers come from. Give run for one run: its outcome, its slices with their prices, the "
        + "exact sum. Give month for the cost of a month: the lines that it is the sum of, and what is assumed or may "
        + "still change. Give runner alone for its settings and prices over time.",
      parameters: parameters
    ) { (query: ServedQuery) in
      let subject = try Subject(query)
      let ledger = try program.opened(query)
      defer { ledger.close() }
      let reporter = Reporter(
        ledger: ledger, generator: Runtally.generator, given: try configuration.reportSettings(of: ledger))
      let (lines, json) = try subject.explained(query, by: reporter, of: ledger, program)
      let isJSON = query["format"] == "json"
      return try BoundedText.text(
        isJSON ? Output.text { try $0.append(line: json) } : lines.joined(separator: "\n"),
        instead: isJSON ? "ask for it as text" : "name a runner, a source or an instance-type")
    }
  }

  /// What is to be explained.
  private enum Subject {
    case run(String)
    case month(PeriodChoice)
    case runner(String)

    init(_ query: ServedQuery) throws {
      let runners = query.all("runner")
      if query.isSet("instance-type"), query["month"] == nil {
        throw Problem(400, "A parameter is wrong", "instance-type is about a month", parameter: "instance-type")
      }
      switch (query["run"], query["month"]) {
      case (let run?, nil): self = .run(run)
      case (nil, let month?): self = .month(try .month(named: month))
      case (nil, nil) where runners.count == 1: self = .runner(runners[0])
      default:
        throw Problem(
          400, "A parameter is wrong", "choose one of run, month and one runner; a runner may narrow the others down")
      }
    }

    func explained(
      _ query: ServedQuery, by reporter: Reporter, of ledger: Ledger, _ program: ServedProgram
    ) throws -> (lines: [String], json: JSONTree) {
      let (sources, runners, anyName) = (query.all("source"), query.all("runner"), query.isSet("any-name"))
      switch self {
      case .run(let run):
        let answer = try program.explain(ledger, ExplainedQuestion(run: run, query))
        return (answer.lines, answer.json)
      case .month(let period):
        let question = MonthQuestion(
          period: period, sources: sources, runners: runners, anyName: anyName,
          instanceTypes: query.all("instance-type").map { $0 == "none" ? nil : $0 })
        let answer = MonthAnswer(explanation: try reporter.explain(question), narrowedTo: sources, runners, anyName)
        return (answer.lines, answer.json)
      case .runner(let runner):
        let answer = RunnerAnswer(
          explanation: try reporter.explain(runner: runner, anyName: anyName, sources: sources))
        return (answer.lines, answer.json)
      }
    }
  }
}
