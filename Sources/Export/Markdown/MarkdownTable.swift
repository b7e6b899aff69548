import Runs

/// Rows as a table of GitHub-flavoured Markdown, with the columns that have something in them.
///
/// The first rows are held back to find these columns; all later ones are written as they come, up to a limit.
struct MarkdownTable {
  /// Rows that are looked at to find the columns that have nothing in them.
  private static let heldBack = 1000

  /// Bytes; rows beyond them are left out and counted.
  private let limit: Int
  private let layout: TableLayout
  private var held: [[TableCell?]] = []
  /// The columns that are shown, once that is decided.
  private var shown: [Int]?
  private var bytes = 0
  private var leftOut = 0

  init(_ head: ReportHead, limit: Int) throws {
    layout = try TableLayout(head)
    self.limit = limit
  }

  mutating func add(_ values: [Value], to output: Output) throws {
    let cells = layout.cells(values)
    if shown == nil {
      held.append(cells)
      if held.count == MarkdownTable.heldBack { try writeHeld(totals: [], to: output) }
    } else {
      try write(cells, to: output)
    }
  }

  mutating func end(_ totals: [ReportTotal], to output: Output) throws {
    let totals = TableTotals(totals, layout: layout).lines
    if shown == nil { try writeHeld(totals: totals, to: output) }
    for (index, line) in totals.enumerated() { try output.append(total(line, isFirst: index == 0)) }
    guard leftOut > 0 else { return }
    try output.append(
      "\n\(ScreenText.grouped(String(leftOut))) more rows were left out to stay below the size limit.\n")
  }

  private mutating func writeHeld(totals: [[TableCell?]], to output: Output) throws {
    let kept = layout.columns.indices.filter { index in
      (held + totals).contains { layout.columns[index].isTelling($0[index]) }
    }
    shown = kept
    let heading = MarkdownTable.heading(
      kept.map { (title: layout.columns[$0].title, isNumber: layout.columns[$0].isNumber) })
    bytes += heading.utf8.count
    try output.append(heading)
    let rows = held
    held = []
    for cells in rows { try write(cells, to: output) }
  }

  private mutating func write(_ cells: [TableCell?], to output: Output) throws {
    guard let shown else { return }
    let line = MarkdownTable.line(shown.map { text(cells[$0], isNumber: layout.columns[$0].isNumber) })
    guard leftOut == 0, bytes + line.utf8.count <= limit else {
      leftOut += 1
      return
    }
    bytes += line.utf8.count
    try output.append(line)
  }

  private func total(_ cells: [TableCell?], isFirst: Bool) -> String {
    MarkdownTable.line(
      (shown ?? []).enumerated().map { position, index in
        if let cell = cells[index] { return "**\(text(cell, isNumber: true))**" }
        return isFirst && position == 0 ? "**total**" : ""
      })
  }

  private func text(_ cell: TableCell?, isNumber: Bool) -> String {
    guard let cell else { return isNumber ? "–" : "" }
    return MarkdownText.escaped(cell.text + cell.tail)
  }
}

extension MarkdownTable {
  /// The two lines that every table begins with.
  static func heading(_ columns: [(title: String, isNumber: Bool)]) -> String {
    line(columns.map { MarkdownText.escaped($0.title) }) + line(columns.map { $0.isNumber ? "--:" : ":--" })
  }

  static func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |\n"
  }
}
