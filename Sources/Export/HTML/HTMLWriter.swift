import Runs

/// A report as one page that needs nothing else: no script, no font, no picture from elsewhere.
///
/// It is well-formed XML, so that programs can read it too. Charts stand before the rows, and behind them when there
/// are more rows than the table holds back. Reports that follow on the same page become its sections.
package struct HTMLWriter: RowWriter {
  private let output: MarkupOutput<HTMLText>
  private let options: WriterOptions
  /// The report that the page is of, and the one being written.
  private var page: ReportHead?
  private var head: ReportHead?
  private var table: Table<HTMLTable>?
  private var charts: [ChartCollector] = []
  /// What the page's own report could not know.
  private var coverage: ReportCoverage?
  private var number = 0

  package init(to output: Output, options: WriterOptions = WriterOptions()) {
    self.output = MarkupOutput(output)
    self.options = options
  }

  package var takesSections: Bool { true }
  package var roundsItself: Bool { true }

  package mutating func begin(_ head: ReportHead) throws {
    let head = head.shown(by: options)
    self.head = head
    charts = try head.charts.map { try ChartCollector($0, head: head) }
    if page == nil {
      page = head
    } else {
      number += 1
      try output.append("<section\(width(head)) aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">\(title)</h2>\n")
      if !head.question.isEmpty { try output.append("<p class=\"question\">\(head.question)</p>\n") }
    }
    table = try Table(
      head, as: HTMLTable(id: id, title: title, to: output), liftingCommon: true,
      links: options.frame?.links ?? [])
  }

  package mutating func row(_ values: [Value]) throws {
    for index in charts.indices { try charts[index].add(values) }
    if let table, table.isFull, !table.hasBegun { try beginPage(isLong: true) }
    try table?.add(values)
  }

  package mutating func end(_ summary: ReportSummary) throws {
    guard let page, let head, var table else { return }
    self.table = nil
    if number == 0 { coverage = summary.coverage }
    if table.hasBegun {
      try table.end(summary.totals)
      try output.append(HTMLPage.explanation(head.columns))
      // The style puts them before the rows.
      let drawn = try headline(summary) + drawings()
      if drawn != "" { try output.append("<div class=\"first-in-view\">\n\(drawn)</div>\n") }
    } else {
      let common = table.settle(summary.totals)
      try beginPage(common: common)
      let drawn = drawings()
      try output.append(try headline(summary) + drawn)
      if table.isEmpty {
        try output.append(nothing(head))
      } else {
        let isFolded = drawn != "" && (head.isSection || charts.contains(where: \.isFigures))
        try end(&table, summary, common, isFolded: isFolded)
      }
    }
    try output.append("</section>\n")
    if number == page.sections.count { try output.append(HTMLPage.ending(page, coverage)) }
  }

  private func end(
    _ table: inout Table<HTMLTable>, _ summary: ReportSummary, _ common: [(title: String, cell: TableCell)],
    isFolded: Bool
  ) throws {
    let rows = table.heldRows.countedInGroups("row")
    if isFolded { try output.append("<details><summary>Table, \(rows)</summary>\n") }
    if number > 0 { try output.append(HTMLPage.facts(HTMLFacts.common(common, besides: page))) }
    try table.end(summary.totals)
    try output.append(HTMLPage.explanation(head?.columns ?? []))
    if isFolded { try output.append("</details>\n") }
  }

  /// What stands before the first section. It waits for the rows where these are few, because it tells what they have in
  /// common.
  private func beginPage(common: [(title: String, cell: TableCell)] = [], isLong: Bool = false) throws {
    guard number == 0, let page else { return }
    try output.append(HTMLPage.beginning(page, common: common, frame: options.frame))
    let look: HTML = isLong ? "first long" : "first"
    try output.append("<section class=\"\(look)\" aria-labelledby=\"title\">\n")
  }

  /// What the page's own report comes to, unless it has figures of its own.
  private func headline(_ summary: ReportSummary) throws -> HTML {
    guard number == 0, let head, !charts.contains(where: \.isFigures) else { return "" }
    let own = head.headline.map { FigurePanel.Figure(title: $0.title, text: $0.text) }
    let figures = own.isEmpty && summary.rows > 0 ? try Headline.figures(summary.totals, of: head) : own
    return FigureCards(panels: [FigurePanel(title: "", figures: figures)], isCut: false, isHeadline: true).html(
      id: "top")
  }

  private func nothing(_ head: ReportHead) -> HTML {
    let filled = head.filledBy.isEmpty ? "" : "<p>\(head.filledBy)</p>\n" as HTML
    return "<div class=\"empty\">\n<p>\(head.whyNothing)</p>\n\(filled)</div>\n"
  }

  /// `title` is the page's own; sections are counted from 1, as the navigation does.
  private var id: String { number == 0 ? "title" : "section-\(number)" }

  private func drawings() -> HTML {
    charts.enumerated().map { $1.html(id: "chart-\(number)-\($0)") }.joined()
  }

  /// Bars are as telling in half the width of a desk; everything else takes all of it.
  private func width(_ head: ReportHead) -> HTML {
    let isHalf =
      !head.charts.isEmpty
      && head.charts.allSatisfy { if case .bars(let bars) = $0.kind { bars.form != .columns } else { false } }
    return isHalf ? " class=\"half\"" : ""
  }

  private var title: String { head?.title(on: page) ?? "" }
}
