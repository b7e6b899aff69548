import Runs

/// The rows alone, as one JSON array of objects keyed by column: for readers that take nothing around them.
package struct JSONRowsWriter: RowWriter {
  private let output: Output
  private var row: JSONRow?
  private var hasRows = false

  package init(to output: Output) {
    self.output = output
  }

  package mutating func begin(_ head: ReportHead) throws {
    row = try JSONRow(head.columns)
    try output.append("[")
  }

  package mutating func row(_ values: [Value]) throws {
    try output.append(hasRows ? ",\n" : "\n")
    hasRows = true
    try row?.write(values, to: output)
  }

  package mutating func end(_ summary: ReportSummary) throws {
    try output.append(hasRows ? "\n]\n" : "]\n")
  }
}
