import Runs

/// Bars as SVG: lying, so that names of any length have room, and in percent of the width, so that a phone and a desk
/// see the same sizes of text.
struct BarDrawing {
  private static let rowHeight = 40
  private static let barHeight = 12
  /// How many small letters stand side by side on a narrow phone, and the fewest that still make a name.
  private static let room = 33
  private static let leastName = 13

  var panel: BarPanel
  /// Unique on the page; its parts begin with it.
  var id: String
  var title: String

  private var axis: Axis {
    Axis(to: panel.bars.compactMap { $0.amount?.length(panel.value.type) }.max() ?? 0, most: 4)
  }

  func svg() -> HTML {
    let axis = axis
    let bottom = panel.bars.count * BarDrawing.rowHeight
    var svg: HTML = """
      <svg role="img" aria-labelledby="\(id)-t \(id)-d" width="100%" height="\(bottom + 20)">
      <title id="\(id)-t">\(title)</title>
      <desc id="\(id)-d">\(description)</desc>

      """
    if panel.part != nil { svg += Hatch.definition(id) }
    for tick in axis.ticks(isRate: panel.value.type == .rate) {
      let x = coordinate(tick.percent) + "%"
      let anchor = tick.percent == 0 ? "start" : tick.percent == 100 ? "end" : "middle"
      svg += """
        <line class="\(tick.percent == 0 ? "base" : "grid")" x1="\(x)" y1="0" x2="\(x)" y2="\(bottom)"/>
        <text class="tick" x="\(x)" y="\(bottom + 15)" text-anchor="\(anchor)">\(tick.label)</text>

        """
    }
    for (row, bar) in panel.bars.enumerated() { svg += draw(bar, axis, top: row * BarDrawing.rowHeight) }
    return svg + "</svg>\n"
  }

  private func draw(_ bar: BarPanel.Bar, _ axis: Axis, top: Int) -> HTML {
    // The currency stands in the legend; exact amounts need the room.
    let text = panel.value.chartText(bar.amount?.value ?? .null, currency: nil)
    let name = BarDrawing.cut(bar.label, to: max(BarDrawing.leastName, BarDrawing.room - DisplayWidth.of(text)))
    let type = panel.value.type
    let width = coordinate(axis.percent(bar.amount?.length(type) ?? 0))
    var svg: HTML = """
      <g><title>\(words(bar))</title>
      <text x="4" y="\(top + 15)">\(name)</text>
      <text x="100%" y="\(top + 15)" text-anchor="end">\(text)</text>
      <rect class="bar" x="0" y="\(top + 21)" width="\(width)%" height="\(BarDrawing.barHeight)"/>

      """
    if let part = bar.part?.length(panel.part?.type ?? type), part > 0 {
      svg += """
        <rect class="part" x="0" y="\(top + 21)" width="\(coordinate(axis.percent(part)))%" \
        height="\(BarDrawing.barHeight)" fill="url(#\(id)-h)"/>

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

  /// What the bar says, in words.
  private func words(_ bar: BarPanel.Bar) -> String {
    let value = panel.value.chartText(bar.amount?.value ?? .null, currency: panel.currency)
    guard let part = panel.part else { return "\(bar.label): \(value)" }
    return "\(bar.label): \(value), \(part.title) \(part.chartText(bar.part?.value ?? .null, currency: panel.currency))"
  }

  private var description: String {
    let first = panel.bars.prefix(5).map { words($0) }
    let more = panel.bars.count > first.count ? "; and \(panel.bars.count - first.count) more in the table" : ""
    return "\(panel.bars.count) bars. " + first.joined(separator: "; ") + more + "."
  }
}

/// The pattern of the part of a bar that stands out, which is told from the rest without colours.
enum Hatch {
  static func definition(_ id: String) -> HTML {
    """
    <defs><pattern id="\(id)-h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <rect class="ground" width="5" height="5"/><line class="hatch" x1="0" y1="0" x2="0" y2="5"/></pattern></defs>

    """
  }

  /// A sample of a bar for the legend; `id` names the drawing that has the pattern, nil is the plain bar.
  static func sample(_ id: String?) -> HTML {
    let rect: HTML =
      id.map { "<rect class=\"part\" width=\"14\" height=\"10\" fill=\"url(#\($0)-h)\"/>" }
      ?? "<rect class=\"bar\" width=\"14\" height=\"10\"/>"
    return "<svg aria-hidden=\"true\" width=\"14\" height=\"10\">\(rect)</svg>"
  }
}
