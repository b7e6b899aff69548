import Runs

/// A table of a page, whose decimal points stand in line.
///
/// The first column names the rows and stays in view. On a phone each row is a card, so every cell must know what it is
/// called: the names stand once, as properties of the table, and the style puts them before the cells.
struct HTMLTable: TableRendering {
  /// More columns than this are printed across the long side of the paper.
  private static let mostUpright = 7

  /// The element that names it, and what it is called aloud.
  let id: String
  let title: String
  let output: MarkupOutput<HTMLText>
  private var columns: [TableColumn] = []
  /// The most decimals of each column of money; nil for other columns.
  private var decimals: [Int?] = []

  init(id: String, title: String, to output: MarkupOutput<HTMLText>) {
    self.id = id
    self.title = title
    self.output = output
  }

  mutating func begin(_ columns: [TableColumn], rows: [[TableCell?]], totals: [[TableCell?]]) throws {
    self.columns = columns
    decimals = columns.indices.map { index in
      switch columns[index].source?.type {
      case .money, .price: (rows + totals).compactMap { $0[index].flatMap { fraction($0.text) } }.max()
      default: nil
      }
    }
    let labels = columns.enumerated().map { "--l\($0 + 1):\(CSSText.quoted($1.title))" }.joined(separator: ";")
    let width: HTML = columns.count > HTMLTable.mostUpright ? "scroll wide" : "scroll"
    try output.append(
      """
      <div class="\(width)" tabindex="0" role="region" aria-label="Table: \(title)">
      <table aria-labelledby="\(id)" style="\(labels)">
      <thead><tr>
      """)
    for column in columns { try output.append("<th scope=\"col\"\(className(column))>\(column.title)</th>") }
    try output.append("</tr></thead>\n<tbody>\n")
  }

  mutating func row(_ cells: [TableCell?]) throws {
    try output.append(line(cells) { .missing($0.missing) })
  }

  mutating func end(totals: [[TableCell?]], leftOut: String?, missed: [String]) throws {
    try output.append("</tbody>\n")
    if !totals.isEmpty {
      let lines = totals.map { line($0) { _ in "" } }
      try output.append("<tfoot>\n\(lines.joined())</tfoot>\n")
    }
    try output.append("</table></div>\n")
    if let leftOut { try output.append("<p class=\"note\">\(leftOut)</p>\n") }
    guard !missed.isEmpty else { return }
    let names = missed.joined(separator: ", ")
    try output.append(
      "<p class=\"note\">Not shown, because they begin after row \(TableLayout.heldBack): \(names)</p>\n")
  }

  /// The text of a cell, with a sign and a colour where it means something good or bad.
  static func html(_ cell: TableCell) -> HTML {
    var text = HTML(cell.text + cell.tail)
    if let link = cell.link { text = "<a href=\"\(link)\">\(text)</a>" }
    guard let mark = cell.mark else { return text }
    return "<span class=\"\(mark.tone.rawValue)\"><b aria-hidden=\"true\">\(mark.sign)</b> \(text)</span>"
  }

  private func line(_ cells: [TableCell?], missing: (TableColumn) -> HTML) -> HTML {
    var html: HTML = "<tr>"
    for (index, cell) in cells.enumerated() {
      let column = columns[index]
      let text = cell.map(HTMLTable.html) ?? missing(column)
      let exact = cell?.exact.map { " title=\"\($0)\"" as HTML } ?? ""
      let look = className(column, room(cell, index))
      // What counts is no name.
      if index == 0, !column.isNumber, text != "" {
        html += "<th scope=\"row\"\(look)\(exact)>\(text)</th>"
      } else {
        html += text == "" ? "<td class=\"none\"></td>" : "<td\(look)\(exact)>\(text)</td>"
      }
    }
    return html + "</tr>\n"
  }

  /// - Parameter room: how many digits stand between this number and the right edge of the longest one.
  private func className(_ column: TableColumn, _ room: String? = nil) -> HTML {
    if column.isNumber { return room.map { " class=\"number\" style=\"--room:\($0)\"" } ?? " class=\"number\"" }
    let isText = column.source.map { $0.type == .text || $0.type == .any } ?? false
    return isText ? " class=\"text\"" : ""
  }

  /// Amounts have as many decimals as they need: what is missing to the right is left blank. A decimal point is half as
  /// wide as a digit.
  private func room(_ cell: TableCell?, _ index: Int) -> String? {
    guard let most = decimals[index], let cell, let own = fraction(cell.text), own < most else { return nil }
    return "\(most - own)" + (own == 0 ? ".5" : "")
  }

  /// How many decimals a bare number has; nil for anything else, such as an amount with its currency.
  private func fraction(_ text: String) -> Int? {
    guard text.utf8.allSatisfy({ (0x2C...0x39).contains($0) }) else { return nil }
    return text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
  }
}
