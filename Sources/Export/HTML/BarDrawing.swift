import Runs

/// Bars as SVG: lying, so that names of any length have room, and in percent of the width, so that a phone and a desk
/// see the same sizes of text.
struct BarDrawing {
  static let rowHeight = 40
  private static let barHeight = 12
  /// How many small letters stand side by side on a narrow phone, and the fewest that still make a name.
  private static let room = 33
  private static let leastName = 13

  var panel: BarPanel
  /// Unique on the page; its parts begin with it.
  var id: String
  var title: String

  func svg() -> HTML {
    let axis = Axis(to: panel.reach, most: 4)
    let bottom = panel.bars.count * BarDrawing.rowHeight
    var svg = BarDrawing.beginning(id, title, panel.description, height: bottom + 20)
    if panel.bars.contains(where: \.isUnfinished) { svg += Hatch.definition(id) }
    for tick in axis.ticks(isRate: panel.value.type == .rate) {
      svg += BarDrawing.tick(at: tick.percent, tick.label, bottom: bottom)
    }
    for (row, bar) in panel.bars.enumerated() { svg += draw(bar, axis, top: row * BarDrawing.rowHeight) }
    return svg + "</svg>\n"
  }

  static func beginning(_ id: String, _ title: String, _ description: String, height: Int) -> HTML {
    """
    <svg role="img" aria-labelledby="\(id)-t \(id)-d" width="100%" height="\(height)">
    <title id="\(id)-t">\(title)</title>
    <desc id="\(id)-d">\(description)</desc>

    """
  }

  static func tick(at percent: Double, _ label: String, bottom: Int) -> HTML {
    let x = coordinate(percent) + "%"
    let anchor = percent == 0 ? "start" : percent == 100 ? "end" : "middle"
    return """
      <line class="\(percent == 0 ? "base" : "grid")" x1="\(x)" y1="0" x2="\(x)" y2="\(bottom)"/>
      <text class="tick" x="\(x)" y="\(bottom + 15)" text-anchor="\(anchor)">\(label)</text>

      """
  }

  /// The name at the left and the number at the right, above what is drawn.
  static func labels(_ name: String, _ text: String, top: Int) -> HTML {
    let name = cut(name, to: max(leastName, room - DisplayWidth.of(text)))
    return """
      <text x="4" y="\(top + 15)">\(name)</text>
      <text x="100%" y="\(top + 15)" text-anchor="end">\(text)</text>

      """
  }

  private func draw(_ bar: BarPanel.Bar, _ axis: Axis, top: Int) -> HTML {
    // The currency stands in the legend; exact amounts need the room.
    let text = panel.value.chartText(bar.amount?.value ?? .null, currency: nil)
    let type = panel.value.type
    let width = coordinate(axis.percent(bar.amount?.length(type) ?? 0))
    let look: HTML =
      bar.isUnfinished ? "class=\"open\" fill=\"url(#\(id)-h)\"" : bar.isRest ? "class=\"bar rest\"" : "class=\"bar\""
    var svg: HTML = """
      <g><title>\(panel.words(bar))</title>
      \(BarDrawing.labels(bar.label, text, top: top))<rect \(look) x="0" y="\(top + 21)" width="\(width)%" \
      height="\(BarDrawing.barHeight)" rx="2"/>

      """
    if let part = bar.part?.length(panel.part?.type ?? type), part > 0 {
      svg += """
        <rect class="part" x="0" y="\(top + 21)" width="\(coordinate(axis.percent(part)))%" \
        height="\(BarDrawing.barHeight)" rx="2"/>

        """
    }
    return svg + "</g>\n"
  }

  /// The beginning of a name that fits. Fonts differ, and capitals are everywhere wider than small letters.
  static func cut(_ name: String, to room: Int) -> String {
    var tenths = 0
    for index in name.indices {
      let width = DisplayWidth.of(String(name[index]))
      tenths += width * (width == 1 ? "MW@%".contains(name[index]) ? 17 : name[index].isUppercase ? 13 : 10 : 10)
      if tenths > room * 10 { return name[..<index] + "…" }
    }
    return name
  }
}
