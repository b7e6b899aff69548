import Runs

/// The data of a chart, and the picture that is made of them.
struct ChartCollector {
  private let title: String
  /// What already stands above the chart.
  private let heading: String
  private var data: ChartData

  init(_ chart: Chart, head: ReportHead) throws {
    title = chart.title.isEmpty ? head.title : chart.title
    heading = head.title
    data = try ChartData(chart.kind, head: head)
  }

  var isFigures: Bool { data.isFigures }

  mutating func add(_ values: [Value]) throws {
    try data.add(values)
  }

  /// The chart as part of a page; empty where there are fewer than two points, of which a picture tells nothing.
  func html(id: String) -> HTML {
    switch data {
    case .figures(let figures):
      return FigureCards(panels: figures.panels(title: title), isCut: figures.isCut).html(id: id)
    case .bars(let bars):
      let panels = bars.panels().filter { $0.bars.filter { $0.amount != nil }.count > 1 }
      return panels.enumerated().map { html($1, isAlone: panels.count == 1, id: "\(id)-\($0)") }.joined()
    case .line(let line):
      let panels = line.panels().filter { $0.points.filter { $0.y != nil }.count > 1 }
      let axis = Axis(to: panels.map(LineDrawing.reach).max() ?? 0, most: 4)
      return panels.enumerated().map { html($1, line, axis, id: "\(id)-\($0)") }.joined()
    }
  }

  private func html(_ panel: BarPanel, isAlone: Bool, id: String) -> HTML {
    // Of one currency the legend says enough.
    let title = self.title + (isAlone ? "" : panel.currency.map { ", " + $0 } ?? "")
    let drawing =
      switch panel.form {
      case .bars: BarDrawing(panel: panel, id: id, title: title).svg()
      case .columns: ColumnDrawing(panel: panel, id: id, title: title).svg()
      case .range: RangeDrawing(panel: panel, id: id, title: title).svg()
      }
    return figure(title, ChartLegend.html(panel, id: id), drawing + (panel.isAddedUp ? values(panel, title) : ""))
  }

  private func html(_ panel: LinePanel, _ line: LineCollector, _ axis: Axis, id: String) -> HTML {
    let title = self.title + (panel.name.map { ", " + $0 } ?? "")
    return figure(
      title, ChartLegend.html(panel, line, id: id),
      LineDrawing(panel: panel, value: line.value, id: id, title: title, axis: axis).svg())
  }

  private func figure(_ title: String, _ legend: HTML, _ drawing: HTML) -> HTML {
    let caption = title == heading ? "" : title
    return "<figure>\n<figcaption>\(caption)<small>\(legend)</small></figcaption>\n\(drawing)</figure>\n"
  }

  /// What bars that no row tells stand for.
  private func values(_ panel: BarPanel, _ title: String) -> HTML {
    let titles = ([panel.category.isEmpty ? "bar" : panel.category] + panel.values.map(\.column.title)).map(
      CSSText.quoted)
    let labels = titles.enumerated().map { "--l\($0 + 1):\($1)" }.joined(separator: ";")
    var html: HTML = """
      <details><summary>Values of these bars</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Values: \(title)"><table style="\(labels)">
      <thead><tr><th scope="col">\(panel.category.isEmpty ? "bar" : panel.category)</th>
      """
    for value in panel.values { html += "<th scope=\"col\" class=\"number\">\(value.column.title)</th>" }
    html += "</tr></thead>\n<tbody>\n"
    for bar in panel.bars {
      html += "<tr><th scope=\"row\" class=\"text\">\(bar.label)</th>"
      for value in panel.values {
        let amount = value.amount(bar)?.value ?? .null
        let unit = value.column.type == .money ? panel.currency.map { " " + $0 } ?? "" : ""
        let exact = value.column.readable(amount)?.exact.map { " title=\"\($0 + unit)\"" as HTML } ?? ""
        let text = amount == .null ? .missing : HTML(value.column.chartText(amount, currency: panel.currency))
        html += "<td class=\"number\"\(exact)>\(text)</td>"
      }
      html += "</tr>\n"
    }
    return html + "</tbody>\n</table></div></details>\n"
  }
}
