import Runs

/// Adds columns up exactly while rows go by; amounts of money apart for each currency.
struct TotalsCounter {
  private struct Sum {
    var column: String
    var index: Int
    var isMoney: Bool
    var integer: Int64 = 0
    var money: [String?: Money] = [:]
  }

  private var sums: [Sum]
  private let currency: Int?

  init(totals: [String], columns: [Column]) {
    currency = columns.firstIndex { $0.name == "currency" }
    sums = columns.indices.filter { totals.contains(columns[$0].name) }.map { index in
      Sum(column: columns[index].name, index: index, isMoney: columns[index].type == .money)
    }
  }

  mutating func add(_ values: [Value]) throws {
    for position in sums.indices {
      switch values[sums[position].index] {
      case .integer(let integer):
        let (sum, overflow) = sums[position].integer.addingReportingOverflow(integer)
        if overflow { throw DecimalError.tooLarge("the total of \(sums[position].column)") }
        sums[position].integer = sum
      case .text(let text) where sums[position].isMoney:
        let code: String? = if let currency, case .text(let code) = values[currency] { code } else { nil }
        let sum = sums[position].money[code] ?? .zero
        sums[position].money[code] = try sum.adding(try Money(text))
      default:
        break
      }
    }
  }

  var totals: [ReportTotal] {
    sums.map { sum in
      guard sum.isMoney else {
        return ReportTotal(column: sum.column, amounts: [.init(value: .integer(sum.integer))])
      }
      let amounts = sum.money.sorted { ($0.key ?? "") < ($1.key ?? "") }.map { currency, money in
        ReportTotal.Amount(currency: currency, value: .text(money.description))
      }
      return ReportTotal(column: sum.column, amounts: amounts)
    }
  }
}
