import Runs

/// The rows of a report as a table of a page, with the texts and the columns of the table on a screen.
///
/// Like that one it holds the first rows back, to leave out columns that have nothing in them and to align decimal
/// points, and writes all later rows as they come.
struct HTMLTable {
  static let heldBack = 1000

  private var layout: TableLayout
  private let types: [String: ColumnType]
  private var held: [[TableCell?]] = []
  /// The columns that are shown, once that is decided; indices are those of the layout.
  private var shown: [(index: Int, column: TableColumn)]?
  /// The most decimals of a column of money.
  private var decimals: [Int: Int] = [:]
  /// Columns left out because they looked empty, and were not.
  private var missed: Set<Int> = []

  init(_ head: ReportHead) throws {
    layout = try TableLayout(head)
    types = Dictionary(head.columns.map { ($0.name, $0.type) }) { first, _ in first }
  }

  /// Too much was held back: the table is to be begun.
  var isFull: Bool { shown == nil && held.count >= HTMLTable.heldBack }
  var hasBegun: Bool { shown != nil }
  var isEmpty: Bool { shown == nil && held.isEmpty }
  var heldRows: Int { held.count }

  mutating func add(_ values: [Value], to output: Output) throws {
    let cells = layout.cells(values)
    guard let shown else { return held.append(cells) }
    try output.append(row(cells, shown))
    guard shown.count < cells.count else { return }
    for index in cells.indices where layout.columns[index].isTelling(cells[index]) && !missed.contains(index) {
      if !shown.contains(where: { $0.index == index }) { missed.insert(index) }
    }
  }

  mutating func begin(named id: String, title: String, totals: [ReportTotal] = [], to output: Output) throws {
    let lines = TableTotals(totals, layout: layout).lines
    var columns = layout.columns
    for cells in held + lines {
      for (index, cell) in cells.enumerated() where columns[index].isTelling(cell) { columns[index].isEmpty = false }
    }
    let kept = columns.enumerated().filter { !$1.isEmpty }.map { (index: $0, column: $1) }
    for (index, column) in kept where isMoney(column) {
      decimals[index] = (held + lines).compactMap { $0[index].flatMap { fraction($0.text) } }.max()
    }
    shown = kept
    try output.append(
      """
      <div class="scroll" tabindex="0" role="region" aria-label="\(HTMLText.escaped("Table: " + title))">
      <table aria-labelledby="\(id)">
      <thead><tr>
      """)
    for (_, column) in kept {
      try output.append("<th scope=\"col\"\(className(column))>\(HTMLText.escaped(column.title))</th>")
    }
    try output.append("</tr></thead>\n<tbody>\n")
    for cells in held { try output.append(row(cells, kept)) }
    held = []
  }

  /// The totals, and what was left out.
  func end(_ totals: [ReportTotal], to output: Output) throws {
    guard let shown else { return }
    try output.append("</tbody>\n")
    let lines = TableTotals(totals, layout: layout).lines
    if !lines.isEmpty { try output.append("<tfoot>\n") }
    for (number, line) in lines.enumerated() {
      var cells = line
      if number == 0, let first = shown.first, cells[first.index] == nil {
        cells[first.index] = TableCell(text: "total")
      }
      let texts = shown.map { index, column in
        "<td\(className(column, room(cells[index], index)))>\(cells[index].map(text) ?? "")</td>"
      }
      try output.append("<tr>\(texts.joined())</tr>\n")
    }
    if !lines.isEmpty { try output.append("</tfoot>\n") }
    try output.append("</table></div>\n")
    let names = missed.sorted().map { layout.columns[$0].title }.joined(separator: ", ")
    if !names.isEmpty {
      let note = "Not shown, because they begin after row \(HTMLTable.heldBack): \(names)"
      try output.append("<p class=\"note\">\(HTMLText.escaped(note))</p>\n")
    }
  }

  private func row(_ cells: [TableCell?], _ shown: [(index: Int, column: TableColumn)]) -> String {
    var html = "<tr>"
    for (index, column) in shown {
      html += "<td\(className(column, room(cells[index], index)))>"
      html += cells[index].map(text) ?? HTMLText.missing
      html += "</td>"
    }
    return html + "</tr>\n"
  }

  private func text(_ cell: TableCell) -> String { HTMLText.escaped(cell.text + cell.tail) }

  /// `room` is how many digits stand between this number and the right edge of the longest one.
  private func className(_ column: TableColumn, _ room: String? = nil) -> String {
    if column.isNumber { return " class=\"number\"" + (room.map { " style=\"--room:\($0)\"" } ?? "") }
    let isText = column.isFreeText || column.name.flatMap { types[$0] } == .any
    return isText ? " class=\"text\"" : ""
  }

  /// Amounts are exact, so they have as many decimals as they have: what is missing to the right is left blank. A
  /// decimal point is half as wide as a digit.
  private func room(_ cell: TableCell?, _ index: Int) -> String? {
    guard let most = decimals[index], let cell, let own = fraction(cell.text), own < most else { return nil }
    return "\(most - own)" + (own == 0 ? ".5" : "")
  }

  private func isMoney(_ column: TableColumn) -> Bool {
    column.name.flatMap { types[$0] }.map { $0 == .money || $0 == .price } ?? false
  }

  /// How many decimals a bare number has; nil for anything else, such as an amount with its currency.
  private func fraction(_ text: String) -> Int? {
    guard text.utf8.allSatisfy({ (0x2C...0x39).contains($0) }) else { return nil }
    return text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
  }
}
