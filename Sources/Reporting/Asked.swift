import Runs
import Store

/// A report with everything settled that its request left open: which days, which choices, what its head says.
struct Asked {
  var definition: ReportDefinition
  var head: ReportHead
  var from: LocalDay
  /// Exclusive.
  var to: LocalDay
  /// What the statement is told, by parameter name.
  var arguments: [String: Value]
  var timeLimit: Duration?
  /// What keeps the period from being final, or was in the way when it was closed.
  var stateReason: String?

  init(
    _ definition: ReportDefinition, _ request: ReportRequest, _ choices: ReportRequest.Choices, asOf: Instant,
    generator: String, given: ReportSettings, in snapshot: Snapshot
  ) throws {
    self.definition = definition
    timeLimit = request.timeLimit
    let chosen = request.period ?? definition.defaultPeriod.choice(interval: choices.interval)
    (from, to) = try chosen.days(now: snapshot.zone.day(of: asOf), known: try snapshot.dayRange())
    let (begin, end) = (snapshot.zone.start(of: from), snapshot.zone.start(of: to))
    let takesPeriod = definition.parameters.contains(.period)
    head = ReportHead(
      name: definition.formatOf ?? definition.name, title: definition.title,
      schemaVersion: definition.schemaVersion, generator: generator, asOf: asOf,
      period: takesPeriod ? ReportPeriod(from: from, to: to, timeZone: snapshot.zone.name) : nil,
      filters: request.filters(choices, for: definition), columns: definition.columns ?? [],
      groupColumns: definition.groupColumns, layout: definition.layout)
    head.question = definition.question
    if takesPeriod {
      let closed = try snapshot.closedMonths()
      if definition.printsClosings, closed.areFrozen, closed.cover(from: from, to: to) {
        head.state = .closed
        stateReason = closed.forceReason(from: from, to: to)
      } else {
        stateReason = try snapshot.provisionalReason(before: end)
        head.state = stateReason == nil ? .final : .provisional
      }
    }
    let group = ReportDefinition.columns(of: choices.groupBy)
    head.charts = definition.charts.compactMap { $0.grouped(by: group) }
    arguments = [
      "as_of": Value(asOf), "from_day": .integer(from.number), "to_day": .integer(to.number),
      "from_at": Value(begin), "to_at": Value(end),
      "interval": .text(choices.interval.rawValue), "group_by": Value(choices.groupBy),
      "outcome": .text(choices.outcome), "state": Value(head.state?.rawValue), "state_reason": Value(stateReason),
      "budgets": .text(given.budgets(for: request, from: from, to: to)),
    ]
  }
}
