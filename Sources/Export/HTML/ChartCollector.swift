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
    let value = panel.value
    let unit = value.axisUnit(currency: panel.currency)
    // Of one currency the legend says enough.
    let title = self.title + (isAlone ? "" : panel.currency.map { ", " + $0 } ?? "")
    var legend = HTML(value.title + (unit.map { " in " + $0 } ?? ""))
    if let part = panel.part {
      legend =
        "<span class=\"key\">\(Hatch.sample(nil)) \(legend)</span>"
        + "<span class=\"key\">\(Hatch.sample(id)) \(part.title)</span>"
    }
    if panel.left > 0 { legend += " · \(panel.left.grouped) more are not drawn" }
    if panel.valueless > 0 { legend += " · \(panel.valueless.grouped) without a value" }
    let drawing = BarDrawing(panel: panel, id: id, title: title)
    return figure(title, legend, drawing.svg() + (panel.isAddedUp ? values(panel, title) : ""))
  }

  private func html(_ panel: LinePanel, _ line: LineCollector, _ axis: Axis, id: String) -> HTML {
    let title = self.title + (panel.name.map { ", " + $0 } ?? "")
    let unit = line.value.axisUnit(currency: nil)
    var legend = HTML(line.value.title + (unit.map { " in " + $0 } ?? "") + " by " + line.along.title)
    if panel.points.contains(where: { $0.low != nil }) { legend += ", with the interval that it lies in" }
    if line.isCut { legend += " · not all is drawn" }
    return figure(title, legend, LineDrawing(panel: panel, value: line.value, id: id, title: title, axis: axis).svg())
  }

  private func figure(_ title: String, _ legend: HTML, _ drawing: HTML) -> HTML {
    let caption = title == heading ? "" : title
    return "<figure>\n<figcaption>\(caption)<small>\(legend)</small></figcaption>\n\(drawing)</figure>\n"
  }

  /// What bars that no row tells stand for.
  private func values(_ panel: BarPanel, _ title: String) -> HTML {
    let columns = [panel.value] + [panel.part].compactMap(\.self)
    var html: HTML = """
      <details><summary>Values of these bars</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Values: \(title)"><table>
      <thead><tr><th scope="col">bar</th>
      """
    for column in columns { html += "<th scope=\"col\" class=\"number\">\(column.title)</th>" }
    html += "</tr></thead>\n<tbody>\n"
    for bar in panel.bars {
      html += "<tr><td class=\"text\">\(bar.label)</td>"
      for (column, amount) in zip(columns, [bar.amount, bar.part]) {
        let text = amount.map { HTML(column.chartText($0.value, currency: panel.currency)) }
        html += "<td class=\"number\">\(text ?? .missing)</td>"
      }
      html += "</tr>\n"
    }
    return html + "</tbody>\n</table></div></details>\n"
  }
}
