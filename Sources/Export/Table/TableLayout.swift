import Runs

/// Turns the rows of a report into the cells that a screen shows, by the report's layout or column by column.
struct TableLayout {
  /// Rows that are looked at before the first one is written.
  static let heldBack = 1000

  let columns: [TableColumn]
  /// Where people read the times.
  private let zone: ZoneRules
  /// Where the cells of a column of the report lead, by its name.
  private let links: [String: CellAddress]

  init(_ head: ReportHead, links: [CellLink] = []) throws {
    zone = head.zone
    self.links = Dictionary(
      links.compactMap { link in CellAddress(link.address, head).map { (link.column, $0) } }
    ) { first, _ in first }
    func value(_ name: String) throws -> TableColumn.Content {
      let index = try head.index(of: name)
      return .value(head.columns[index], index)
    }
    guard !head.layout.isEmpty else {
      columns = head.columns.enumerated().map { TableColumn(title: $1.title, content: .value($1, $0)) }
      return
    }
    columns = try head.layout.map { column in
      let content: TableColumn.Content =
        switch column.content {
        case .column(let name): try value(name)
        case .interval(let low, let high): .interval(low: try head.index(of: low), high: try head.index(of: high))
        case .change(let probability, let before, let after):
          .change(
            probability: try head.index(of: probability), from: try head.index(of: before),
            to: try head.index(of: after))
        }
      return TableColumn(
        title: column.title, content: content, hidesZero: column.hidesZero, missing: column.missing)
    }
  }

  /// One cell per column; nil for null.
  func cells(_ values: [Value]) -> [TableCell?] {
    columns.map { cell($0, values) }
  }

  private func cell(_ column: TableColumn, _ values: [Value]) -> TableCell? {
    switch column.content {
    case .value(let source, let index):
      return source.readable(values[index], in: zone).map {
        TableCell(
          text: $0.text, isNought: TableLayout.isNought(values[index]), exact: $0.exact,
          mark: Mark(values[index], of: source), link: links[source.name]?.text(values))
      }
    case .interval(let low, let high):
      guard let low = number(values[low]), let high = number(values[high]) else { return nil }
      return TableCell(text: ScreenText.percentNumber(low) + " – ", tail: ScreenText.percent(high))
    case .change(let probability, let before, let after):
      guard let p = number(values[probability]) else { return nil }
      // Only a change that chance hardly explains is given a direction.
      let mark = Mark(probability: p, from: number(values[before]), to: number(values[after]))
      let direction = mark.map { $0 == .up ? "up, " : "down, " } ?? ""
      return TableCell(text: direction + ScreenText.probability(p), mark: mark)
    }
  }

  /// Of an amount before it is rounded: what is next to nothing is not nothing.
  static func isNought(_ value: Value) -> Bool {
    [.integer(0), .real(0), .text("0")].contains(value)
  }

  private func number(_ value: Value) -> Double? {
    switch value {
    case .real(let number): number.isFinite ? number : nil
    case .integer(let number): Double(number)
    case .null, .text: nil
    }
  }
}
