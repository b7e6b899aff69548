import Runs

/// What the lengths, colours and patterns of a picture stand for.
enum ChartLegend {
  static func html(_ panel: BarPanel, id: String) -> HTML {
    let value = panel.value
    // Times have their unit in every number.
    let unit = value.type == .seconds && panel.form == .range ? nil : value.axisUnit(currency: panel.currency)
    let name = HTML(value.title + (unit.map { " in " + $0 } ?? ""))
    let isOpen = panel.bars.contains(where: \.isUnfinished)
    var legend: HTML
    if panel.form == .range, let part = panel.part {
      legend = ChartKey.range("\(part.title) to \(value.title)")
    } else if panel.part == nil, !isOpen {
      legend = name
    } else {
      legend = ChartKey.bar(name)
      if let part = panel.part { legend += ChartKey.part(HTML(part.title)) }
      if isOpen {
        legend += ChartKey.hatched(id, panel.forecast == nil ? "not over yet" : "forecast of what is not over yet")
      }
    }
    if panel.left > 0 { legend += "<span class=\"key\">\(panel.left.grouped) more are not drawn</span>" }
    if panel.valueless > 0 { legend += "<span class=\"key\">\(panel.valueless.grouped) without a value</span>" }
    return legend
  }

  static func html(_ panel: LinePanel, _ line: LineCollector, id: String) -> HTML {
    let unit = line.value.axisUnit(currency: nil)
    var legend = HTML(line.value.title + (unit.map { " in " + $0 } ?? "") + " by " + line.along.title)
    if panel.points.contains(where: { $0.low != nil }) { legend += ", with the interval that it lies in" }
    legend = "<span class=\"key\">\(legend)</span>"
    for (mark, name) in [(Mark.up, "up" as HTML), (Mark.down, "down")] {
      guard panel.points.contains(where: { $0.step == mark }) else { continue }
      legend += ChartKey.step(mark, "\(name) by more than chance (p below 0.05)")
    }
    if line.tellsSteps, !panel.points.contains(where: { $0.step != nil }) {
      legend += "<span class=\"key\">no step is more than chance</span>"
    }
    if panel.points.contains(where: { !$0.isWhole }) { legend += ChartKey.hatched(id, "not whole, not in the scale") }
    if line.isCut { legend += "<span class=\"key\">not all is drawn</span>" }
    return legend
  }
}
