import Runs

/// What a chart needs of the rows that go by, whatever a format makes of it.
enum ChartData {
  case bars(BarCollector)
  case line(LineCollector)
  case figures(FigureCollector)

  init(_ kind: Chart.Kind, head: ReportHead) throws {
    switch kind {
    case .bars(let bars): self = .bars(try BarCollector(bars, head: head))
    case .line(let line): self = .line(try LineCollector(line, head: head))
    case .figures(let figures): self = .figures(FigureCollector(figures, columns: head.columns))
    }
  }

  private static let nothing = ChartData.figures(FigureCollector([], columns: []))

  /// The collector is taken out before a row is added: with two holders, all that it keeps would be copied.
  mutating func add(_ values: [Value]) throws {
    switch self {
    case .bars(var bars):
      self = .nothing
      try bars.add(values)
      self = .bars(bars)
    case .line(var line):
      self = .nothing
      line.add(values)
      self = .line(line)
    case .figures(var figures):
      self = .nothing
      figures.add(values)
      self = .figures(figures)
    }
  }

  var isBars: Bool {
    if case .bars = self { true } else { false }
  }

  var isFigures: Bool {
    if case .figures = self { true } else { false }
  }
}
