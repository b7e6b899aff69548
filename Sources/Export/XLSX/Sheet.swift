import CXLSXWriter

/// One sheet of a ``Workbook``, whose rows are written from the first one to the last.
struct Sheet {
  private let sheet: UnsafeMutablePointer<lxw_worksheet>

  init(_ sheet: UnsafeMutablePointer<lxw_worksheet>) {
    self.sheet = sheet
  }

  func write(_ cell: SheetCell, row: Int, column: Int, _ format: Workbook.Format?) throws {
    let (line, place) = (lxw_row_t(row), lxw_col_t(column))
    let result =
      switch cell {
      case .empty: LXW_NO_ERROR
      case .number(let number): worksheet_write_number(sheet, line, place, number, format)
      case .flag(let isSet): worksheet_write_boolean(sheet, line, place, isSet ? 1 : 0, format)
      case .text(let text): worksheet_write_string(sheet, line, place, text.string, format)
      case .sum(let formula, let value): worksheet_write_formula_num(sheet, line, place, formula, format, value)
      }
    try Workbook.check(result, "row \(row + 1)")
  }

  func setWidth(_ width: Double, column: Int) throws {
    let place = lxw_col_t(column)
    try Workbook.check(worksheet_set_column(sheet, place, place, width, nil), "column \(column + 1)")
  }

  /// The first row stays in view and on every printed page, and the rows below it can be filtered.
  func keepHeading(columns: Int, rows: Int) throws {
    worksheet_freeze_panes(sheet, 1, 0)
    try Workbook.check(worksheet_repeat_rows(sheet, 0, 0), "its heading")
    guard columns > 0 else { return }
    try Workbook.check(
      worksheet_autofilter(sheet, 0, 0, lxw_row_t(rows), lxw_col_t(columns - 1)), "its filter")
  }

  /// As wide as a page, on as many as it takes.
  func fitToPages(isLandscape: Bool) {
    if isLandscape { worksheet_set_landscape(sheet) }
    worksheet_set_paper(sheet, 9)  // A4
    worksheet_fit_to_pages(sheet, 1, 0)
  }
}

/// What a cell holds.
enum SheetCell: Equatable {
  case empty
  case number(Double)
  case flag(Bool)
  case text(SheetText)
  /// A formula, and what it comes to for those who do not work it out.
  case sum(String, Double)

  static func text(_ text: String) -> SheetCell { .text(SheetText(text)) }
}
