/// Figures in large letters, each on a card of its own; their exact amounts are folded away below.
struct FigureCards {
  let panels: [FigurePanel]
  let isCut: Bool
  /// Without headings, as the first thing below the title of a page.
  var isHeadline = false

  func html(id: String) -> HTML {
    var html: HTML = ""
    for (index, panel) in panels.enumerated() where !panel.figures.isEmpty {
      if !isHeadline { html += "<h2 id=\"\(id)-\(index)\">\(panel.title)</h2>\n" }
      html += "<dl class=\"figures\(isHeadline ? " headline" : "")\">\n"
      for figure in panel.figures { html += card(figure) }
      html += "</dl>\n" + exact(panel)
    }
    if isCut { html += "<p class=\"note\">More are in the table.</p>\n" }
    return html
  }

  private func card(_ figure: FigurePanel.Figure) -> HTML {
    let title = figure.exact.map { " title=\"\($0)\"" as HTML } ?? ""
    let text = figure.text.map { HTML($0) } ?? .missing
    var html: HTML = "<div><dt>\(figure.title)</dt><dd class=\"value\"\(title)>\(text)</dd>"
    for note in figure.notes { html += "<dd class=\"note\">\(note)</dd>" }
    return html + "</div>\n"
  }

  private func exact(_ panel: FigurePanel) -> HTML {
    let items = panel.figures.compactMap { figure -> HTML? in
      figure.exact.map { "<div><dt>\(figure.title)</dt><dd>\($0)</dd></div>\n" }
    }
    guard !items.isEmpty else { return "" }
    return "<details><summary>Exact amounts</summary>\n<dl class=\"columns\">\n\(items.joined())</dl></details>\n"
  }
}
