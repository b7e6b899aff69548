import Runs

/// A report as a spreadsheet of Excel: numbers are numbers, times are times in the ledger's zone, and text is text.
///
/// The rows stand on the first sheet, those of sections on further ones, and what they are of on the last. A sheet that is
/// full goes on on another. However many rows there are, no more than one is kept in memory.
package struct XLSXWriter: RowWriter {
  /// A sheet has 1,048,576 rows; some are left for the heading and for totals in many currencies.
  static let rowsPerSheet = 1_048_000
  /// 1980-01-01, the oldest time that a packed file has: of what says nothing of a time.
  private static let noTime = 315_532_800

  private let output: Output
  private let rowsPerSheet: Int
  private var workbook: Workbook?
  private var names = SheetNames()
  private var page: ReportHead?
  private var table: SheetTable?
  private var parts: [AboutSheet.Part] = []

  package init(to output: Output) {
    self.init(to: output, rowsPerSheet: XLSXWriter.rowsPerSheet)
  }

  init(to output: Output, rowsPerSheet: Int) {
    self.output = output
    self.rowsPerSheet = rowsPerSheet
  }

  package var takesSections: Bool { true }
  /// The cells have the exact amounts, and show as many digits as were asked for: so they add up to the total.
  package var roundsItself: Bool { true }

  package mutating func begin(_ head: ReportHead) throws {
    if page == nil {
      page = head
      let workbook = try Workbook()
      try workbook.describe(
        title: SheetText(head.title).string, subject: head.name, comments: head.generator,
        made: head.asOf.map { Int(LocalDay.floorDiv($0.milliseconds, 1000)) } ?? XLSXWriter.noTime)
      self.workbook = workbook
    }
    guard let workbook else { return }
    table = try SheetTable(head, in: workbook, &names, rowsPerSheet: rowsPerSheet)
  }

  package mutating func row(_ values: [Value]) throws {
    try table?.add(values, &names)
  }

  package mutating func end(_ summary: ReportSummary) throws {
    guard let page, let workbook, let table else { return }
    try table.end(summary.totals, areOfRows: summary.rowsNotShown == 0)
    parts.append(
      AboutSheet.Part(head: table.head, sheets: table.sheetNames, summary: summary, cutTexts: table.cutTexts))
    self.table = nil
    guard parts.count == page.sections.count + 1 else { return }
    try AboutSheet(page: page, parts: parts).write(workbook.addSheet(names.name(for: "About")), in: workbook)
    try workbook.finish(to: output)
    self.workbook = nil
  }
}
