import Runs

/// Numbers that stand for themselves, in large letters, each with what it is to be read against.
struct FigureCollector {
  /// A row is a currency or something alike: more of them are left to the table.
  static let mostRows = 6

  private let figures: [Chart.Figure]
  private let columns: [Column]
  private var rows: [[Value]] = []
  private(set) var isCut = false

  init(_ figures: [Chart.Figure], columns: [Column]) {
    self.figures = figures
    self.columns = columns
  }

  mutating func add(_ values: [Value]) {
    guard rows.count < FigureCollector.mostRows else {
      isCut = true
      return
    }
    rows.append(values)
  }

  func html(title: String, id: String) -> String {
    var html = ""
    for (index, row) in rows.enumerated() {
      let currency = currency(row)
      let heading = rows.count > 1 ? "\(title), \(currency ?? "row \(index + 1)")" : title
      html += "<h2 id=\"\(id)-\(index)\">\(HTMLText.escaped(heading))</h2>\n<dl class=\"figures\">\n"
      for figure in figures { html += card(figure, row, currency) }
      html += "</dl>\n"
    }
    if isCut { html += "<p class=\"note\">More are in the table.</p>\n" }
    return html
  }

  private func card(_ figure: Chart.Figure, _ row: [Value], _ currency: String?) -> String {
    guard let index = columns.firstIndex(where: { $0.name == figure.value }) else { return "" }
    let value = row[index]
    let isNothing = [.null, .integer(0), .real(0), .text("0")].contains(value)
    if figure.hidesZero, isNothing { return "" }
    var html =
      "<div><dt>\(HTMLText.escaped(figure.title))</dt><dd class=\"value\">\(large(value, columns[index], currency))</dd>"
    for note in figure.notes {
      if let note = filled(note, row, currency) { html += "<dd class=\"note\">\(HTMLText.escaped(note))</dd>" }
    }
    return html + "</div>\n"
  }

  /// The value in large letters. Amounts are exact to the last digit, so the digits that nobody needs at a glance are
  /// small: those beyond the second decimal and the third that counts.
  private func large(_ value: Value, _ column: Column, _ currency: String?) -> String {
    guard value != .null else { return HTMLText.missing }
    let text = column.chartText(value, currency: currency)
    guard column.type == .money, let point = text.firstIndex(of: ".") else { return HTMLText.escaped(text) }
    let decimals = text[point...].dropFirst().prefix { $0.isNumber }
    let isBelowOne = text[..<point].allSatisfy { $0 == "0" }
    let zeros = isBelowOne ? decimals.prefix { $0 == "0" }.count + 1 : 0
    let rest = decimals.dropFirst(2 + zeros)
    guard !rest.isEmpty else { return HTMLText.escaped(text) }
    return HTMLText.escaped(String(text[..<rest.startIndex]))
      + "<span class=\"rest\">\(rest)</span>" + HTMLText.escaped(String(text[rest.endIndex...]))
  }

  /// A note with the values of its columns in place of their names; nil when one is missing.
  private func filled(_ note: String, _ row: [Value], _ currency: String?) -> String? {
    var text = ""
    var rest = note[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open]
      var name = rest[rest.index(after: open)..<close]
      let isSigned = name.hasPrefix("+")
      if isSigned { name.removeFirst() }
      guard let index = columns.firstIndex(where: { $0.name == name }), row[index] != .null else { return nil }
      let value = columns[index].chartText(row[index], currency: currency)
      text += isSigned && !value.hasPrefix("-") ? "+" + value : value
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  private func currency(_ row: [Value]) -> String? {
    guard let index = columns.firstIndex(where: { $0.name == "currency" }), case .text(let code) = row[index] else {
      return nil
    }
    return code
  }
}
