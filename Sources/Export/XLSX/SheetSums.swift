import Runs

/// The totals of a sheet: formulas that add its rows up, one line for each currency.
///
/// A total in one currency follows the filter: it is that of the rows that are seen. Where there are several, each is
/// that of all rows in its currency.
struct SheetSums {
  let columns: [SheetColumn]
  /// The sheets that the rows are on, with how many there are on each; the totals stand on the last one.
  let parts: [(name: String, rows: Int)]
  /// Whether the rows are all that the totals are of.
  var areFormulas = true

  struct Line {
    var cells: [(place: Int, cell: SheetCell)] = []
    /// How the numbers of the places are shown.
    var formats: [Int: String] = [:]
  }

  func lines(_ totals: [ReportTotal]) -> [Line] {
    if totals.isEmpty { return [] }
    var currencies: [String] = []
    for amount in totals.flatMap(\.amounts) {
      if let currency = amount.currency, !currencies.contains(currency) { currencies.append(currency) }
    }
    return (0..<max(1, currencies.count)).map { index in
      line(totals, currency: index < currencies.count ? currencies[index] : nil, isFirst: index == 0)
    }
  }

  private func line(_ totals: [ReportTotal], currency: String?, isFirst: Bool) -> Line {
    var line = Line()
    for column in columns {
      guard let total = totals.first(where: { $0.column == column.column.name }) else {
        if column.column.name == "currency", let currency {
          line.cells.append((column.place, .text(currency)))
        } else if column.place == 0, isFirst {
          line.cells.append((0, .text("total")))
        }
        continue
      }
      let amount = total.amounts.first { amount in amount.currency.map { $0 == currency } ?? isFirst }
      guard let amount else { continue }
      line.formats[column.place] = column.numberFormat
      line.cells.append((column.place, sum(of: column, amount, isOnly: total.amounts.count == 1)))
      if let place = column.exactPlace { line.cells.append((place, column.exactCell(amount.value))) }
    }
    return line
  }

  /// What cannot be told is not 0, as a formula over nothing would be.
  private func sum(of column: SheetColumn, _ amount: ReportTotal.Amount, isOnly: Bool) -> SheetCell {
    guard case .number(let value) = column.cell(amount.value) else {
      return amount.value == .null ? .text("–") : column.cell(amount.value)
    }
    if !areFormulas { return .number(value) }
    if isOnly { return .sum("=SUBTOTAL(109,\(ranges(column.place).joined(separator: ",")))", value) }
    guard let other = columns.first(where: { $0.column.name == "currency" }) else { return .number(value) }
    let criterion = amount.currency.map { $0.replacing("\"", with: "\"\"") } ?? "="
    let sums = zip(ranges(column.place), ranges(other.place)).map { "SUMIFS(\($0),\($1),\"\(criterion)\")" }
    return .sum("=" + sums.joined(separator: "+"), value)
  }

  /// The cells of a column on each sheet.
  private func ranges(_ place: Int) -> [String] {
    let letters = SheetNames.letters(of: place)
    return parts.map { part in
      let cells = "\(letters)2:\(letters)\(part.rows + 1)"
      return parts.count == 1 ? cells : SheetNames.quoted(part.name) + "!" + cells
    }
  }
}
