import Runs

/// Numbers that stand for themselves, each with what it is to be read against.
struct FigurePanel: Equatable {
  struct Figure: Equatable {
    var title: String
    /// With its unit; nil where it is missing.
    var text: String?
    /// With every digit; nil where the text has them already.
    var exact: String?
    var notes: [String] = []
  }

  var title: String
  var figures: [Figure]
}

/// Keeps the first few rows while they go by, for the figures that they tell.
struct FigureCollector {
  /// A row is mostly a currency: more rows than this are left to the table.
  static let mostRows = 6

  private let figures: [Chart.Figure]
  private let columns: [Column]
  private var rows: [[Value]] = []
  private(set) var isCut = false

  init(_ figures: [Chart.Figure], columns: [Column]) {
    self.figures = figures
    self.columns = columns
  }

  mutating func add(_ values: [Value]) {
    guard rows.count < FigureCollector.mostRows else {
      isCut = true
      return
    }
    rows.append(values)
  }

  /// One panel for each row, named after its currency when there are several.
  func panels(title: String) -> [FigurePanel] {
    rows.enumerated().map { index, row in
      let currency = currency(row)
      return FigurePanel(
        title: rows.count > 1 ? "\(title), \(currency ?? "row \(index + 1)")" : title,
        figures: figures.compactMap { shown($0, row, currency) })
    }
  }

  private func shown(_ figure: Chart.Figure, _ row: [Value], _ currency: String?) -> FigurePanel.Figure? {
    guard let index = columns.firstIndex(where: { $0.name == figure.value }) else { return nil }
    let (value, column) = (row[index], columns[index])
    if figure.hidesZero, [.null, .integer(0), .real(0), .text("0")].contains(value) { return nil }
    let unit = column.type == .money ? currency.map { " " + $0.harmless } ?? "" : ""
    return FigurePanel.Figure(
      title: figure.title, text: value == .null ? nil : column.chartText(value, currency: currency),
      exact: column.readable(value)?.exact.map { $0 + unit },
      notes: figure.notes.compactMap { filled($0, row, currency) })
  }

  /// A note with the values of its columns in place of their names; nil when one is missing.
  private func filled(_ note: String, _ row: [Value], _ currency: String?) -> String? {
    var text = ""
    var rest = note[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open]
      var name = rest[rest.index(after: open)..<close]
      let isSigned = name.hasPrefix("+")
      if isSigned { name.removeFirst() }
      guard let index = columns.firstIndex(where: { $0.name == name }), row[index] != .null else { return nil }
      let value = columns[index].chartText(row[index], currency: currency)
      text += isSigned && !value.hasPrefix("-") ? "+" + value : value
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  private func currency(_ row: [Value]) -> String? {
    guard let index = columns.firstIndex(where: { $0.name == "currency" }), case .text(let code) = row[index] else {
      return nil
    }
    return code
  }
}
