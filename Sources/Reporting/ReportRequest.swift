import Runs

/// What a report is asked; nil leaves the choice to its definition.
package struct ReportRequest: Equatable, Sendable {
  package var period: PeriodChoice?
  /// Another zone than the ledger's.
  package var zone: ZoneRules?
  package var source: String?
  /// An id, an exact name or a glob.
  package var runner: String?
  package var interval: String?
  package var groupBy: String?
  package var outcome: String?
  /// Decimals of money, for reports that can be rounded.
  package var decimals: Int?
  /// How long each statement may work; nil for any time.
  package var timeLimit: Duration?

  package init(
    period: PeriodChoice? = nil, zone: ZoneRules? = nil, source: String? = nil, runner: String? = nil,
    interval: String? = nil, groupBy: String? = nil, outcome: String? = nil, decimals: Int? = nil,
    timeLimit: Duration? = nil
  ) {
    self.period = period
    self.zone = zone
    self.source = source
    self.runner = runner
    self.interval = interval
    self.groupBy = groupBy
    self.outcome = outcome
    self.decimals = decimals
    self.timeLimit = timeLimit
  }
}

extension ReportRequest {
  /// Refuses what the report does not take, and fills in what was left open.
  /// - Parameter labelKeys: those that runners can be grouped by.
  func choices(for definition: ReportDefinition, labelKeys: [String] = []) throws(ReportError) -> Choices {
    let given: [(ReportParameter, Bool)] = [
      (.period, period != nil), (.source, source != nil), (.runner, runner != nil), (.interval, interval != nil),
      (.groupBy, groupBy != nil), (.outcome, outcome != nil),
    ]
    for (parameter, isGiven) in given where isGiven && !definition.parameters.contains(parameter) {
      throw .parameterNotTaken(
        report: definition.name, parameter: parameter.rawValue, takes: definition.parameters.map(\.rawValue).sorted())
    }
    if decimals != nil, !definition.canBeRounded { throw .roundingNotTaken(report: definition.name) }

    guard let interval = ReportInterval(rawValue: interval ?? "month") else {
      throw .unknownChoice(
        parameter: "interval", value: interval ?? "", choices: ReportInterval.allCases.map(\.rawValue))
    }
    var groupBy = groupBy ?? definition.groupBy?.preset
    var label: String?
    if let wanted = groupBy, let values = definition.groupBy?.values {
      let choices = values.flatMap { $0 == "label" ? labelKeys.map { [RunnerLabel].prefix + $0 } : [$0] }
      guard choices.contains(wanted) else {
        throw .unknownChoice(parameter: "group-by", value: wanted, choices: choices)
      }
      if wanted.hasPrefix([RunnerLabel].prefix) {
        (groupBy, label) = ("label", String(wanted.dropFirst([RunnerLabel].prefix.count)))
      }
    }
    let outcomes = Outcome.allCases.map(\.word) + ["any"]
    let outcome = outcome ?? "success"
    guard outcomes.contains(outcome) else {
      throw .unknownChoice(parameter: "outcome", value: outcome, choices: outcomes)
    }
    return Choices(interval: interval, groupBy: groupBy, label: label, outcome: outcome)
  }

  struct Choices {
    var interval: ReportInterval
    var groupBy: String?
    /// Which label it is, when grouped by one.
    var label: String?
    var outcome: String
  }

  /// What was narrowed down, as the report's head states it.
  func filters(_ choices: Choices, for definition: ReportDefinition) -> [ReportFilter] {
    var filters: [ReportFilter] = []
    if let source { filters.append(ReportFilter(name: "source", value: source)) }
    if let runner { filters.append(ReportFilter(name: "runner", value: runner)) }
    if definition.parameters.contains(.interval) {
      filters.append(ReportFilter(name: "interval", value: choices.interval.rawValue))
    }
    if let groupBy = choices.label.map({ [RunnerLabel].prefix + $0 }) ?? choices.groupBy {
      filters.append(ReportFilter(name: "group-by", value: groupBy))
    }
    if definition.parameters.contains(.outcome) {
      filters.append(ReportFilter(name: "outcome", value: choices.outcome))
    }
    return filters
  }
}
