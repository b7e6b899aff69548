import Runs

/// A table of GitHub-flavoured Markdown, whose lines are written up to a limit.
struct MarkdownTable: TableRendering {
  private let output: MarkupOutput<MarkdownText>
  /// Bytes; rows beyond them are left out and counted.
  private let limit: Int
  private var columns: [TableColumn] = []
  private var bytes = 0
  private var rowsLeftOut = 0

  init(to output: MarkupOutput<MarkdownText>, limit: Int) {
    self.output = output
    self.limit = limit
  }

  mutating func begin(_ columns: [TableColumn], rows: [[TableCell?]], totals: [[TableCell?]]) throws {
    self.columns = columns
    let heading = MarkdownTable.heading(columns.map { (title: $0.title, isNumber: $0.isNumber) })
    bytes += heading.source.utf8.count
    try output.append(heading)
  }

  mutating func row(_ cells: [TableCell?]) throws {
    let line = MarkdownTable.line(
      zip(cells, columns).map { cell, column in
        cell.map(text) ?? column.missing.map { Markdown($0) } ?? (column.isNumber ? "–" : "")
      })
    guard rowsLeftOut == 0, bytes + line.source.utf8.count <= limit else {
      rowsLeftOut += 1
      return
    }
    bytes += line.source.utf8.count
    try output.append(line)
  }

  mutating func end(totals: [[TableCell?]], leftOut: String?, missed: [String]) throws {
    for cells in totals { try output.append(MarkdownTable.line(cells.map { $0.map { "**\(text($0))**" } ?? "" })) }
    if let leftOut { try output.append("\n\(leftOut).\n") }
    guard rowsLeftOut > 0 else { return }
    let count = rowsLeftOut.grouped
    try output.append("\n\(count) more rows were left out to stay below the size limit.\n")
  }

  private func text(_ cell: TableCell) -> Markdown { Markdown(cell.text + cell.tail) }
}

extension MarkdownTable {
  /// The two lines that every table begins with.
  static func heading(_ columns: [(title: String, isNumber: Bool)]) -> Markdown {
    line(columns.map { Markdown($0.title) }) + line(columns.map { $0.isNumber ? "--:" : ":--" })
  }

  static func line(_ cells: [Markdown]) -> Markdown {
    "| \(cells.joined(separator: " | ")) |\n"
  }
}
