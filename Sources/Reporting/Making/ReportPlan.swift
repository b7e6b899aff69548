import Runs
import Store

/// A question settled against one snapshot: which days it is of, what its head says, what its statements are told.
struct ReportPlan {
  /// Without the columns that are empty by what it is grouped by, unless their places are kept.
  let definition: ReportDefinition
  /// Which of the statement's columns these are; empty where all are told as they come.
  let kept: [Int]
  /// As the file has it.
  let whole: ReportDefinition
  var head: ReportHead
  let days: SelectedPeriod
  /// What the statements are told, by parameter name.
  let arguments: [String: Value]
  /// What keeps the period from being final, or was in the way when it was closed.
  let stateReason: String?
  let decimals: Int?
  let timeLimit: Duration?

  /// - Parameters:
  ///   - asOf: the ledger's now.
  ///   - keepingPlaces: also the columns that are empty by what is grouped by.
  init(
    _ question: Question, asOf: Instant, generator: String, given: ReportSettings, keepingPlaces: Bool,
    in snapshot: Snapshot
  ) throws {
    let request = question.request
    whole = question.definition
    let (definition, kept) = whole.grouped(by: question.grouping, keepingPlaces: keepingPlaces)
    self.definition = definition
    self.kept = kept.count == whole.columns?.count ? [] : kept
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
    head.zone = snapshot.zone
    head.question = definition.question
    head.charts = definition.charts
    head.filledBy = definition.filledBy
    if definition.parameters.contains(.interval) { head.interval = question.interval }
    (head.state, stateReason) = try takesPeriod ? ReportPlan.state(of: days, definition, in: snapshot) : (nil, nil)
    let words = question.grouping.words
    let groups = ["run", "source", "runner", "instance-type", Grouping.label, Grouping.secondLabel].map { word in
      ("by_" + word.replacing("-", with: "_"), Value(words.contains(word)))
    }
    let arguments: [String: Value] = [
      "as_of": Value(asOf), "from_day": .integer(from.number), "to_day": .integer(to.number),
      "from_at": Value(begin), "to_at": Value(end),
      "interval": .text(question.interval.rawValue), "group_by": Value(question.grouping.word),
      "outcomes": .text(ReportSettings.json(question.meantOutcomes)), "state": Value(head.state?.rawValue),
      "state_reason": Value(stateReason),
      "budgets": .text(given.budgets(for: request, from: from, to: to)),
      // Estimates are rounded where they are made, so that they are rounded once.
      "decimals": Value(request.decimals.map(Int64.init)),
    ]
    self.arguments = arguments.merging(groups) { $1 }
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
