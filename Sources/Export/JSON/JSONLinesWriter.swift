import Runs

/// Rows as JSON Lines: one object a line, keyed by column, with nothing before and nothing after.
public struct JSONLinesWriter: RowWriter {
  private let output: Output
  private var row: JSONRow?

  public init(to output: Output) {
    self.output = output
  }

  public mutating func begin(_ head: ReportHead) throws {
    row = try JSONRow(head.columns)
  }

  public mutating func row(_ values: [Value]) throws {
    try row?.write(values, to: output)
    try output.append(UInt8(ascii: "\n"))
  }

  public mutating func end(_ summary: ReportSummary) throws {}
}
