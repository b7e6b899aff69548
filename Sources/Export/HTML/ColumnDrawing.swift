import Runs

/// Columns side by side through time as SVG. What is not over is hatched up to what it is expected to come to, and
/// gives the scale nothing but that.
struct ColumnDrawing {
  private static let height = 200.0
  private static let top = 22.0
  private static let left = 10.0
  private static let widest = 9.0

  var panel: BarPanel
  var id: String
  var title: String
  private let axis: Axis
  /// In which slot each column stands: months without one leave theirs free.
  private let places: [Int]

  init(panel: BarPanel, id: String, title: String) {
    self.panel = panel
    self.id = id
    self.title = title
    axis = Axis(to: panel.reach, most: 4)
    let months = panel.bars.compactMap { Month($0.label)?.number }
    let span = (months.max() ?? 0) - (months.min() ?? 0)
    let areMonths = months.count == panel.bars.count && span < BarCollector.mostInOrder
    places = areMonths ? months.map { $0 - (months.min() ?? 0) } : Array(panel.bars.indices)
  }

  func svg() -> HTML {
    let height = Int(ColumnDrawing.height)
    var svg = BarDrawing.beginning(id, title, panel.description, height: height + 24)
    if panel.bars.contains(where: \.isUnfinished) { svg += Hatch.definition(id) }
    for tick in axis.ticks(isRate: panel.value.type == .rate) {
      let y = coordinate(self.y(tick.percent))
      svg += """
        <line class="\(tick.percent == 0 ? "base" : "grid")" x1="0" y1="\(y)" x2="100%" y2="\(y)"/>
        <text class="tick" x="0" y="\(coordinate(self.y(tick.percent) - 4))">\(tick.label)</text>

        """
    }
    for (index, bar) in panel.bars.enumerated() { svg += draw(bar, index) }
    for index in labelled {
      // A label in the middle of a narrow column at the edge would leave the picture.
      let isAtEdge = center(index) > 88
      svg += """
        <text class="tick" x="\(isAtEdge ? "100" : coordinate(center(index)))%" y="\(height + 16)" \
        text-anchor="\(isAtEdge ? "end" : "middle")">\(panel.bars[index].label)</text>

        """
    }
    return svg + "</svg>\n"
  }

  private func draw(_ bar: BarPanel.Bar, _ index: Int) -> HTML {
    let type = panel.value.type
    let amount = bar.amount?.length(type) ?? 0
    let forecast = bar.forecast?.length(type)
    var svg: HTML = "<g><title>\(panel.words(bar))</title>\n"
    if bar.isUnfinished {
      svg += rect("class=\"open\" fill=\"url(#\(id)-h)\"", index, from: 0, to: max(amount, forecast ?? amount))
    }
    if !bar.isUnfinished || forecast != nil { svg += rect("class=\"bar\"", index, from: 0, to: amount) }
    if let part = bar.part?.length(panel.part?.type ?? type), part > 0 {
      svg += rect("class=\"part\"", index, from: 0, to: part)
    }
    let top = y(axis.percent(max(amount, forecast ?? 0)))
    let told = bar.forecast ?? bar.amount
    svg += """
      <text class="value" x="\(coordinate(center(index)))%" y="\(coordinate(top - 6))" text-anchor="middle">\
      \(bar.forecast == nil ? "" : "≈ ")\(panel.value.chartText(told?.value ?? .null, currency: nil))</text>

      """
    return svg + "</g>\n"
  }

  private func rect(_ look: HTML, _ index: Int, from: Double, to: Double) -> HTML {
    let (low, high) = (y(axis.percent(from)), y(axis.percent(to)))
    return """
      <rect \(look) x="\(coordinate(center(index) - width / 2))%" y="\(coordinate(high))" \
      width="\(coordinate(width))%" height="\(coordinate(low - high))"/>

      """
  }

  private var slot: Double { (100 - ColumnDrawing.left) / Double((places.max() ?? 0) + 1) }
  private var width: Double { min(slot * 0.64, ColumnDrawing.widest) }

  private func center(_ index: Int) -> Double { ColumnDrawing.left + slot * (Double(places[index]) + 0.5) }

  private func y(_ percent: Double) -> Double {
    ColumnDrawing.height - percent / 100 * (ColumnDrawing.height - ColumnDrawing.top)
  }

  /// Bars whose labels do not touch on a phone.
  private var labelled: [Int] { AxisLabels.shown(panel.bars.indices.map { center($0) }, distance: 20) }
}
