import Reporting
import Runs
import Store

/// A report as the product gives it, kept in memory.
struct AskedReport: RowWriter {
  var head: ReportHead?
  var rows: [[Value]] = []
  var summary: ReportSummary?

  mutating func begin(_ head: ReportHead) throws { self.head = head }
  mutating func row(_ values: [Value]) throws { rows.append(values) }
  mutating func end(_ summary: ReportSummary) throws { self.summary = summary }

  static func ask(
    _ ledger: Ledger, _ definition: ReportDefinition, _ request: ReportRequest, labels: [RunnerLabel]
  ) throws -> AskedReport {
    var writer: any RowWriter = AskedReport()
    try Reporter(ledger: ledger, generator: "runtally", given: ReportSettings(labels: labels))
      .write(definition, request, to: &writer)
    return writer as? AskedReport ?? AskedReport()
  }

  func value(_ column: String, _ row: [Value]) -> Value {
    head?.columns.firstIndex { $0.name == column }.map { row[$0] } ?? .null
  }
}

extension Value {
  /// To the last digit; statistics to 1e-9.
  func isSame(as other: Value) -> Bool {
    guard case .real(let left) = self, case .real(let right) = other else { return self == other }
    return abs(left - right) <= 1e-9 * max(1, abs(left))
  }

  var shown: String {
    switch self {
    case .null: "–"
    case .integer(let integer): "\(integer)"
    case .real(let real): "\(real)"
    case .text(let text): text
    }
  }
}

/// Where two lists of rows differ first, for a person to read; nil where they do not.
func difference(_ expected: [[Value]], _ given: [[Value]], columns: [String]) -> String? {
  func line(_ row: [Value]?) -> String { row.map { $0.map(\.shown).joined(separator: " | ") } ?? "no row" }
  for number in 0..<max(expected.count, given.count) {
    let should = number < expected.count ? expected[number] : nil
    let has = number < given.count ? given[number] : nil
    if let should, let has, should.count == has.count {
      let wrong = columns.indices.filter { !should[$0].isSame(as: has[$0]) }.map { columns[$0] }
      if wrong.isEmpty { continue }
      return "row \(number), \(wrong.joined(separator: ", "))\n  expected \(line(should))\n  has      \(line(has))"
    }
    return "row \(number)\n  expected \(line(should))\n  has      \(line(has))"
  }
  return nil
}

/// The totals that rows have: counts and times added up, money apart for each currency.
func totals(of names: [String], _ rows: [[Value]], columns: [Column]) -> [String] {
  let currency = columns.firstIndex { $0.name == "currency" }
  return columns.indices.filter { names.contains(columns[$0].name) }.map { column in
    if columns[column].type != .money {
      let sum = rows.reduce(Int64(0)) { if case .integer(let value) = $1[column] { $0 + value } else { $0 } }
      return "\(columns[column].name) \(sum)"
    }
    // What is above 0, and what is below.
    var sums: [String: (up: PlainDecimal, down: PlainDecimal)] = [:]
    var without: [String: Int] = [:]
    for row in rows {
      guard case .text(var text) = row[column] else {
        without[currency.map { row[$0].shown } ?? "–", default: 0] += 1
        continue
      }
      let isBelow = text.hasPrefix("-")
      if isBelow { text.removeFirst() }
      let parts = text.split(separator: ".")
      let fraction = parts.count > 1 ? String(parts[1]) : ""
      let digits = parts[0] + fraction + String(repeating: "0", count: PlainDecimal.moneyDecimals - fraction.count)
      let amount = PlainDecimal(units: Natural(digits: String(digits)), decimals: PlainDecimal.moneyDecimals)
      let code = currency.map { row[$0].shown } ?? "–"
      let sum = sums[code] ?? (.nothing, .nothing)
      sums[code] = isBelow ? (sum.up, sum.down + amount) : (sum.up + amount, sum.down)
    }
    let codes = Set(sums.keys).union(without.keys).sorted { ($0 == "–" ? "" : $0) < ($1 == "–" ? "" : $1) }
    let amounts = codes.map { code in
      let (sum, leftOut) = (sums[code] ?? (.nothing, .nothing), without[code] ?? 0)
      let text = sum.up < sum.down ? "-" + (sum.down - sum.up).text : (sum.up - sum.down).text
      return totalLine(text, code, leftOut)
    }
    return columns[column].name + amounts.joined()
  }
}

/// Rows do not tell whether a 0 beside rows without an amount is that of a free price, or that of no time.
private func totalLine(_ amount: String, _ currency: String, _ leftOut: Int) -> String {
  " \(leftOut > 0 && ["0", "–"].contains(amount) ? "?" : amount) \(currency)"
    + (leftOut > 0 ? " without \(leftOut)" : "")
}

extension ReportSummary {
  var totalLines: [String] {
    totals.map { total in
      total.column
        + total.amounts.map { amount in
          if case .integer = amount.value { return " \(amount.value.shown)" }
          return totalLine(amount.value.shown, amount.currency ?? "–", amount.rowsLeftOut)
        }.joined()
    }
  }
}
