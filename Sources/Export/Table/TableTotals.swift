import Runs

/// The last lines of a table: one for counts and times and the first currency, one more for every further currency.
struct TableTotals {
  let lines: [[TableCell?]]
  /// What begins the first of them.
  let label: TableCell
  /// `2 rows without cost, 1 row without wasted are in no total`; nil where every row is.
  let leftOut: String?

  init(_ totals: [ReportTotal], layout: TableLayout) {
    var currencies: [String] = []
    for amount in totals.flatMap(\.amounts) {
      if let currency = amount.currency, !currencies.contains(currency) { currencies.append(currency) }
    }
    let hasCurrencyColumn = layout.columns.contains { $0.source?.name == "currency" }
    let count = totals.isEmpty ? 0 : max(1, currencies.count)
    let lines = (0..<count).map { line in
      let currency = line < currencies.count ? currencies[line] : nil
      var cells: [TableCell?] = layout.columns.map { column in
        guard let source = column.source, let total = totals.first(where: { $0.column == source.name }) else {
          return nil
        }
        let amount = total.amounts.first { amount in
          amount.currency.map { $0 == currency } ?? (line == 0)
        }
        // A total that is missing is not empty.
        guard let amount else { return nil }
        guard let total = source.readable(amount.value) else { return .missing }
        let unit = hasCurrencyColumn ? "" : amount.currency.map { " " + $0.harmless } ?? ""
        return TableCell(
          text: total.text + unit, isNought: TableLayout.isNought(amount.value), exact: total.exact.map { $0 + unit })
      }
      for index in cells.indices where layout.columns[index].source?.name == "currency" {
        cells[index] = currency.map { TableCell(text: $0.harmless) }
      }
      return cells
    }
    let sums = zip(layout.columns, layout.columns.indices).flatMap { column, index in
      column.source?.type == .money ? lines.compactMap { $0[index] } : []
    }
    // Asked for decimals may take digits from the amounts that the total still has.
    let isRounded = layout.columns.contains { column in
      column.source.map { source in source.decimals != nil && totals.contains { $0.column == source.name } } ?? false
    }
    label = .total(isRounded: isRounded || sums.contains { $0.exact != nil })
    self.lines = lines
    leftOut = TableTotals.leftOut(totals, layout)
  }

  private static func leftOut(_ totals: [ReportTotal], _ layout: TableLayout) -> String? {
    var parts: [String] = []
    var rows = 0
    for total in totals {
      let title = layout.columns.first { $0.source?.name == total.column }?.title ?? total.column
      for amount in total.amounts where amount.rowsLeftOut > 0 {
        let currency = total.amounts.count > 1 ? amount.currency.map { " in \($0.harmless)" } ?? "" : ""
        parts.append("\(amount.rowsLeftOut.countedInGroups("row")) without \(title)\(currency)")
        rows += amount.rowsLeftOut
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ") + (rows == 1 ? " is" : " are") + " in no total"
  }
}
