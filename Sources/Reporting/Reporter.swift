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
  private let ledger: Ledger
  /// Tool and version, named in every report: `runtally 0.1.0`.
  private let generator: String
  private let given: ReportSettings

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
      part.head.emptyText = section.emptyText
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
    var groups = try ReportGroups(plan, snapshot)
    var head = plan.head
    var totals = TotalsCounter(totals: plan.definition.totals, columns: head.columns)
    var rows = 0
    try ReportStatement.rows(of: plan.whole).push(plan, from: snapshot) { columns, times in
      head.columns = columns.map { plan.shown($0) }
      totals = TotalsCounter(totals: plan.definition.totals, columns: columns, times: times)
      try writer.begin(head)
    } _: { row in
      try groups.advance(to: row.key, writer: &writer)
      try totals.add(row.values, times: row.times)
      try writer.row(row.values)
      rows += 1
    }
    var summary = ReportSummary(rows: rows, totals: totals.totals, coverage: coverage, period: head.period)
    summary.state = head.state
    summary.stateReason = plan.stateReason
    summary.coverage.notes += plan.rounding(of: head.columns)
    try writer.end(summary)
    return summary.rounded(head.columns)
  }
}

extension ReportPlan {
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
