import Runs

/// A report as one page that needs nothing else: no script, no font, no picture from elsewhere.
///
/// It is well-formed XML, so that programs can read it too. Charts stand before the rows, and behind them when there
/// are more rows than are held back. Reports that follow on the same page become its sections.
package struct HTMLWriter: RowWriter {
  private let output: Output
  /// The report that the page is of, and the one being written.
  private var page: ReportHead?
  private var head: ReportHead?
  private var table: HTMLTable?
  private var charts: [ChartCollector] = []
  /// What the page's own report could not know.
  private var coverage: ReportCoverage?
  private var number = 0

  package init(to output: Output) {
    self.output = output
  }

  package var takesSections: Bool { true }

  package mutating func begin(_ head: ReportHead) throws {
    self.head = head
    table = try HTMLTable(head)
    charts = try head.charts.map { try ChartCollector($0, head: head) }
    if page == nil {
      page = head
      try output.append(HTMLPage.beginning(head))
      try output.append("<section class=\"first\" aria-labelledby=\"title\">\n")
    } else {
      number += 1
      let question = head.question.isEmpty ? "" : "<p class=\"question\">\(HTMLText.escaped(head.question))</p>\n"
      let heading = "<h2 id=\"\(id)\">\(HTMLText.escaped(title))</h2>\n"
      try output.append("<section\(width(head)) aria-labelledby=\"\(id)\">\n\(heading)\(question)")
    }
  }

  package mutating func row(_ values: [Value]) throws {
    for index in charts.indices { try charts[index].add(values) }
    if table?.isFull == true {
      let (id, title) = (id, title)
      try table?.begin(named: id, title: title, to: output)
    }
    try table?.add(values, to: output)
  }

  package mutating func end(_ summary: ReportSummary) throws {
    guard let page, let head, var table else { return }
    if number == 0 { coverage = summary.coverage }
    if table.isEmpty {
      try output.append("<p class=\"note\">\(HTMLText.escaped(head.nothing))</p>\n")
    } else if table.hasBegun {
      try table.end(summary.totals, to: output)
      try output.append(drawings())
      try output.append(HTMLPage.explanation(head.columns))
    } else {
      let drawings = drawings()
      try output.append(drawings)
      let isFolded = !drawings.isEmpty && (head.isSection || charts.contains(where: \.isFigures))
      let rows = table.heldRows == 1 ? "1 row" : "\(ScreenText.grouped(String(table.heldRows))) rows"
      if isFolded { try output.append("<details><summary>Table, \(rows)</summary>\n") }
      try table.begin(named: id, title: title, totals: summary.totals, to: output)
      try table.end(summary.totals, to: output)
      try output.append(HTMLPage.explanation(head.columns))
      if isFolded { try output.append("</details>\n") }
    }
    try output.append("</section>\n")
    if number == page.sections.count { try output.append(HTMLPage.ending(page, coverage)) }
  }

  /// `title` is the page's own; sections are counted from 1, as the navigation does.
  private var id: String { number == 0 ? "title" : "section-\(number)" }

  private func drawings() -> String {
    charts.enumerated().map { $1.html(id: "chart-\(number)-\($0)") }.joined()
  }

  /// Bars are as telling in half the width of a desk; everything else takes all of it.
  private func width(_ head: ReportHead) -> String {
    let isHalf = !head.charts.isEmpty && head.charts.allSatisfy { if case .bars = $0.kind { true } else { false } }
    return isHalf ? " class=\"half\"" : ""
  }

  private var title: String { head?.title(on: page) ?? "" }
}
