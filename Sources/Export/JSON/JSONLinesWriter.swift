import Runs

/// Rows as JSON Lines: one object a line, keyed by column, with nothing before and nothing after.
package struct JSONLinesWriter: RowWriter {
  private let output: Output
  private var row: JSONRow?

  package init(to output: Output) {
    self.output = output
  }

  package mutating func begin(_ head: ReportHead) throws {
    row = try JSONRow(head.columns)
  }

  package mutating func row(_ values: [Value]) throws {
    try row?.write(values, to: output)
    try output.append(UInt8(ascii: "\n"))
  }

  package mutating func end(_ summary: ReportSummary) throws {}
}
