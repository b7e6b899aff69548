import Runs

/// The rows of one report on a sheet, or on as many as they take: a heading, the rows, and below a free line the totals.
struct SheetTable {
  let head: ReportHead
  private let workbook: Workbook
  private let columns: [SheetColumn]
  private let formats: [Workbook.Format?]
  private let textFormat: Workbook.Format?
  private let rowsPerSheet: Int
  private var parts: [Part] = []
  /// How many texts were longer than a cell.
  private(set) var cutTexts = 0

  private struct Part {
    var sheet: Sheet
    var name: String
    var rows = 0
  }

  /// - Parameter rowsPerSheet: the rest of a sheet is left to the heading and the totals.
  init(_ head: ReportHead, in workbook: Workbook, _ names: inout SheetNames, rowsPerSheet: Int) throws {
    self.head = head
    self.workbook = workbook
    self.rowsPerSheet = rowsPerSheet
    columns = SheetColumn.all(of: head)
    formats = columns.map { workbook.format(CellStyle(number: $0.numberFormat)) }
    textFormat = workbook.format(.text)
    try begin(&names)
  }

  var sheetNames: [String] { parts.map(\.name) }

  mutating func add(_ values: [Value], _ names: inout SheetNames) throws {
    if parts[parts.count - 1].rows == rowsPerSheet { try begin(&names) }
    parts[parts.count - 1].rows += 1
    let part = parts[parts.count - 1]
    for (index, column) in columns.enumerated() {
      try write(column.cell(values[index]), part.sheet, row: part.rows, column.place, formats[index])
      if let place = column.exactPlace {
        try write(column.exactCell(values[index]), part.sheet, row: part.rows, place, textFormat)
      }
    }
  }

  private mutating func write(
    _ cell: SheetCell, _ sheet: Sheet, row: Int, _ place: Int, _ format: Workbook.Format?
  ) throws {
    guard case .text(let text) = cell else { return try sheet.write(cell, row: row, column: place, format) }
    if text.isCut { cutTexts += 1 }
    try sheet.write(cell, row: row, column: place, textFormat)
  }

  private mutating func begin(_ names: inout SheetNames) throws {
    let name = names.name(for: head.title)
    let sheet = try workbook.addSheet(name)
    let heading = workbook.format(CellStyle(role: .heading))
    for column in columns {
      try sheet.write(.text(column.column.name), row: 0, column: column.place, heading)
      try sheet.setWidth(column.width, column: column.place)
      guard let place = column.exactPlace else { continue }
      let exactName = SheetColumn.exactName(column.column.name)
      try sheet.write(.text(exactName), row: 0, column: place, heading)
      try sheet.setWidth(max(24, Double(exactName.count) + 4), column: place)
    }
    sheet.fitToPages(isLandscape: columns.count > 6)
    parts.append(Part(sheet: sheet, name: name))
  }

  /// Writes the totals as formulas that follow the rows, each with the exact total as what it comes to.
  ///
  /// - Parameter areOfRows: otherwise they are also of rows that are not shown, and plain numbers.
  func end(_ totals: [ReportTotal], areOfRows: Bool = true) throws {
    let width = columns.last.map { ($0.exactPlace ?? $0.place) + 1 } ?? 0
    for part in parts { try part.sheet.keepHeading(columns: width, rows: part.rows) }
    guard let last = parts.last, last.rows > 0 else { return }
    let sums = SheetSums(columns: columns, parts: parts.map { ($0.name, $0.rows) }, areFormulas: areOfRows)
    for (index, line) in sums.lines(totals).enumerated() {
      for (place, cell) in line.cells {
        let number = line.formats[place] ?? "@"
        try last.sheet.write(
          cell, row: last.rows + 2 + index, column: place,
          workbook.format(CellStyle(role: .total, number: number)))
      }
    }
  }
}
