import Runs

/// A report as one page that needs nothing else: no script, no font, no picture from elsewhere.
///
/// It is well-formed XML, so that programs can read it too. Charts stand before the rows, and behind them when there
/// are more rows than the table holds back. Reports that follow on the same page become its sections.
package struct HTMLWriter: RowWriter {
  private let output: MarkupOutput<HTMLText>
  /// The report that the page is of, and the one being written.
  private var page: ReportHead?
  private var head: ReportHead?
  private var table: Table<HTMLTable>?
  private var charts: [ChartCollector] = []
  /// What the page's own report could not know.
  private var coverage: ReportCoverage?
  private var number = 0

  package init(to output: Output) {
    self.output = MarkupOutput(output)
  }

  package var takesSections: Bool { true }
  package var roundsItself: Bool { true }

  package mutating func begin(_ head: ReportHead) throws {
    self.head = head
    charts = try head.charts.map { try ChartCollector($0, head: head) }
    if page == nil {
      page = head
      try output.append(HTMLPage.beginning(head))
      try output.append("<section class=\"first\" aria-labelledby=\"title\">\n")
    } else {
      number += 1
      try output.append("<section\(width(head)) aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">\(title)</h2>\n")
      if !head.question.isEmpty { try output.append("<p class=\"question\">\(head.question)</p>\n") }
    }
    table = try Table(head, as: HTMLTable(id: id, title: title, to: output))
  }

  package mutating func row(_ values: [Value]) throws {
    for index in charts.indices { try charts[index].add(values) }
    try table?.add(values)
  }

  package mutating func end(_ summary: ReportSummary) throws {
    guard let page, let head, var table else { return }
    if number == 0 { coverage = summary.coverage }
    if table.isEmpty {
      try output.append("<p class=\"note\">\(head.nothing)</p>\n")
    } else if table.hasBegun {
      try table.end(summary.totals)
      try output.append(drawings())
      try output.append(HTMLPage.explanation(head.columns))
    } else {
      let drawings = drawings()
      try output.append(drawings)
      let isFolded = drawings != "" && (head.isSection || charts.contains(where: \.isFigures))
      let rows = table.heldRows.countedInGroups("row")
      if isFolded { try output.append("<details><summary>Table, \(rows)</summary>\n") }
      try table.end(summary.totals)
      try output.append(HTMLPage.explanation(head.columns))
      if isFolded { try output.append("</details>\n") }
    }
    self.table = nil
    try output.append("</section>\n")
    if number == page.sections.count { try output.append(HTMLPage.ending(page, coverage)) }
  }

  /// `title` is the page's own; sections are counted from 1, as the navigation does.
  private var id: String { number == 0 ? "title" : "section-\(number)" }

  private func drawings() -> HTML {
    charts.enumerated().map { $1.html(id: "chart-\(number)-\($0)") }.joined()
  }

  /// Bars are as telling in half the width of a desk; everything else takes all of it.
  private func width(_ head: ReportHead) -> HTML {
    let isHalf = !head.charts.isEmpty && head.charts.allSatisfy { if case .bars = $0.kind { true } else { false } }
    return isHalf ? " class=\"half\"" : ""
  }

  private var title: String { head?.title(on: page) ?? "" }
}
