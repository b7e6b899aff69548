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
  /// As they were asked for, each once; nil is a run without one. Empty for all.
  let exitCodes: [Int64?]

  /// - Parameter labelKeys: those that runners can be grouped by.
  init(
    _ definition: ReportDefinition, _ request: ReportRequest, labelKeys: [String] = []
  ) throws(ReportError) {
    for parameter in request.parameters where !definition.parameters.contains(parameter) {
      throw .parameterNotTaken(
        report: definition.name, parameter: parameter.rawValue,
        takes: definition.parameters.filter { $0 != .instants }.map(\.rawValue).sorted())
    }
    if let period = request.period, period.hasInstants, !definition.parameters.contains(.instants) {
      throw .instantsNotTaken(report: definition.name, takenBy: try ReportCatalog.takingInstants())
    }
    if definition.groupSQL != nil, request.limit != nil || !request.sort.isEmpty {
      throw .orderNotTaken(report: definition.name)
    }
    if request.decimals != nil, !definition.canBeRounded { throw .roundingNotTaken(report: definition.name) }
    self.definition = definition
    self.request = request
    interval = try Question.choice(request.interval ?? "month", of: .interval)
    grouping = try Grouping(request.groupBy, definition.groupBy, labelKeys: labelKeys)
    outcomes = (request.outcomes.isEmpty ? [definition.defaultOutcome] : request.outcomes).once
    for outcome in outcomes where !Question.outcomes.contains(outcome) {
      throw .unknownChoice(parameter: ReportParameter.outcome.rawValue, value: outcome, choices: Question.outcomes)
    }
    var codes: [Int64?] = []
    for text in request.exitCodes.once {
      let code = Int64(text)
      guard code != nil || text == Question.noExitCode else { throw .badExitCode(text) }
      codes.append(code)
    }
    exitCodes = codes
  }

  private static let anyOutcome = "any"
  private static let noExitCode = "none"

  /// Those that can be asked for.
  static let outcomes = Outcome.allCases.map(\.word) + [anyOutcome]

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
    let isUsual = request.outcomes.isEmpty && outcomes == [Question.anyOutcome]
    let outcomes = definition.parameters.contains(.outcome) && !isUsual ? outcomes : []
    return ReportFilter.list([
      ("source", request.sources), ("runner", request.runners), ("interval", interval), ("group-by", grouping.keys),
      ("outcome", outcomes), ("exit-code", request.exitCodes),
      ("any-name", request.anyName && !request.runners.isEmpty ? ["true"] : []),
      ("unchanged", request.isUnchangedToo ? ["true"] : []), ("sort", request.sort),
      ("limit", request.limit.map { ["\($0)"] } ?? []),
    ])
  }
}

extension ReportFilter {
  /// One for each value, each value once.
  static func list(_ choices: [(name: String, values: [String])]) -> [ReportFilter] {
    choices.flatMap { name, values in values.once.map { ReportFilter(name: name, value: $0) } }
  }
}
