import Runs

extension Chart {
  /// Reads `chart:`, one chart or a list of them, each with its kind:
  /// `{kind: bars, category: [month], value: cost, part: wasted_cost, top: 10}`,
  /// `{kind: columns, category: [month], value: cost, forecast: forecast_cost}`,
  /// `{kind: range, category: [runner], low: p50, high: p95, top: 12}`,
  /// `{kind: line, x: period, y: failure_rate, interval: [low, high], step: [p, failure_rate_before]}` or
  /// `{kind: figures, items: [{title, value, notes: ["{+change} against {before}"], hide: zero}]}`.
  ///
  /// - Parameter names: those of the columns; nil where they stand in another file.
  static func list(_ node: YAMLReader, of names: [String]?) throws(YAMLMistake) -> [Chart] {
    var charts: [Chart] = []
    for item in try node.oneOrMore() {
      let chart = try Chart(item)
      if let names { for name in chart.columns { _ = try item.column(name, of: names) } }
      charts.append(chart)
    }
    return charts
  }

  private init(_ node: YAMLReader) throws(YAMLMistake) {
    let keys = try node.values(
      [
        "kind", "title", "category", "value", "part", "forecast", "low", "high", "top", "x", "y", "interval", "step",
        "series", "items",
      ])
    guard let kind: Word = try keys["kind"]?.word() else { throw node.missing("a kind, such as kind: bars") }
    func text(_ key: String) throws(YAMLMistake) -> String {
      guard let text = try keys[key]?.text() else {
        throw node.unusable("a chart of the kind \(kind) must have \(key)")
      }
      return text
    }
    func taking(_ names: [String]) throws(YAMLMistake) {
      for key in keys.keys.sorted() where !(["kind", "title"] + names).contains(key) {
        throw node.unusable("a chart of the kind \(kind) has no \(key)")
      }
    }
    let title = try keys["title"]?.text() ?? ""
    switch kind {
    case .bars:
      try taking(["category", "value", "part", "top"])
      self.init(
        title: title,
        kind: .bars(
          Bars(
            category: try keys["category"]?.names() ?? [], value: try text("value"),
            part: try keys["part"]?.text(), top: try keys["top"]?.count(1...50))))
    case .columns:
      try taking(["category", "value", "part", "forecast"])
      self.init(
        title: title,
        kind: .bars(
          Bars(
            category: try keys["category"]?.names() ?? [], value: try text("value"),
            part: try keys["part"]?.text(), form: .columns, forecast: try keys["forecast"]?.text())))
    case .range:
      try taking(["category", "low", "high", "top"])
      self.init(
        title: title,
        kind: .bars(
          Bars(
            category: try keys["category"]?.names() ?? [], value: try text("high"), part: try text("low"),
            top: try keys["top"]?.count(1...50), form: .range)))
    case .line:
      try taking(["x", "y", "interval", "step", "series"])
      let interval = try keys["interval"]?.names() ?? []
      guard interval.isEmpty || interval.count == 2 else { throw node.unusable("interval must be [low, high]") }
      let step = try keys["step"]?.names() ?? []
      guard step.isEmpty || step.count == 2 else { throw node.unusable("step must be [probability, value before]") }
      self.init(
        title: title,
        kind: .line(
          Line(
            x: try text("x"), y: try text("y"), low: interval.first, high: interval.last,
            series: try keys["series"]?.names() ?? [],
            step: step.isEmpty ? nil : Line.Step(probability: step[0], before: step[1]))))
    case .figures:
      try taking(["items"])
      guard let items = keys["items"] else { throw node.unusable("a chart of the kind figures must have items") }
      var figures: [Figure] = []
      for item in try items.elements(of: "figures") { figures.append(try Figure(item)) }
      self.init(title: title, kind: .figures(figures))
    }
  }

  private enum Word: String, CaseIterable {
    case bars, columns, range, line, figures
  }
}

extension Chart.Figure {
  fileprivate init(_ node: YAMLReader) throws(YAMLMistake) {
    let keys = try node.values(["title", "value", "notes", "hide"])
    guard let title = try keys["title"]?.text(), let value = try keys["value"]?.text() else {
      throw node.unusable("a figure must have a title and a value")
    }
    self.init(
      title: title, value: value, notes: try keys["notes"]?.names() ?? [],
      hidesZero: try keys["hide"]?.hidesZero() ?? false)
  }
}
