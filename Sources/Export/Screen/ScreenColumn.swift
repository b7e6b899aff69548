/// A column of a table on a screen, and how wide it has become.
struct ScreenColumn {
  var width: Int
  /// May be cut to fit a terminal.
  let isFreeText: Bool
  private let isNumber: Bool
  private let missing: String?
  private var leadWidth = 0
  private var tailWidth = 0

  init(_ column: TableColumn) {
    width = DisplayWidth.of(column.title)
    isFreeText = column.source?.type == .text
    isNumber = column.isNumber
    missing = column.missing
  }

  /// A number that is missing is told from one that is nought; in other columns nothing says it best.
  var null: TableCell { missing.map { TableCell(text: $0) } ?? (isNumber ? .missing : .empty) }

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
