import Runs
import Store

/// Makes reports: the way from a question to a writer.
///
/// | stage | takes | gives |
/// |---|---|---|
/// | ``Question`` | ``ReportDefinition``, ``ReportRequest`` | every choice made; what the report does not take is refused |
/// | ``ReportPlan`` | ``Question``, `Snapshot` | days, head, state, and what the statements are told |
/// | ``Selection`` | ``ReportRequest``, `Snapshot` | the runners and sources that the statements see |
/// | ``ReportCoverage`` | ``ReportPlan``, `Snapshot` | what the report says of its own completeness |
/// | ``ReportStatement`` | ``ReportPlan``, `Snapshot` | rows of `Value`, one after another, each held against its columns |
/// | `RowWriter` | head, groups, rows, ``ReportSummary`` | bytes: `Export` has the writers |
///
/// Everything of one report comes from one snapshot: its rows, its totals and what it says of its own completeness.
package struct Reporter: Sendable {
  let ledger: Ledger
  /// Tool and version, named in every report: `runtally 0.1.0`.
  let generator: String
  let given: ReportSettings
  /// What to try where a report has no rows: words of whoever has options and commands.
  package var advice: @Sendable (EmptyReason) -> String? = { _ in nil }

  package init(ledger: Ledger, generator: String, given: ReportSettings = ReportSettings()) {
    self.ledger = ledger
    self.generator = generator
    self.given = given
  }

  /// Pushes a report into a writer.
  ///
  /// - Returns: the totals and the coverage that the writer was told at the end.
  @discardableResult
  package func write(
    _ definition: ReportDefinition, _ request: ReportRequest = ReportRequest(), to writer: inout any RowWriter
  ) throws -> ReportSummary {
    // A question that is wrong is told before another zone's days are worked out.
    let question = try Question(definition, request, labelKeys: given.labels.keys)
    return try ledger.read(in: request.zone) { try write(question, from: $0, to: &writer) }
  }

  /// The same from a snapshot that serves several reports, so that they agree with each other; its zone is theirs.
  @discardableResult
  package func write(
    _ definition: ReportDefinition, _ request: ReportRequest = ReportRequest(), from snapshot: Snapshot,
    to writer: inout any RowWriter
  ) throws -> ReportSummary {
    try write(Question(definition, request, labelKeys: given.labels.keys), from: snapshot, to: &writer)
  }

  private func write(
    _ question: Question, from snapshot: Snapshot, to writer: inout any RowWriter
  ) throws -> ReportSummary {
    let (definition, request) = (question.definition, question.request)
    let sections = writer.takesSections ? definition.sections : []
    let parts = try sections.map { (section: $0, definition: try $0.definition()) }
    guard let asOf = try snapshot.asOf() else { throw ReportError.neverHarvested(path: snapshot.path) }
    let keepsPlaces = writer.keepsPlaces
    func plan(_ question: Question) throws -> ReportPlan {
      try ReportPlan(
        question, asOf: asOf, generator: generator, given: given, keepingPlaces: keepsPlaces, in: snapshot)
    }
    let selection = try Selection(request, labels: question.grouping.labels, given: given, in: snapshot)
    try selection.apply(to: snapshot)
    let notice = try selection.notice(given.staleness, in: snapshot)
    var page = try plan(question)
    page.head.notice = notice
    page.head.sections = parts.map(\.definition.title)
    var coverage = try ReportCoverage.read(
      snapshot, page.days, tellsState: definition.tellsState, printsClosings: definition.printsClosings,
      prices: ([definition] + parts.map(\.definition)).contains(where: \.tellsMoney) ? given.prices : nil)
    coverage.notice = notice
    let summary = try push(page, coverage, from: snapshot, to: &writer)
    for (section, definition) in parts {
      var part = try plan(
        Question(
          definition, section.request(of: request, page.days, today: snapshot.zone.day(of: asOf), for: definition)))
      part.head.isSection = true
      part.head.emptyText = section.emptyText ?? part.head.emptyText
      _ = try push(part, coverage, from: snapshot, to: &writer)
    }
    return summary
  }

  private func push(
    _ plan: ReportPlan, _ coverage: ReportCoverage, from snapshot: Snapshot, to writer: inout any RowWriter
  ) throws -> ReportSummary {
    guard plan.decimals != nil, !writer.roundsItself else {
      return try pushExact(plan, coverage, from: snapshot, to: &writer)
    }
    let rounding = RoundingWriter(into: writer)
    var inner: any RowWriter = rounding
    defer { writer = rounding.writer }
    return try pushExact(plan, coverage, from: snapshot, to: &inner)
  }

  /// - Returns: the summary as it was asked for, rounded or exact.
  private func pushExact(
    _ plan: ReportPlan, _ coverage: ReportCoverage, from snapshot: Snapshot, to writer: inout any RowWriter
  ) throws -> ReportSummary {
    try snapshot.select(plan.days)
    let groups = try ReportGroups(plan, snapshot)
    let statement = ReportStatement.rows(of: plan.whole)
    var pushed = PushedRows(plan, groups)
    if plan.isTop {
      // To sort all rows to show a few of them would take room for all: they are counted first, and then asked for.
      try statement.push(plan, from: snapshot) {
        pushed.describe($0, times: $1)
      } _: {
        try pushed.count($0)
      }
      try statement.push(plan, from: snapshot, isOrdered: true) { _, _ in
      } _: {
        try pushed.show($0, in: &writer)
      }
    } else {
      try statement.push(plan, from: snapshot, isOrdered: !plan.sort.isEmpty) {
        pushed.describe($0, times: $1)
      } _: { row in
        try pushed.count(row)
        if pushed.hasRoom { try pushed.show(row, in: &writer) }
      }
    }
    if pushed.isEmpty {
      let reason = try EmptyReason(plan, in: snapshot)
      let advice = reason.flatMap { self.advice($0) }
      pushed.head.emptyText = pushed.head.emptyText ?? reason.map { $0.sentence(advising: advice) }
      try writer.begin(pushed.head)
    }
    var summary = ReportSummary(
      rows: pushed.shown, totals: pushed.totals.totals, coverage: coverage, period: pushed.head.period)
    summary.rowsNotShown = pushed.counted - pushed.shown
    if pushed.isEmpty { summary.emptyText = pushed.head.emptyText }
    summary.state = pushed.head.state
    summary.stateReason = plan.stateReason
    summary.coverage.notes += pushed.notes + plan.rounding(of: pushed.head.columns)
    try writer.end(summary)
    return summary.rounded(pushed.head.columns)
  }
}

/// The rows of a report on their way into a writer: counted all, and shown as many as are asked for.
///
/// The writer is begun with the first row, so that the head of a report without rows can say why.
private struct PushedRows {
  let plan: ReportPlan
  var groups: ReportGroups
  var head: ReportHead
  var totals: TotalsCounter
  var counted = 0
  var shown = 0

  init(_ plan: ReportPlan, _ groups: ReportGroups) {
    self.plan = plan
    self.groups = groups
    head = plan.head
    totals = TotalsCounter(totals: plan.definition.totals, columns: head.columns)
  }

  var isEmpty: Bool { shown == 0 }
  var hasRoom: Bool { plan.limit.map { shown < $0 } ?? true }

  mutating func describe(_ columns: [Column], times: [String]) {
    head.columns = columns.map { plan.shown($0) }
    totals = TotalsCounter(totals: plan.definition.totals, columns: columns, times: times)
  }

  mutating func count(_ row: ReportStatement.Row) throws {
    try totals.add(row.values, times: row.times)
    counted += 1
  }

  mutating func show(_ row: ReportStatement.Row, in writer: inout any RowWriter) throws {
    if isEmpty { try writer.begin(head) }
    try groups.advance(to: row.key, writer: &writer)
    try writer.row(row.values)
    shown += 1
  }

  /// What is to be known of rows that are not shown.
  var notes: [String] {
    guard counted > shown, !plan.isPage else { return [] }
    let totals = plan.definition.totals.isEmpty ? "" : ", and totals are those of all"
    return ["\(shown.grouped) of \(counted.countedInGroups("row")) are shown\(totals)"]
  }
}

extension ReportPlan {
  /// Whether it shows a few rows of another order than the statement's.
  fileprivate var isTop: Bool { limit != nil && !sort.isEmpty }

  /// The column with the decimals that are asked for.
  fileprivate func shown(_ column: Column) -> Column {
    var column = column
    if column.type == .money { column.decimals = decimals }
    return column
  }

  /// What is to be known of rounded amounts.
  fileprivate func rounding(of columns: [Column]) -> [String] {
    guard let decimals, columns.contains(where: { $0.decimals != nil }) else { return [] }
    let hasTotals = columns.contains { $0.decimals != nil && definition.totals.contains($0.name) }
    return [
      "each amount is rounded by itself, to \(decimals.counted("decimal"))"
        + (hasTotals ? ", and a total is that of the exact amounts" : "")
    ]
  }
}
