import Runs
import Store

/// A question settled against one snapshot: which days it is of, what its head says, what its statements are told.
struct ReportPlan {
  let definition: ReportDefinition
  var head: ReportHead
  let days: SelectedPeriod
  /// What the statements are told, by parameter name.
  let arguments: [String: Value]
  /// What keeps the period from being final, or was in the way when it was closed.
  let stateReason: String?
  let decimals: Int?
  let timeLimit: Duration?

  /// - Parameter asOf: the ledger's now.
  init(
    _ question: Question, asOf: Instant, generator: String, given: ReportSettings, in snapshot: Snapshot
  ) throws {
    let (definition, request) = (question.definition, question.request)
    self.definition = definition
    decimals = request.decimals
    timeLimit = request.timeLimit
    let chosen = request.period ?? definition.defaultPeriod.choice(interval: question.interval)
    let (from, to) = try chosen.days(now: snapshot.zone.day(of: asOf), known: try snapshot.dayRange())
    days = SelectedPeriod(from: from, to: to, asOf: asOf)
    let (begin, end) = (snapshot.zone.start(of: from), snapshot.zone.start(of: to))
    let takesPeriod = definition.parameters.contains(.period)
    head = ReportHead(
      name: definition.formatOf ?? definition.name, title: definition.title,
      schemaVersion: definition.schemaVersion, generator: generator, asOf: asOf,
      period: takesPeriod ? ReportPeriod(from: from, to: to, timeZone: snapshot.zone.name) : nil,
      filters: question.filters, columns: definition.columns ?? [],
      groupColumns: definition.groupColumns, layout: definition.layout)
    head.question = definition.question
    let group = ReportDefinition.columns(of: question.groupBy)
    head.charts = definition.charts.compactMap { $0.grouped(by: group) }
    (head.state, stateReason) = try takesPeriod ? ReportPlan.state(of: days, definition, in: snapshot) : (nil, nil)
    arguments = [
      "as_of": Value(asOf), "from_day": .integer(from.number), "to_day": .integer(to.number),
      "from_at": Value(begin), "to_at": Value(end),
      "interval": .text(question.interval.rawValue), "group_by": Value(question.groupBy),
      "outcomes": .text(ReportSettings.json(question.meantOutcomes)), "state": Value(head.state?.rawValue),
      "state_reason": Value(stateReason),
      "budgets": .text(given.budgets(for: request, from: from, to: to)),
    ]
  }

  private static func state(
    of days: SelectedPeriod, _ definition: ReportDefinition, in snapshot: Snapshot
  ) throws -> (PeriodState?, String?) {
    let closed = try snapshot.closedMonths()
    if definition.printsClosings, closed.areFrozen, closed.cover(from: days.from, to: days.to) {
      return (.closed, closed.forceReason(from: days.from, to: days.to))
    }
    let reason = try snapshot.provisionalReason(before: snapshot.zone.start(of: days.to))
    return (reason == nil ? .final : .provisional, reason)
  }
}
