import Runs
import Store

/// A report that is kept instead of written, for those who ask it a question.
package struct ReportTable {
  private var indices: [String: Int] = [:]
  package private(set) var columns: [Column] = []
  package private(set) var rows: [[Value]] = []
  package private(set) var summary = ReportSummary(rows: 0)

  package init(_ report: String, _ request: ReportRequest, by reporter: Reporter, from snapshot: Snapshot) throws {
    try self.init(ReportCatalog.definition(named: report), request, by: reporter, from: snapshot)
  }

  package init(
    _ definition: ReportDefinition, _ request: ReportRequest, by reporter: Reporter, from snapshot: Snapshot
  ) throws {
    var writer: any RowWriter = RowCollector()
    summary = try reporter.write(definition, request, from: snapshot, to: &writer)
    guard let collector = writer as? RowCollector else { return }
    (columns, rows) = (collector.columns, collector.rows)
    indices = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1.name, $0) })
  }

  package func value(_ column: String, _ row: [Value]) -> Value {
    indices[column].map { row[$0] } ?? .null
  }

  package func text(_ column: String, _ row: [Value]) -> String? {
    if case .text(let text) = value(column, row) { text } else { nil }
  }

  package func integer(_ column: String, _ row: [Value]) -> Int64? {
    if case .integer(let integer) = value(column, row) { integer } else { nil }
  }

  /// The sum of a column of counts.
  package func sum(_ column: String) -> Int64 {
    rows.reduce(0) { $0 + (integer(column, $1) ?? 0) }
  }

  private struct RowCollector: RowWriter {
    var columns: [Column] = []
    var rows: [[Value]] = []

    mutating func begin(_ head: ReportHead) { columns = head.columns }
    mutating func row(_ values: [Value]) { rows.append(values) }
    mutating func end(_ summary: ReportSummary) {}
  }
}
