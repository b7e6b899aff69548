/// Figures in large letters, each on a card of its own.
struct FigureCards {
  let panels: [FigurePanel]
  let isCut: Bool

  func html(id: String) -> HTML {
    var html: HTML = ""
    for (index, panel) in panels.enumerated() {
      html += "<h2 id=\"\(id)-\(index)\">\(panel.title)</h2>\n<dl class=\"figures\">\n"
      for figure in panel.figures { html += card(figure) }
      html += "</dl>\n"
    }
    if isCut { html += "<p class=\"note\">More are in the table.</p>\n" }
    return html
  }

  private func card(_ figure: FigurePanel.Figure) -> HTML {
    var html: HTML = "<div><dt>\(figure.title)</dt><dd class=\"value\">\(large(figure))</dd>"
    for note in figure.notes { html += "<dd class=\"note\">\(note)</dd>" }
    return html + "</div>\n"
  }

  /// The value in large letters. Amounts are exact to the last digit, so the digits that nobody needs at a glance are
  /// small: those beyond the second decimal and the third that counts.
  private func large(_ figure: FigurePanel.Figure) -> HTML {
    guard let text = figure.text else { return .missing }
    guard figure.isMoney, let point = text.firstIndex(of: ".") else { return HTML(text) }
    let decimals = text[point...].dropFirst().prefix { $0.isNumber }
    let isBelowOne = text[..<point].allSatisfy { $0 == "0" }
    let zeros = isBelowOne ? decimals.prefix { $0 == "0" }.count + 1 : 0
    let rest = decimals.dropFirst(2 + zeros)
    guard !rest.isEmpty else { return HTML(text) }
    return "\(text[..<rest.startIndex])<span class=\"rest\">\(rest)</span>\(text[rest.endIndex...])"
  }
}
