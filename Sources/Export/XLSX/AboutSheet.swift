import Runs

/// The last sheet: what the others are of, how complete they are, and what their columns mean.
struct AboutSheet {
  /// A report that was written, and the sheets that it is on.
  struct Part {
    var head: ReportHead
    var sheets: [String]
    var summary: ReportSummary
    var cutTexts: Int
  }

  let page: ReportHead
  let parts: [Part]

  func write(_ sheet: Sheet, in workbook: Workbook) throws {
    let text = workbook.format(CellStyle(number: "@", wraps: true))
    let heading = workbook.format(CellStyle(role: .heading))
    for (column, width) in [24.0, 60, 24, 12, 12, 80].enumerated() { try sheet.setWidth(width, column: column) }
    sheet.fitToPages(isLandscape: true)
    var row = 0
    for (name, value) in try facts() {
      try sheet.write(.text(name), row: row, column: 0, heading)
      try sheet.write(value, row: row, column: 1, text)
      row += 1
    }
    row += 1
    for (index, title) in ["sheet", "column", "title", "type", "unit", "description"].enumerated() {
      try sheet.write(.text(title), row: row, column: index, heading)
    }
    for part in parts {
      for line in AboutSheet.lines(part) {
        row += 1
        for (index, cell) in line.enumerated() where !cell.isEmpty {
          try sheet.write(.text(cell), row: row, column: index, text)
        }
      }
    }
  }

  private func facts() throws -> [(String, SheetCell)] {
    var facts: [(String, SheetCell)] = []
    func add(_ name: String, _ text: String?) {
      if let text, !text.isEmpty { facts.append((name, .text(text))) }
    }
    add("report", page.title)
    add("question", page.question)
    if let period = page.period {
      add("from", period.beginning)
      add("to, not included", period.end)
    }
    add("time zone", page.zone.name)
    add("state", page.state.map(\.rawValue))
    for choice in page.choices { add(choice.name, choice.text) }
    add("as of", page.asOf.map { page.zone.wallClock(at: $0) })
    let coverage = parts.first?.summary.coverage
    if let coverage, !coverage.allNotes.isEmpty { add("complete", coverage.isComplete ? "yes" : "NO") }
    for note in coverage?.allNotes ?? [] { add("note", note) }
    for part in parts {
      let name = parts.count > 1 ? part.sheets[0] : "rows"
      let rows = part.summary.rows == 0 ? part.head.nothing : part.summary.rows.grouped
      add(name, parts.count > 1 ? [part.head.title(on: page), rows].joined(separator: ": ") : rows)
      let leftOut = TableTotals(part.summary.totals, layout: try TableLayout(part.head)).leftOut
      add("not in the totals", leftOut)
    }
    let cut = parts.map(\.cutTexts).reduce(0, +)
    if cut > 0 {
      add(
        "cut", "\(cut.countedInGroups("text")) of more than \(SheetText.limit.grouped) characters, which no cell takes")
    }
    add("schema version", String(page.schemaVersion))
    add("made by", page.generator)
    return facts
  }

  private static func lines(_ part: Part) -> [[String]] {
    part.head.columns.flatMap { column in
      let isTime = column.type == .instant
      let zone = isTime ? "in " + part.head.zone.name : ""
      let line = [
        part.sheets[0], column.name, column.title, column.type.rawValue, column.unit ?? zone, column.description,
      ]
      guard column.type.isExact else { return [line] }
      let exact = [
        part.sheets[0], SheetColumn.exactName(column.name), column.title, "text", column.unit ?? "",
        "\(column.name) to its last digit: a number of a spreadsheet keeps 15.",
      ]
      return [line, exact]
    }
  }
}
