import Runs

/// A report as GitHub-flavoured Markdown, for the summary of a CI job or a comment on a pull request.
///
/// It shows what the table on a screen shows. A job summary over 1 MiB is thrown away whole, so rows beyond a limit are
/// left out and counted. Reports that follow on the same page become its sections, and what a page draws is written:
/// figures as a list, the bars of a section as a short table.
public struct MarkdownWriter: RowWriter {
  /// Bytes; some are left for what else a job writes.
  public static let limit = 900_000
  /// For the lines around each table.
  private static let reserve = 4_000

  private let output: Output
  private let limit: Int
  /// The part of the limit that each report of a page may take.
  private var share = 0
  /// The report that the page is of, and the one being written.
  private var page: ReportHead?
  private var head: ReportHead?
  private var number = 0
  private var rows = 0
  private var table: MarkdownTable?
  private var figures: FigureCollector?
  private var bars: [BarCollector] = []
  /// What the page's own report could not know.
  private var coverage: ReportCoverage?

  public init(to output: Output, options: WriterOptions = WriterOptions()) {
    self.output = output
    limit = options.markdownLimit
  }

  public var takesSections: Bool { true }

  public mutating func begin(_ head: ReportHead) throws {
    let page = page ?? head
    number += self.page == nil ? 0 : 1
    (self.page, self.head, rows, figures, bars) = (page, head, 0, nil, [])
    share = max(0, limit / (page.sections.count + 1) - MarkdownWriter.reserve)
    table = try MarkdownTable(head, limit: share)
    for chart in head.charts {
      switch chart.kind {
      case .figures(let items): figures = figures ?? FigureCollector(items, columns: head.columns)
      case .bars(let chart) where head.isSection: bars.append(try BarCollector(chart, head: head))
      case .bars, .line: break
      }
    }
    try output.append("\(number == 0 ? "##" : "\n###") \(MarkdownText.escaped(head.title(on: page)))\n\n")
    guard number == 0 else { return }
    var parts = head.filters.map { "\($0.name) \(MarkdownText.escaped($0.value))" }
    if let period = head.period { parts.insert("\(period.from) to \(period.to), \(period.timeZone)", at: 0) }
    if !parts.isEmpty { try output.append(parts.joined(separator: " · ") + "\n\n") }
  }

  public mutating func row(_ values: [Value]) throws {
    rows += 1
    figures?.add(values)
    guard bars.isEmpty else {
      for index in bars.indices { try bars[index].add(values) }
      return
    }
    try table?.add(values, to: output)
  }

  public mutating func end(_ summary: ReportSummary) throws {
    guard let page, let head else { return }
    if number == 0 { coverage = summary.coverage }
    if rows == 0 {
      try output.append(MarkdownText.escaped(head.nothing) + "\n")
    } else if let figures, !figures.isCut {
      try output.append(figures.panels(title: "").map(list).joined(separator: "\n"))
    } else if !bars.isEmpty {
      try output.append(bars.flatMap { $0.panels() }.map(short).joined(separator: "\n"))
    } else {
      try table?.end(summary.totals, to: output)
    }
    guard number == page.sections.count, let coverage else { return }
    let notes = coverage.notes.map(MarkdownText.escaped).joined(separator: "; ")
    if !notes.isEmpty { try output.append("\n\(coverage.isComplete ? "complete" : "**INCOMPLETE**"): \(notes)\n") }
  }

  private func list(_ panel: FigurePanel) -> String {
    panel.figures.map { figure in
      let notes = figure.notes.map { " · " + MarkdownText.escaped($0) }.joined()
      return "- \(MarkdownText.escaped(figure.title)): **\(MarkdownText.escaped(figure.text ?? "–"))**\(notes)\n"
    }.joined()
  }

  /// What the bars of a picture stand for.
  private func short(_ panel: BarPanel) -> String {
    let columns = [panel.value] + [panel.part].compactMap(\.self)
    var text = MarkdownTable.heading(
      [(title: panel.category, isNumber: false)] + columns.map { (title: $0.title, isNumber: true) })
    var left = panel.left + panel.bars.count
    for bar in panel.bars {
      let amounts = zip(columns, [bar.amount, bar.part]).map { column, amount in
        amount.map { column.chartText($0.value, currency: panel.currency) } ?? "–"
      }
      let line = MarkdownTable.line(([bar.label] + amounts).map(MarkdownText.escaped))
      guard text.utf8.count + line.utf8.count <= share else { break }
      text += line
      left -= 1
    }
    if left > 0 { text += "\n\(ScreenText.grouped(String(left))) more not shown.\n" }
    return text
  }
}
