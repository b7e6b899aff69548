import Runs

/// What stands in one place of a table.
struct TableCell: Equatable {
  var text: String
  /// The second part of an interval; where columns are aligned, these are among themselves.
  var tail = ""
  /// It stands for nought, however many zeros that is written with.
  var isNought = false
  /// With every digit; nil where the text has them already.
  var exact: String?
  var mark: Mark?
  /// Where it leads, on a page that is served.
  var link: String?

  static let empty = TableCell(text: "")
  /// Of a total that cannot be told.
  static let missing = TableCell(text: "–")

  /// What begins the line of totals.
  /// - Parameter isRounded: the amounts above it are rounded, and need not add up to it.
  static func total(isRounded: Bool) -> TableCell {
    TableCell(text: isRounded ? "total of exact values" : "total")
  }
}

/// One column of a table: its heading, and where its values come from.
struct TableColumn: Equatable {
  var title: String
  var content: Content
  /// A column of nothing but noughts counts as empty.
  var hidesZero: Bool
  /// What stands where there is no value; nil leaves that to the format.
  var missing: String?

  enum Content: Equatable {
    /// A column of the report, and where its values stand in a row.
    case value(Column, Int)
    case interval(low: Int, high: Int)
    case change(probability: Int, from: Int, to: Int)
  }

  init(title: String, content: Content, hidesZero: Bool = false, missing: String? = nil) {
    self.missing = missing?.harmless
    self.title = title.harmless
    self.content = content
    self.hidesZero = hidesZero
  }

  /// The report's column that it shows; nil where it is made of several.
  var source: Column? {
    if case .value(let column, _) = content { column } else { nil }
  }

  /// Stands at the right edge of its column.
  var isNumber: Bool {
    switch content {
    case .value(let column, _): column.type.isNumber
    case .interval: true
    case .change: false
    }
  }

  /// Whether it names or describes what its row is of, so that a page can say it once for all rows.
  var canBeCommon: Bool {
    switch source?.type {
    case .text, .word, .month, .day, .flag: true
    default: false
    }
  }

  /// Whether a cell is worth showing the column for.
  func isTelling(_ cell: TableCell?) -> Bool {
    guard let cell, cell != .missing else { return false }
    return !(hidesZero && cell.isNought)
  }
}

extension ColumnType {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .seconds, .money, .price, .decimal, .rate, .probability: true
    case .text, .word, .any, .instant, .day, .month, .flag: false
    }
  }
}
