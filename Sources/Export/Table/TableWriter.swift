import Runs

/// A report for people: a line that says what it is, aligned columns, and totals.
///
/// The first rows are held back to find the widths and the columns that have nothing in them; all later rows are
/// written as they come, with those widths. What the report could not know is said elsewhere.
package struct TableWriter: RowWriter {
  static let heldBack = 1000
  private static let totalLabel = TableCell(text: "total")

  private let output: Output
  private let options: WriterOptions
  private var layout: TableLayout?
  /// What stands in place of the rows when there are none.
  private var nothing = ""
  private var held: [[TableCell?]] = []
  /// The columns that are shown, once that is decided, with their widths; indices are those of the layout.
  private var shown: [(index: Int, column: TableColumn)]?
  private var gap = "   "
  /// Columns left out because they looked empty, and were not.
  private var missed: Set<Int> = []

  package init(to output: Output, options: WriterOptions = WriterOptions()) {
    self.output = output
    self.options = options
  }

  package mutating func begin(_ head: ReportHead) throws {
    layout = try TableLayout(head)
    nothing = head.nothing
    // What a row speaks of stands in its columns; the title names what was narrowed down.
    let narrowing: Set = ["source", "runner", "outcome"]
    var parts = [head.title] + head.filters.filter { narrowing.contains($0.name) }.map(\.value)
    if let period = head.period { parts.append("\(period.from) to \(period.to), \(period.timeZone)") }
    try output.append(bold(ScreenText.harmless(parts.joined(separator: " · "))) + "\n\n")
  }

  package mutating func row(_ values: [Value]) throws {
    guard let cells = layout?.cells(values) else { return }
    if shown == nil {
      held.append(cells)
      if held.count == TableWriter.heldBack { try writeHeld(totals: []) }
    } else {
      try write(cells)
    }
  }

  package mutating func end(_ summary: ReportSummary) throws {
    guard let layout else { return }
    if shown == nil, held.isEmpty {
      return try output.append(ScreenText.harmless(nothing) + "\n\n")
    }
    let totals = TableTotals(summary.totals, layout: layout).lines
    if shown == nil { try writeHeld(totals: totals) }
    for (index, line) in totals.enumerated() { try writeTotal(line, isFirst: index == 0) }
    let names = missed.sorted().map { layout.columns[$0].title }
    if !names.isEmpty {
      try output.append("\nnot shown, because they begin after row \(TableWriter.heldBack): ")
      try output.append(names.joined(separator: ", ") + "\n")
    }
    try output.append("\n")
  }

  /// Decides widths and columns by what was held back, and lets it go.
  private mutating func writeHeld(totals: [[TableCell?]]) throws {
    guard let layout else { return }
    var columns = layout.columns
    for cells in held + totals {
      for (index, cell) in cells.enumerated() {
        guard let cell else { continue }
        if columns[index].isTelling(cell) { columns[index].isEmpty = false }
        columns[index].widen(for: cell)
      }
    }
    var kept = columns.enumerated().filter { !$1.isEmpty }.map { (index: $0, column: $1) }
    if !totals.isEmpty, !kept.isEmpty { kept[0].column.widen(for: TableWriter.totalLabel) }
    shown = fitted(kept)
    try writeLine(shown.map { $0.map { $0.column.text(of: TableCell(text: $0.column.title)) } } ?? [], isBold: true)
    let rows = held
    held = []
    for cells in rows { try write(cells) }
  }

  /// Narrows gaps and then free texts until a line fits the terminal, as far as they can be narrowed.
  private mutating func fitted(_ columns: [(index: Int, column: TableColumn)]) -> [(index: Int, column: TableColumn)] {
    guard let width = options.width else { return columns }
    let least = 12
    var columns = columns
    func excess(_ gap: Int) -> Int {
      columns.reduce(0) { $0 + $1.column.width } + gap * max(0, columns.count - 1) - width
    }
    if excess(gap.utf8.count) > 0 { gap = "  " }
    while excess(gap.utf8.count) > 0 {
      let widest = columns.indices.filter { columns[$0].column.isFreeText }
        .max { columns[$0].column.width < columns[$1].column.width }
      guard let widest, columns[widest].column.width > least else { break }
      columns[widest].column.width -= 1
    }
    return columns
  }

  private mutating func write(_ cells: [TableCell?]) throws {
    guard let shown else { return }
    try writeLine(shown.map { $0.column.text(of: cells[$0.index] ?? $0.column.null) })
    guard shown.count < cells.count, let columns = layout?.columns else { return }
    for index in cells.indices where columns[index].isTelling(cells[index]) && !missed.contains(index) {
      if !shown.contains(where: { $0.index == index }) { missed.insert(index) }
    }
  }

  /// The first column says what the line is, unless it has a total of its own.
  private func writeTotal(_ cells: [TableCell?], isFirst: Bool) throws {
    guard let shown else { return }
    var cells = cells
    if isFirst, let first = shown.first, cells[first.index] == nil { cells[first.index] = TableWriter.totalLabel }
    try writeLine(shown.map { $0.column.text(of: cells[$0.index] ?? .empty) }, isBold: true)
  }

  private func writeLine(_ cells: [String], isBold: Bool = false) throws {
    var line = cells.joined(separator: gap)
    while line.last == " " { line.removeLast() }
    try output.append((isBold ? bold(line) : line) + "\n")
  }

  private func bold(_ text: String) -> String {
    options.color ? "\u{1B}[1m" + text + "\u{1B}[0m" : text
  }
}

extension TableColumn {
  /// A number that is missing is told from one that is nought; in other columns nothing says it best.
  fileprivate var null: TableCell { isNumber ? TableCell(text: "–") : .empty }
}
