import Runs

/// A line with its interval as SVG. Places along the line are in percent of the width; the band and the line are
/// stretched to the width, points and text are not.
struct LineDrawing {
  private static let height = 200.0
  private static let top = 16.0
  private static let left = 9.0
  private static let right = 92.0
  /// With more points than this the whiskers are left out and the points are small, so that the line can be seen.
  private static let mostWhiskers = 60

  var panel: LinePanel
  var value: Column
  var id: String
  var title: String
  /// The same for all panels, so that they can be compared.
  var axis: Axis

  /// The highest value of a panel, with its intervals.
  ///
  /// What is not whole is left out, because of few runs an interval reaches far; unless there is nothing else.
  static func reach(_ panel: LinePanel) -> Double {
    let whole = panel.points.filter { $0.isWhole && $0.y != nil }
    return (whole.isEmpty ? panel.points : whole).flatMap { [$0.y, $0.high].compactMap(\.self) }.max() ?? 0
  }

  func svg() -> HTML {
    let height = Int(LineDrawing.height)
    var svg = BarDrawing.beginning(id, title, description, height: height + 24)
    if panel.points.contains(where: { !$0.isWhole }) { svg += Hatch.definition(id) }
    for point in panel.points where !point.isWhole { svg += unfinished(point) }
    for tick in axis.ticks(isRate: value.type == .rate) {
      let y = coordinate(self.y(tick.percent))
      svg += """
        <line class="\(tick.percent == 0 ? "base" : "grid")" x1="0" y1="\(y)" x2="100%" y2="\(y)"/>
        <text class="tick" x="0" y="\(coordinate(self.y(tick.percent) - 4))">\(tick.label)</text>

        """
    }
    svg += "<svg width=\"100%\" height=\"\(height)\" viewBox=\"0 0 1000 \(height)\" preserveAspectRatio=\"none\">\n"
    for run in unbroken.map({ $0.filter(\.isWhole) }) where run.count > 1 {
      svg += band(run)
      let line = run.map { "\(coordinate(x($0) * 10)),\(coordinate(y(of: $0.y)))" }.joined(separator: " ")
      svg += "<polyline class=\"line\" points=\"\(line)\"/>\n"
    }
    svg += open() + "</svg>\n"
    for point in panel.points where point.y != nil { svg += draw(point) }
    for point in labelled {
      // Long labels at the edges would leave the picture.
      let isFirst = hasLongLabels && point.x == panel.points.first?.x && panel.points.count > 1
      let isLast = hasLongLabels && point.x == panel.points.last?.x && panel.points.count > 1
      svg += """
        <text class="tick" x="\(isLast ? "100" : isFirst ? "0" : coordinate(x(point)))%" y="\(height + 16)" \
        text-anchor="\(isLast ? "end" : isFirst ? "start" : "middle")">\(point.label)</text>

        """
    }
    return svg + "</svg>\n"
  }

  private func draw(_ point: LinePanel.Point) -> HTML {
    let x = coordinate(x(point)) + "%"
    var svg: HTML = "<g><title>\(words(point))</title>\n"
    if let low = point.low, let high = point.high, !isCrowded {
      svg += """
        <line class="whisker" x1="\(x)" y1="\(coordinate(y(of: low)))" x2="\(x)" y2="\(coordinate(y(of: high)))"/>

        """
    }
    let y = coordinate(y(of: point.y))
    let look: HTML = point.isWhole ? "point" : "point hollow"
    svg += "<circle class=\"\(look)\" cx=\"\(x)\" cy=\"\(y)\" r=\"\(isCrowded ? 2 : 4)\"/>"
    return svg + step(point) + "</g>\n"
  }

  /// A sign above a value that is another one than before: it points where the value went.
  private func step(_ point: LinePanel.Point) -> HTML {
    guard let mark = point.step else { return "" }
    let y = max(2, self.y(of: point.high ?? point.y) - 16)
    return """
      <text class="step \(mark.tone.rawValue)" x="\(coordinate(x(point)))%" y="\(coordinate(y + 10))" \
      text-anchor="middle">\(mark.sign)</text>
      """
  }

  /// The ground of a stretch of time that is not whole.
  private func unfinished(_ point: LinePanel.Point) -> HTML {
    let steps = zip(panel.points, panel.points.dropFirst()).map { x($1) - x($0) }
    let half = min((steps.min() ?? 16) / 2, 8)
    return """
      <rect class="ground-open" x="\(coordinate(x(point) - half))%" y="\(coordinate(LineDrawing.top))" \
      width="\(coordinate(2 * half))%" height="\(coordinate(LineDrawing.height - LineDrawing.top))" \
      fill="url(#\(id)-h)"/>

      """
  }

  /// Dashed lines to and from what is not whole.
  private func open() -> HTML {
    var svg: HTML = ""
    for run in unbroken {
      for (left, right) in zip(run, run.dropFirst()) where !left.isWhole || !right.isWhole {
        let line = [left, right].map { "\(coordinate(x($0) * 10)),\(coordinate(y(of: $0.y)))" }.joined(separator: " ")
        svg += "<polyline class=\"line dashed\" points=\"\(line)\"/>\n"
      }
    }
    return svg
  }

  private var isCrowded: Bool { panel.points.count > LineDrawing.mostWhiskers }

  /// The interval: there along its high end, and back along its low end.
  private func band(_ run: [LinePanel.Point]) -> HTML {
    guard run.allSatisfy({ $0.low != nil && $0.high != nil }) else { return "" }
    let there = run.map { "\(coordinate(x($0) * 10)),\(coordinate(y(of: $0.high)))" }
    let back = run.reversed().map { "\(coordinate(x($0) * 10)),\(coordinate(y(of: $0.low)))" }
    return "<polygon class=\"band\" points=\"\((there + back).joined(separator: " "))\"/>\n"
  }

  private var first: Double { panel.points.first?.x ?? 0 }
  private var span: Double { max((panel.points.last?.x ?? 0) - first, .leastNormalMagnitude) }

  private func x(_ point: LinePanel.Point) -> Double {
    let share = panel.points.count > 1 ? (point.x - first) / span : 0.5
    return LineDrawing.left + share * (LineDrawing.right - LineDrawing.left)
  }

  private func y(_ percent: Double) -> Double {
    LineDrawing.height - percent / 100 * (LineDrawing.height - LineDrawing.top)
  }

  private func y(of value: Double?) -> Double { y(axis.percent(value ?? 0)) }

  /// The parts of the line without a gap: where an interval of time has no row, nothing is known, and no line is drawn.
  private var unbroken: [[LinePanel.Point]] {
    let steps = zip(panel.points, panel.points.dropFirst()).map { $1.x - $0.x }
    let longest = (steps.min() ?? 0) * 1.5
    var runs: [[LinePanel.Point]] = [[]]
    for (index, point) in panel.points.enumerated() {
      let isGap = index > 0 && steps[index - 1] > longest
      if isGap || point.y == nil { runs.append([]) }
      if point.y != nil { runs[runs.count - 1].append(point) }
    }
    return runs
  }

  /// Points whose labels do not touch on a phone.
  private var labelled: [LinePanel.Point] {
    AxisLabels.shown(panel.points.map { x($0) }, distance: hasLongLabels ? 34 : 17).map { panel.points[$0] }
  }

  /// Longer than `2026-01`.
  private var hasLongLabels: Bool { panel.points.contains { DisplayWidth.of($0.label) > 7 } }

  private func text(_ number: Double) -> String {
    switch value.type {
    case .rate: ScreenText.percent(number)
    case .seconds: value.chartText(.real((number * 1000).rounded(.toNearestOrEven)), currency: nil)
    case .money: value.chartText(.text(DataText.plain(number)), currency: nil)
    default: NumberText.grouped(DataText.plain(number))
    }
  }

  private func words(_ point: LinePanel.Point) -> String {
    guard let y = point.y else { return "\(point.label): missing" }
    var words = "\(point.label): \(text(y))"
    if let low = point.low, let high = point.high { words += ", interval \(text(low)) to \(text(high))" }
    if let step = point.step { words += step == .up ? ", up by more than chance" : ", down by more than chance" }
    return words + (point.isWhole ? "" : ", not the whole of it")
  }

  private var description: String {
    let all = panel.points.filter { $0.y != nil }
    let whole = all.filter(\.isWhole)
    let known = whole.isEmpty ? all : whole
    guard let last = known.last, let highest = known.max(by: { ($0.y ?? 0) < ($1.y ?? 0) }) else { return "No values." }
    return "\(known.count) points. Highest, \(words(highest)). Last, \(words(last)). All are in the table."
  }
}
