import Runs

/// Turns the rows of a report into the cells that a screen shows, by the report's layout or column by column.
struct TableLayout {
  private(set) var columns: [TableColumn]
  private let reportColumns: [Column]

  init(_ head: ReportHead) throws {
    reportColumns = head.columns
    func plain(_ title: String, _ index: Int) -> TableColumn {
      let column = head.columns[index]
      return TableColumn(
        title: title, content: .value(index), name: column.name, isNumber: column.type.isNumber,
        isFreeText: column.type == .text)
    }
    guard !head.layout.isEmpty else {
      columns = head.columns.enumerated().map { plain($1.title, $0) }
      return
    }
    columns = try head.layout.map { column in
      switch column.content {
      case .column(let name):
        var shown = plain(column.title, try head.index(of: name))
        shown.hidesZero = column.hidesZero
        return shown
      case .interval(let low, let high):
        return TableColumn(
          title: column.title, content: .interval(low: try head.index(of: low), high: try head.index(of: high)),
          isNumber: true)
      case .change(let probability, let before, let after):
        return TableColumn(
          title: column.title,
          content: .change(
            probability: try head.index(of: probability), from: try head.index(of: before),
            to: try head.index(of: after)),
          isNumber: false)
      }
    }
  }

  /// One cell per column; nil for null.
  func cells(_ values: [Value]) -> [TableCell?] {
    columns.map { cell($0, values) }
  }

  /// The cell of a total, which is a value of the column's type.
  func total(_ value: Value, in column: TableColumn) -> String? {
    guard case .value(let index) = column.content else { return nil }
    return ScreenText.text(value, reportColumns[index].type)
  }

  private func cell(_ column: TableColumn, _ values: [Value]) -> TableCell? {
    switch column.content {
    case .value(let index):
      return ScreenText.text(values[index], reportColumns[index].type).map { TableCell(text: $0) }
    case .interval(let low, let high):
      guard let low = number(values[low]), let high = number(values[high]) else { return nil }
      return TableCell(text: ScreenText.percentNumber(low) + " – ", tail: ScreenText.percent(high))
    case .change(let probability, let before, let after):
      guard let p = number(values[probability]) else { return nil }
      let direction = direction(p, from: values[before], to: values[after])
      return TableCell(text: direction + ScreenText.probability(p))
    }
  }

  /// Only a change that chance hardly explains is given a direction.
  private func direction(_ p: Double, from old: Value, to new: Value) -> String {
    guard p < 0.05, let old = number(old), let new = number(new), old != new else { return "" }
    return new > old ? "up, " : "down, "
  }

  private func number(_ value: Value) -> Double? {
    switch value {
    case .real(let number): number.isFinite ? number : nil
    case .integer(let number): Double(number)
    case .null, .text: nil
    }
  }
}

extension ColumnType {
  /// Stands at the right edge of its column.
  var isNumber: Bool {
    switch self {
    case .integer, .seconds, .money, .price, .rate, .probability: true
    case .text, .word, .any, .instant, .day, .month, .flag: false
    }
  }
}
