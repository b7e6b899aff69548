import Runs
import Store

/// Makes reports: reads a definition, asks the ledger, and pushes typed rows into a writer.
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
    let choices = try request.choices(for: definition, labelKeys: given.labels.keys)
    return try ledger.read(in: request.zone) { try write(definition, request, choices, from: $0, to: &writer) }
  }

  /// The same from a snapshot that serves several reports, so that they agree with each other; its zone is theirs.
  @discardableResult
  package func write(
    _ definition: ReportDefinition, _ request: ReportRequest = ReportRequest(), from snapshot: Snapshot,
    to writer: inout any RowWriter
  ) throws -> ReportSummary {
    let choices = try request.choices(for: definition, labelKeys: given.labels.keys)
    return try write(definition, request, choices, from: snapshot, to: &writer)
  }

  private func write(
    _ definition: ReportDefinition, _ request: ReportRequest, _ choices: ReportRequest.Choices,
    from snapshot: Snapshot, to writer: inout any RowWriter
  ) throws -> ReportSummary {
    let sections = writer.takesSections ? definition.sections : []
    let parts = try sections.map { (section: $0, definition: try $0.definition()) }
    guard let asOf = try snapshot.asOf() else { throw ReportError.neverHarvested(path: snapshot.path) }
    try Selection(request, label: choices.label, given: given, in: snapshot).apply(to: snapshot)
    var asked = try Asked(
      definition, request, choices, asOf: asOf, generator: generator, given: given, in: snapshot)
    asked.head.sections = parts.map(\.definition.title)
    let coverage = try ReportCoverage.read(
      snapshot, asOf: asOf, from: asked.from, to: asked.to, tellsState: definition.tellsState,
      printsClosings: definition.printsClosings)
    let summary = try push(asked, coverage, decimals: request.decimals, snapshot, to: &writer)
    for (section, definition) in parts {
      let request = section.request(of: request, from: asked.from, to: asked.to, for: definition)
      var part = try Asked(
        definition, request, try request.choices(for: definition), asOf: asOf, generator: generator, given: given,
        in: snapshot)
      part.head.isSection = true
      part.head.emptyText = section.emptyText
      _ = try push(part, coverage, decimals: request.decimals, snapshot, to: &writer)
    }
    return summary
  }

  private func push(
    _ asked: Asked, _ coverage: ReportCoverage, decimals: Int?, _ snapshot: Snapshot, to writer: inout any RowWriter
  ) throws -> ReportSummary {
    let (definition, arguments) = (asked.definition, asked.arguments)
    if let decimals {
      let rounding = RoundingWriter(rounding: decimals, into: writer)
      var inner: any RowWriter = rounding
      defer { writer = rounding.writer }
      let summary = try push(asked, coverage, decimals: nil, snapshot, to: &inner)
      return try rounding.rounded(summary)
    }
    var groups = try Groups(asked, snapshot)
    var head = asked.head
    var totals = TotalsCounter(totals: definition.totals, columns: head.columns)
    var rows = 0
    try ReportStatement.rows(of: definition).push(arguments, timeLimit: asked.timeLimit, from: snapshot) { columns in
      head.columns = columns
      try writer.begin(head)
    } _: { values, key in
      try groups.advance(to: key, writer: &writer)
      try totals.add(values)
      try writer.row(values)
      rows += 1
    }
    var summary = ReportSummary(
      rows: rows, totals: totals.totals, coverage: coverage, period: head.period)
    summary.state = head.state
    summary.stateReason = asked.stateReason
    try writer.end(summary)
    return summary
  }
}

/// The groups of a report, each announced to the writer before its first row.
///
/// Their statement is run in full before the rows, in the rows' order; its last column, and the rows' last column, is
/// the key that joins the two.
private struct Groups {
  private var groups: [(values: [Value], key: Value?)] = []
  private var next = 0

  init(_ asked: Asked, _ snapshot: Snapshot) throws {
    guard let statement = ReportStatement.groups(of: asked.definition) else { return }
    var groups: [(values: [Value], key: Value?)] = []
    try statement.push(asked.arguments, timeLimit: asked.timeLimit, from: snapshot) { values, key in
      groups.append((values, key))
    }
    self.groups = groups
  }

  mutating func advance(to key: Value?, writer: inout any RowWriter) throws {
    guard !groups.isEmpty else { return }
    while next < groups.count, next == 0 || groups[next - 1].key != key {
      try writer.group(groups[next].values)
      next += 1
    }
  }
}
