import Runs

/// What a report is asked, with every choice made that the request left open.
///
/// What the report does not take is refused here, before the ledger is read.
struct Question {
  let definition: ReportDefinition
  let request: ReportRequest
  let interval: ReportInterval
  let groupBy: String?
  /// Which label it is, when grouped by one.
  let label: String?
  let outcome: String

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
    (groupBy, label) = try Question.group(definition.groupBy, request.groupBy, labelKeys: labelKeys)
    outcome = request.outcome ?? Outcome.success.word
    let outcomes = Outcome.allCases.map(\.word) + ["any"]
    guard outcomes.contains(outcome) else {
      throw .unknownChoice(parameter: ReportParameter.outcome.rawValue, value: outcome, choices: outcomes)
    }
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

  private static func group(
    _ choice: ReportDefinition.GroupChoice?, _ asked: String?, labelKeys: [String]
  ) throws(ReportError) -> (group: String?, label: String?) {
    guard let choice else { return (asked, nil) }
    let wanted = asked ?? choice.preset
    let choices = choice.values.flatMap { $0 == "label" ? labelKeys.map { [RunnerLabel].prefix + $0 } : [$0] }
    guard choices.contains(wanted) else {
      throw .unknownChoice(parameter: ReportParameter.groupBy.rawValue, value: wanted, choices: choices)
    }
    guard wanted.hasPrefix([RunnerLabel].prefix) else { return (wanted, nil) }
    return ("label", String(wanted.dropFirst([RunnerLabel].prefix.count)))
  }

  /// What was narrowed down, as the report's head states it.
  var filters: [ReportFilter] {
    let interval = definition.parameters.contains(.interval) ? interval.rawValue : nil
    let outcome = definition.parameters.contains(.outcome) ? outcome : nil
    let group = label.map { [RunnerLabel].prefix + $0 } ?? groupBy
    let all = [
      ("source", request.source), ("runner", request.runner), ("interval", interval), ("group-by", group),
      ("outcome", outcome), ("any-name", request.anyName && request.runner != nil ? "true" : nil),
    ]
    return all.compactMap { name, value in value.map { ReportFilter(name: name, value: $0) } }
  }
}
