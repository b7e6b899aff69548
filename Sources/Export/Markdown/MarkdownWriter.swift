import Runs

/// A report as GitHub-flavoured Markdown, for the summary of a CI job or a comment on a pull request.
///
/// It shows what the table on a screen shows. A job summary over 1 MiB is thrown away whole, so rows beyond a limit are
/// left out and counted.
public struct MarkdownWriter: RowWriter {
  /// Bytes; some are left for what else a job writes.
  public static let limit = 900_000
  /// Rows that are looked at to find the columns that have nothing in them.
  private static let heldBack = 1000
  /// For the lines after the table.
  private static let reserve = 4_000

  private let output: Output
  private let limit: Int
  private var layout: TableLayout?
  private var period: ReportPeriod?
  private var held: [[TableCell?]] = []
  /// The columns that are shown, once that is decided.
  private var shown: [Int]?
  private var bytes = 0
  private var leftOut = 0

  public init(to output: Output, options: WriterOptions = WriterOptions()) {
    self.output = output
    limit = max(0, options.markdownLimit - MarkdownWriter.reserve)
  }

  public mutating func begin(_ head: ReportHead) throws {
    layout = try TableLayout(head)
    period = head.period
    try append("## \(MarkdownText.escaped(head.title))\n\n")
    var parts = head.filters.map { "\($0.name) \(MarkdownText.escaped($0.value))" }
    if let period { parts.insert("\(period.from) to \(period.to), \(period.timeZone)", at: 0) }
    if !parts.isEmpty { try append(parts.joined(separator: " · ") + "\n\n") }
  }

  public mutating func row(_ values: [Value]) throws {
    guard let cells = layout?.cells(values) else { return }
    if shown == nil {
      held.append(cells)
      if held.count == MarkdownWriter.heldBack { try writeHeld(totals: []) }
    } else {
      try write(cells)
    }
  }

  public mutating func end(_ summary: ReportSummary) throws {
    guard let layout else { return }
    if shown == nil, held.isEmpty {
      try append(period == nil ? "Nothing to show.\n" : "Nothing in this period.\n")
    } else {
      let totals = TableTotals(summary.totals, layout: layout).lines
      if shown == nil { try writeHeld(totals: totals) }
      for (index, line) in totals.enumerated() { try writeTotal(line, isFirst: index == 0) }
    }
    if leftOut > 0 {
      try append("\n\(ScreenText.grouped(String(leftOut))) more rows were left out to stay below the size limit.\n")
    }
    let notes = summary.coverage.notes.map(MarkdownText.escaped).joined(separator: "; ")
    if !notes.isEmpty { try append("\n\(summary.coverage.isComplete ? "complete" : "**INCOMPLETE**"): \(notes)\n") }
  }

  private mutating func writeHeld(totals: [[TableCell?]]) throws {
    guard let layout else { return }
    let kept = layout.columns.indices.filter { index in
      (held + totals).contains { layout.columns[index].isTelling($0[index]) }
    }
    shown = kept
    try append(line(kept.map { MarkdownText.escaped(layout.columns[$0].title) }))
    try append(line(kept.map { layout.columns[$0].isNumber ? "--:" : ":--" }))
    let rows = held
    held = []
    for cells in rows { try write(cells) }
  }

  private mutating func write(_ cells: [TableCell?]) throws {
    guard let shown, let layout else { return }
    let line = line(shown.map { text(cells[$0], isNumber: layout.columns[$0].isNumber) })
    guard leftOut == 0, bytes + line.utf8.count <= limit else {
      leftOut += 1
      return
    }
    try append(line)
  }

  private mutating func writeTotal(_ cells: [TableCell?], isFirst: Bool) throws {
    guard let shown else { return }
    try append(
      line(
        shown.enumerated().map { position, index in
          if let cell = cells[index] { return "**\(text(cell, isNumber: true))**" }
          return isFirst && position == 0 ? "**total**" : ""
        }))
  }

  private func text(_ cell: TableCell?, isNumber: Bool) -> String {
    guard let cell else { return isNumber ? "–" : "" }
    return MarkdownText.escaped(cell.text + cell.tail)
  }

  private func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |\n"
  }

  private mutating func append(_ text: String) throws {
    bytes += text.utf8.count
    try output.append(text)
  }
}
