import Runs

/// Stretches between two values as SVG, such as from p50 to p95. Times reach from seconds to days, so theirs is a scale
/// on which each step is a multiple of the one before.
struct RangeDrawing {
  var panel: BarPanel
  var id: String
  var title: String

  func svg() -> HTML {
    let axis = RangeAxis(panel)
    let bottom = panel.bars.count * BarDrawing.rowHeight
    var svg = BarDrawing.beginning(id, title, panel.description, height: bottom + 20)
    for tick in axis.ticks { svg += BarDrawing.tick(at: tick.percent, tick.label, bottom: bottom) }
    for (row, bar) in panel.bars.enumerated() { svg += draw(bar, axis, top: row * BarDrawing.rowHeight) }
    return svg + "</svg>\n"
  }

  private func draw(_ bar: BarPanel.Bar, _ axis: RangeAxis, top: Int) -> HTML {
    let type = panel.value.type
    func text(_ amount: ChartAmount?) -> String { panel.value.chartText(amount?.value ?? .null, currency: nil) }
    let (low, high) = (bar.part?.length(type), bar.amount?.length(type))
    let y = top + 27
    var svg: HTML = """
      <g><title>\(panel.words(bar))</title>
      \(BarDrawing.labels(bar.label, text(bar.part) + " – " + text(bar.amount), top: top))
      """
    if let low, let high {
      let (from, to) = (coordinate(axis.percent(low)), coordinate(axis.percent(high)))
      svg += """
        <line class="range" x1="\(from)%" y1="\(y)" x2="\(to)%" y2="\(y)"/>
        <circle class="point" cx="\(from)%" cy="\(y)" r="5"/>

        """
    }
    return svg + "</g>\n"
  }
}
