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
  /// What the rows are sorted by; empty for the statement's order.
  let sort: [RowSort]
  /// How many rows are shown; nil for all.
  let limit: Int?
  /// Whether whoever asks says what is not shown.
  let isPage: Bool
  /// What the statements are told, by parameter name.
  private(set) var arguments: [String: Value]
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
    limit = request.limit
    isPage = request.isPage
    sort = RowSort.all(request.sort)
    let chosen = request.period ?? definition.defaultPeriod.choice(interval: question.interval)
    let (now, known, zone) = (snapshot.zone.day(of: asOf), try snapshot.dayRange(), snapshot.zone)
    let (from, to) = try chosen.days(now: now, known: known, in: zone)
    days = SelectedPeriod(from: from, to: to, asOf: asOf, tally: whole.tally(for: question, from: from))
    let instants = try chosen.instants(now: now, known: known, in: zone)
    let (begin, end) = instants ?? (zone.start(of: from), zone.start(of: to))
    let takesPeriod = definition.parameters.contains(.period)
    head = ReportHead(
      name: definition.formatOf ?? definition.name, title: definition.title,
      schemaVersion: definition.schemaVersion, generator: generator, asOf: asOf,
      period: takesPeriod
        ? ReportPeriod(
          from: from, to: to, timeZone: zone.name,
          instants: instants.map { ReportPeriod.Instants(from: $0.from, to: $0.to, in: zone) }) : nil,
      filters: question.filters, columns: definition.columns ?? [],
      groupColumns: definition.groupColumns, layout: definition.layout)
    head.zone = snapshot.zone
    head.question = definition.question
    // What is drawn is drawn of all rows in their order, or not at all.
    head.charts = request.limit == nil && request.sort.isEmpty ? definition.charts : []
    head.filledBy = definition.filledBy
    if definition.parameters.contains(.interval) { head.interval = question.interval }
    (head.state, stateReason) =
      try takesPeriod ? ReportPlan.state(of: days, end: end, definition, in: snapshot) : (nil, nil)
    let words = question.grouping.words
    let groups = ["run", "source", "runner", "instance-type", Grouping.label, Grouping.secondLabel].map { word in
      ("by_" + word.replacing("-", with: "_"), Value(words.contains(word)))
    }
    let choices: [String: Value] = [
      "as_of": Value(asOf), "from_day": .integer(from.number), "to_day": .integer(to.number),
      "from_at": Value(begin), "to_at": Value(end),
      "interval": .text(question.interval.rawValue), "group_by": Value(question.grouping.word),
      "outcomes": .text(ReportSettings.json(question.meantOutcomes)),
      "exit_codes": Value(ReportSettings.json(question.exitCodes)), "unchanged": Value(request.isUnchangedToo),
      "state": Value(head.state?.rawValue),
      "state_reason": Value(stateReason),
      "budgets": .text(given.budgets(for: request, from: from, to: to)),
      // Estimates are rounded where they are made, so that they are rounded once.
      "decimals": Value(request.decimals.map(Int64.init)),
    ]
    arguments = choices.merging(groups) { $1 }
  }

  /// The same with what the report leaves out because there is nothing to tell of it.
  var showingUnchanged: ReportPlan {
    var plan = self
    plan.arguments["unchanged"] = Value(true)
    return plan
  }

  private static func state(
    of days: SelectedPeriod, end: Instant, _ definition: ReportDefinition, in snapshot: Snapshot
  ) throws -> (PeriodState?, String?) {
    let closed = try snapshot.closedMonths()
    if definition.printsClosings, closed.areFrozen, closed.cover(from: days.from, to: days.to) {
      return (.closed, closed.forceReason(from: days.from, to: days.to))
    }
    let reason = try snapshot.provisionalReason(before: end)
    return (reason == nil ? .final : .provisional, reason)
  }
}

extension ReportDefinition {
  /// What the report has to know of each line of the tally, as it is asked.
  fileprivate func tally(for question: Question, from: LocalDay) -> TallyNeed {
    var need = TallyNeed(history: tally.history)
    switch tally.by {
    case .day: break
    case .month: need.days = false
    case .interval:
      need.days = question.interval != .month
      need.comparedFrom = question.interval.start(of: from, stepsBack: 1)
    }
    let words = question.grouping.words
    if tally.of == .source {
      need.runners = words.contains("runner") || words.contains(where: Grouping.labelWords.contains)
    }
    return need
  }
}
