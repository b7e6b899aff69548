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

  /// What is added to is let go of first, for a second holder would have all of it copied for every row.
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
