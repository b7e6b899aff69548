import Runs

/// Passes a report on and keeps which days it turned out to speak of: CSV, JSON Lines and JUnit have no place for them.
struct PeriodWatch: RowWriter {
  private(set) var period: ReportPeriod?
  private var writer: any RowWriter

  init(before writer: any RowWriter) {
    self.writer = writer
  }

  mutating func begin(_ head: ReportHead) throws {
    period = head.period
    try writer.begin(head)
  }

  mutating func group(_ values: [Value]) throws { try writer.group(values) }

  mutating func row(_ values: [Value]) throws { try writer.row(values) }

  mutating func end(_ summary: ReportSummary) throws { try writer.end(summary) }
}
