import Runs

extension Chart {
  /// Reads `chart:`, one chart or a list of them, each with its kind:
  /// `{kind: bars, category: [month], value: cost, part: wasted_cost, top: 10}`,
  /// `{kind: line, x: period, y: failure_rate, interval: [low, high]}` or
  /// `{kind: figures, items: [{title, value, notes: ["{+change} against {before}"], hide: zero}]}`.
  ///
  /// - Parameter check: refuses a name that is no column.
  static func list(
    _ node: HeaderNode, check: (String, HeaderNode) throws(ReportError) -> Void
  ) throws(ReportError) -> [Chart] {
    var charts: [Chart] = []
    for item in node.isList ? try node.list("chart", of: "charts") : [node] {
      let chart = try Chart(item)
      for name in chart.columns { try check(name, item) }
      charts.append(chart)
    }
    return charts
  }

  private init(_ node: HeaderNode) throws(ReportError) {
    let keys = try node.keys(
      ["kind", "title", "category", "value", "part", "top", "x", "y", "interval", "series", "items"], of: "chart")
    let kind = try keys["kind"]?.text("kind") ?? ""
    func text(_ key: String) throws(ReportError) -> String {
      guard let text = try keys[key]?.text(key) else { throw node.bad("a chart of the kind \(kind) must have \(key)") }
      return text
    }
    func taking(_ names: [String]) throws(ReportError) {
      for key in keys.keys.sorted() where !(["kind", "title"] + names).contains(key) {
        throw node.bad("a chart of the kind \(kind) has no \(key)")
      }
    }
    let title = try keys["title"]?.text("title") ?? ""
    switch kind {
    case "bars":
      try taking(["category", "value", "part", "top"])
      let top = try keys["top"]?.integer("top")
      if let top, !(1...50).contains(top) { throw node.bad("top goes from 1 to 50") }
      self.init(
        title: title,
        kind: .bars(
          Bars(
            category: try keys["category"]?.names("category") ?? [], value: try text("value"),
            part: try keys["part"]?.text("part"), top: top)))
    case "line":
      try taking(["x", "y", "interval", "series"])
      let interval = try keys["interval"]?.names("interval") ?? []
      guard interval.isEmpty || interval.count == 2 else { throw node.bad("interval must be [low, high]") }
      self.init(
        title: title,
        kind: .line(
          Line(
            x: try text("x"), y: try text("y"), low: interval.first, high: interval.last,
            series: try keys["series"]?.names("series") ?? [])))
    case "figures":
      try taking(["items"])
      guard let items = keys["items"] else { throw node.bad("a chart of the kind figures must have items") }
      var figures: [Figure] = []
      for item in try items.list("items", of: "figures") { figures.append(try Figure(item)) }
      self.init(title: title, kind: .figures(figures))
    default:
      throw node.bad("a chart must have the kind bars, line or figures")
    }
  }
}

extension Chart.Figure {
  fileprivate init(_ node: HeaderNode) throws(ReportError) {
    let keys = try node.keys(["title", "value", "notes", "hide"], of: "items")
    guard let title = try keys["title"]?.text("title"), let value = try keys["value"]?.text("value") else {
      throw node.bad("a figure must have a title and a value")
    }
    let hide = try keys["hide"]?.text("hide")
    guard hide == nil || hide == "zero" else { throw node.bad("hide must be zero") }
    self.init(title: title, value: value, notes: try keys["notes"]?.names("notes") ?? [], hidesZero: hide == "zero")
  }
}
