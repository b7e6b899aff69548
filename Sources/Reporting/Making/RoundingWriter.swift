import Runs

/// Rounds the money of a report on its way into a writer that shows what it is given.
///
/// It is a class, because whoever pushes into it wants the writer inside back.
final class RoundingWriter: RowWriter {
  private(set) var writer: any RowWriter
  private var columns: [Column] = []

  init(into writer: any RowWriter) {
    self.writer = writer
  }

  func begin(_ head: ReportHead) throws {
    columns = head.columns
    try writer.begin(head)
  }

  func group(_ values: [Value]) throws {
    try writer.group(values)
  }

  func row(_ values: [Value]) throws {
    try writer.row(zip(values, columns).map { $1.rounded($0) })
  }

  func end(_ summary: ReportSummary) throws {
    try writer.end(summary.rounded(columns))
  }
}

extension ReportSummary {
  /// With its totals rounded: a total is the sum of the exact amounts.
  func rounded(_ columns: [Column]) -> ReportSummary {
    var summary = self
    for index in totals.indices {
      guard let column = columns.first(where: { $0.name == totals[index].column }) else { continue }
      for amount in totals[index].amounts.indices {
        summary.totals[index].amounts[amount].value = column.rounded(totals[index].amounts[amount].value)
      }
    }
    return summary
  }
}
