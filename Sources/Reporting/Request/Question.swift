import Runs

/// What a report is asked, with every choice made that the request left open.
///
/// What the report does not take is refused here, before the ledger is read.
struct Question {
  let definition: ReportDefinition
  let request: ReportRequest
  let interval: ReportInterval
  let grouping: Grouping
  /// Words of outcomes, each once, or `any`; as they were asked for.
  let outcomes: [String]

  /// - Parameter labelKeys: those that runners can be grouped by.
  init(
    _ definition: ReportDefinition, _ request: ReportRequest, labelKeys: [String] = []
  ) throws(ReportError) {
    for parameter in request.parameters where !definition.parameters.contains(parameter) {
      throw .parameterNotTaken(
        report: definition.name, parameter: parameter.rawValue, takes: definition.parameters.map(\.rawValue).sorted())
    }
    if request.decimals != nil, !definition.canBeRounded { throw .roundingNotTaken(report: definition.name) }
    self.definition = definition
    self.request = request
    interval = try Question.choice(request.interval ?? "month", of: .interval)
    grouping = try Grouping(request.groupBy, definition.groupBy, labelKeys: labelKeys)
    outcomes = (request.outcomes.isEmpty ? [Outcome.success.word] : request.outcomes).once
    let choices = Outcome.allCases.map(\.word) + [Question.anyOutcome]
    for outcome in outcomes where !choices.contains(outcome) {
      throw .unknownChoice(parameter: ReportParameter.outcome.rawValue, value: outcome, choices: choices)
    }
  }

  private static let anyOutcome = "any"

  /// The words of all outcomes that are meant.
  var meantOutcomes: [String] {
    outcomes.contains(Question.anyOutcome) ? Outcome.allCases.map(\.word) : outcomes
  }

  private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ word: String, of parameter: ReportParameter
  ) throws(ReportError) -> Choice {
    guard let choice = Choice(rawValue: word) else {
      throw .unknownChoice(
        parameter: parameter.rawValue, value: word, choices: Choice.allCases.map(\.rawValue))
    }
    return choice
  }

  /// What was narrowed down, as the report's head states it: each value is a filter of its own.
  var filters: [ReportFilter] {
    let interval = definition.parameters.contains(.interval) ? [interval.rawValue] : []
    let outcomes = definition.parameters.contains(.outcome) ? outcomes : []
    return ReportFilter.list([
      ("source", request.sources), ("runner", request.runners), ("interval", interval), ("group-by", grouping.keys),
      ("outcome", outcomes), ("any-name", request.anyName && !request.runners.isEmpty ? ["true"] : []),
    ])
  }
}

extension ReportFilter {
  /// One for each value, each value once.
  static func list(_ choices: [(name: String, values: [String])]) -> [ReportFilter] {
    choices.flatMap { name, values in values.once.map { ReportFilter(name: name, value: $0) } }
  }
}
