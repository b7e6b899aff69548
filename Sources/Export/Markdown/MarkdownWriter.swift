import Runs

/// A report as GitHub-flavoured Markdown, for the summary of a CI job or a comment on a pull request.
///
/// It shows what the table on a screen shows. A job summary over 1 MiB is thrown away whole, so rows beyond a limit are
/// left out and counted. Reports that follow on the same page become its sections, and what a page draws is written:
/// figures as a list, the bars of a section as a short table.
package struct MarkdownWriter: RowWriter {
  /// Bytes; some are left for what else a job writes.
  package static let limit = 900_000
  /// For the lines around each table.
  private static let reserve = 4_000

  private let output: MarkupOutput<MarkdownText>
  private let options: WriterOptions
  /// How many bytes of the limit each report of a page may still take.
  private var room = 0
  /// The report that the page is of, and the one being written.
  private var page: ReportHead?
  private var head: ReportHead?
  private var number = 0
  private var rows = 0
  private var table: Table<MarkdownTable>?
  private var charts: [(title: String, data: ChartData)] = []
  /// What the page's own report could not know.
  private var coverage: ReportCoverage?

  package init(to output: Output, options: WriterOptions = WriterOptions()) {
    self.output = MarkupOutput(output)
    self.options = options
  }

  package var takesSections: Bool { true }
  package var roundsItself: Bool { true }

  package mutating func begin(_ head: ReportHead) throws {
    let head = head.shown(by: options)
    let page = page ?? head
    number += self.page == nil ? 0 : 1
    (self.page, self.head, rows, charts) = (page, head, 0, [])
    room = max(0, options.markdownLimit / (page.sections.count + 1) - MarkdownWriter.reserve)
    table = try Table(head, as: MarkdownTable(to: output, limit: room))
    for chart in head.charts {
      let data = try ChartData(chart.kind, head: head)
      // Bars of a report that is no section would repeat its table.
      if data.isFigures || data.isBars && head.isSection { charts.append((chart.title, data)) }
    }
    let level: Markdown = number == 0 ? "##" : "\n###"
    try output.append("\(level) \(head.title(on: page))\n\n")
    guard number == 0 else { return }
    if let notice = head.notice { try output.append("> **\(notice)**\n\n") }
    var parts = head.choices.map { "\($0.name) \($0.text)" as Markdown }
    if let period = head.period { parts.insert("\(period.words), \(period.timeZone)", at: 0) }
    if let zone = head.clockZone { parts.append("times in \(zone)") }
    if !parts.isEmpty { try output.append(parts.joined(separator: " · ") + "\n\n") }
  }

  package mutating func row(_ values: [Value]) throws {
    rows += 1
    for index in charts.indices { try charts[index].data.add(values) }
    // A section with bars shows them instead of its rows.
    if !hasBars { try table?.add(values) }
  }

  package mutating func end(_ summary: ReportSummary) throws {
    guard let page, let head else { return }
    if number == 0 { coverage = summary.coverage }
    if rows == 0 {
      try output.append("\(head.nothing)\n")
    } else if charts.isEmpty || (figuresAreCut && !hasBars) {
      try table?.end(summary.totals)
    } else {
      var parts: [Markdown] = []
      for chart in charts { parts += written(chart.title, chart.data) }
      try output.append(parts.joined(separator: "\n"))
    }
    guard number == page.sections.count, let coverage else { return }
    let notes = coverage.notes.map { Markdown($0) }.joined(separator: "; ")
    let state: Markdown = coverage.isComplete ? "complete" : "**INCOMPLETE**"
    if !coverage.notes.isEmpty { try output.append("\n\(state): \(notes)\n") }
  }

  private var hasBars: Bool {
    charts.contains(where: \.data.isBars)
  }

  private var figuresAreCut: Bool {
    charts.contains { if case .figures(let figures) = $0.data { figures.isCut } else { false } }
  }

  /// A chart in words, a part for each of its panels; their titles only where there are several.
  private mutating func written(_ title: String, _ data: ChartData) -> [Markdown] {
    let isAlone = charts.count == 1
    switch data {
    case .line: return []
    case .figures(let figures):
      let panels = figures.panels(title: title)
      let parts = panels.map { heading($0.title, unless: isAlone && panels.count == 1) + list($0) }
      return parts + (figures.isCut ? ["More are not shown.\n"] : [])
    case .bars(let bars):
      return bars.panels().enumerated().map { index, panel in
        heading(title, unless: isAlone || index > 0) + short(panel)
      }
    }
  }

  private func heading(_ title: String, unless isSuperfluous: Bool) -> Markdown {
    isSuperfluous || title.isEmpty ? "" : "**\(title)**\n\n"
  }

  private func list(_ panel: FigurePanel) -> Markdown {
    panel.figures.map { figure in
      let notes = figure.notes.map { " · \($0)" as Markdown }.joined()
      return "- \(figure.title): **\(figure.text ?? "–")**\(notes)\n"
    }.joined()
  }

  /// What the bars of a picture stand for.
  private mutating func short(_ panel: BarPanel) -> Markdown {
    let values = panel.values
    var lines: [Markdown] = []
    for bar in panel.bars {
      let amounts = values.map { value in
        value.amount(bar).map { value.column.chartText($0.value, currency: panel.currency) } ?? "–"
      }
      let line = MarkdownTable.line(([bar.label] + amounts).map { Markdown($0) })
      guard line.source.utf8.count <= room else { break }
      room -= line.source.utf8.count
      lines.append(line)
    }
    let left = panel.left + panel.bars.count - lines.count
    let more = [(left, "more not shown"), (panel.valueless, "without a value")].filter { $0.0 > 0 }
      .map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ")
    let note: Markdown = more.isEmpty ? "" : "\(more).\n"
    guard !lines.isEmpty else { return note }
    let heading = MarkdownTable.heading(
      [(title: panel.category, isNumber: false)] + values.map { (title: $0.column.title, isNumber: true) })
    return heading + lines.joined() + (more.isEmpty ? "" : "\n\(note)")
  }
}
