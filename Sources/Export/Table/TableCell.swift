/// What stands in one place of a table, before its column's width is known.
struct TableCell: Equatable {
  var text: String
  /// The second part of an interval; all of a column are aligned to the right, so that the dashes stand in line.
  var tail = ""

  static let empty = TableCell(text: "")
}

/// One column of a table: its heading, where its values come from, and how wide it has become.
struct TableColumn {
  var title: String
  var content: Content
  /// The report's column that totals of this one are listed under.
  var name: String?
  var isNumber: Bool
  /// May be cut to fit a terminal.
  var isFreeText: Bool
  var width: Int
  private var leadWidth = 0
  private var tailWidth = 0
  /// Nothing but nulls so far.
  var isEmpty = true
  /// A column of nothing but noughts counts as empty.
  var hidesZero = false

  enum Content: Equatable {
    case value(Int)
    case interval(low: Int, high: Int)
    case change(probability: Int, from: Int, to: Int)
  }

  init(title: String, content: Content, name: String? = nil, isNumber: Bool, isFreeText: Bool = false) {
    self.title = ScreenText.harmless(title)
    self.content = content
    self.name = name
    self.isNumber = isNumber
    self.isFreeText = isFreeText
    width = DisplayWidth.of(self.title)
  }

  /// Whether a cell is worth showing the column for.
  func isTelling(_ cell: TableCell?) -> Bool {
    guard let cell else { return false }
    return !(hidesZero && cell.text == "0")
  }

  mutating func widen(for cell: TableCell) {
    let tail = DisplayWidth.of(cell.tail)
    if tail > 0 {
      leadWidth = max(leadWidth, DisplayWidth.of(cell.text))
      tailWidth = max(tailWidth, tail)
      width = max(width, leadWidth + tailWidth)
    } else {
      width = max(width, DisplayWidth.of(cell.text))
    }
  }

  func text(of cell: TableCell) -> String {
    let whole = cell.tail.isEmpty ? cell.text : cell.text + DisplayWidth.padded(cell.tail, to: tailWidth, right: true)
    let fitting = isFreeText ? DisplayWidth.cut(whole, to: width) : whole
    return DisplayWidth.padded(fitting, to: width, right: isNumber)
  }
}
