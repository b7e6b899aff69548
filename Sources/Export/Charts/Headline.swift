import Runs

/// The numbers of a report that say the most: what its columns come to, in the order in which people see them.
enum Headline {
  static let most = 6

  static func figures(_ totals: [ReportTotal], of head: ReportHead) throws -> [FigurePanel.Figure] {
    let columns = try TableLayout(head).columns
    // What it cost is asked first.
    var amounts: [FigurePanel.Figure] = []
    var figures: [FigurePanel.Figure] = []
    for column in columns {
      guard let source = column.source, let total = totals.first(where: { $0.column == source.name }) else { continue }
      let shown = total.amounts.filter { !(column.hidesZero && TableLayout.isNought($0.value)) }
      guard !shown.isEmpty else { continue }
      let told = shown.map { amount -> (text: String, exact: String?) in
        let unit = amount.currency.map { " " + $0.harmless } ?? ""
        guard let text = source.readable(amount.value) else { return ("–" + unit, nil) }
        return (text.text + unit, text.exact.map { $0 + unit })
      }
      let figure = FigurePanel.Figure(
        title: column.title.capitalized(), text: told.map(\.text).joined(separator: " · "),
        exact: told.contains { $0.exact != nil } ? told.map { $0.exact ?? $0.text }.joined(separator: " · ") : nil)
      if source.type == .money { amounts.append(figure) } else { figures.append(figure) }
    }
    return Array((amounts + figures).prefix(most))
  }
}

extension String {
  /// With a capital at its beginning, as a title has one.
  func capitalized() -> String { prefix(1).uppercased() + dropFirst() }
}
