/// A table as aligned lines, as wide as the terminal where there is one.
struct ScreenTable: TableRendering {
  private let output: Output
  private let options: WriterOptions
  private var columns: [ScreenColumn] = []
  private var gap = "   "

  init(to output: Output, options: WriterOptions) {
    self.output = output
    self.options = options
  }

  mutating func begin(_ columns: [TableColumn], rows: [[TableCell?]], totals: [[TableCell?]]) throws {
    self.columns = columns.map(ScreenColumn.init)
    for cells in rows {
      for (index, cell) in cells.enumerated() { self.columns[index].widen(for: cell ?? self.columns[index].null) }
    }
    for cells in totals {
      for (index, cell) in cells.enumerated() {
        if let cell { self.columns[index].widen(for: cell) }
      }
    }
    fit()
    try writeLine(columns.map { TableCell(text: $0.title) }, isBold: true)
  }

  mutating func row(_ cells: [TableCell?]) throws {
    try writeLine(zip(cells, columns).map { $0 ?? $1.null })
  }

  mutating func end(totals: [[TableCell?]], leftOut: String?, missed: [String]) throws {
    for cells in totals { try writeLine(cells.map { $0 ?? .empty }, isBold: true) }
    if let leftOut { try output.append("\n\(leftOut)\n") }
    guard !missed.isEmpty else { return }
    let names = missed.joined(separator: ", ")
    try output.append("\nnot shown, because they begin after row \(TableLayout.heldBack): \(names)\n")
  }

  /// Narrows gaps and then free texts until a line fits the terminal, as far as they can be narrowed.
  private mutating func fit() {
    guard let width = options.width else { return }
    let least = 12
    func excess() -> Int {
      columns.reduce(0) { $0 + $1.width } + gap.utf8.count * max(0, columns.count - 1) - width
    }
    if excess() > 0 { gap = "  " }
    while excess() > 0 {
      let widest = columns.indices.filter { columns[$0].isFreeText }.max { columns[$0].width < columns[$1].width }
      guard let widest, columns[widest].width > least else { break }
      columns[widest].width -= 1
    }
  }

  private func writeLine(_ cells: [TableCell], isBold: Bool = false) throws {
    var line = zip(columns, cells).map { $0.text(of: $1) }.joined(separator: gap)
    while line.last == " " { line.removeLast() }
    try output.append((isBold ? options.bold(line) : line) + "\n")
  }
}

extension WriterOptions {
  func bold(_ text: String) -> String {
    color ? "\u{1B}[1m" + text + "\u{1B}[0m" : text
  }
}
