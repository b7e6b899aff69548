import Runs

/// A report for people: a line that says what it is, aligned columns, and totals. What the report could not know is
/// said elsewhere.
package struct TableWriter: RowWriter {
  private let output: Output
  private let options: WriterOptions
  private var table: Table<ScreenTable>?
  /// What stands in place of the rows when there are none.
  private var nothing = ""

  package init(to output: Output, options: WriterOptions = WriterOptions()) {
    self.output = output
    self.options = options
  }

  package var roundsItself: Bool { true }

  package mutating func begin(_ head: ReportHead) throws {
    let head = head.shown(by: options)
    table = try Table(head, as: ScreenTable(to: output, options: options))
    nothing = head.nothing
    if let notice = head.notice { try output.append(options.bold(notice.harmless) + "\n\n") }
    // What a row speaks of stands in its columns; the title names what was narrowed down.
    var parts = [head.title] + head.narrowed
    if let period = head.period { parts.append("\(period.words), \(period.timeZone)") }
    if let zone = head.clockZone { parts.append("times in \(zone)") }
    try output.append(options.bold(parts.joined(separator: " · ").harmless) + "\n\n")
  }

  package mutating func row(_ values: [Value]) throws {
    try table?.add(values)
  }

  package mutating func end(_ summary: ReportSummary) throws {
    if table?.isEmpty == true {
      try output.append(nothing.harmless + "\n")
    } else {
      try table?.end(summary.totals)
    }
    try output.append("\n")
  }
}
