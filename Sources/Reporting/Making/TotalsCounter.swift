import Runs

/// Adds columns up exactly while rows go by; amounts of money apart for each currency.
///
/// What has no amount is in no total, and is counted beside it. Where nothing has one, the total is missing and not 0:
/// the 0 of a row that took no time says nothing of the time that has no price. A statement tells such a 0 from that of
/// a free price by the time behind the amount.
struct TotalsCounter {
  private struct Sum {
    var column: String
    var index: Int
    var isMoney: Bool
    /// Where the times are given, the place of this column's.
    var time: Int?
    var integer: Int64 = 0
    var money: [String?: MoneySum] = [:]
  }

  fileprivate struct MoneySum {
    var amount = Money.zero
    /// Some of it is an amount of time that has a price.
    var isTelling = false
    var rowsLeftOut = 0

    var value: Value { isTelling || rowsLeftOut == 0 ? .text(amount.description) : .null }
  }

  private var sums: [Sum]
  private let currency: Int?

  /// - Parameter times: the columns whose times are given with each row, in their order.
  init(totals: [String], columns: [Column], times: [String] = []) {
    currency = columns.firstIndex { $0.name == "currency" }
    sums = columns.indices.filter { totals.contains(columns[$0].name) }.map { index in
      Sum(
        column: columns[index].name, index: index, isMoney: columns[index].type == .money,
        time: times.firstIndex(of: columns[index].name))
    }
  }

  /// - Parameter times: milliseconds behind the amounts; null is no time.
  mutating func add(_ values: [Value], times: [Value] = []) throws {
    for position in sums.indices {
      if sums[position].isMoney {
        let code: String? = if let currency, case .text(let code) = values[currency] { code } else { nil }
        let time = sums[position].time.map { times[$0] }
        try sums[position].money[code, default: MoneySum()].add(values[sums[position].index], time: time)
      } else if case .integer(let integer) = values[sums[position].index] {
        let (sum, overflow) = sums[position].integer.addingReportingOverflow(integer)
        if overflow { throw DecimalError.tooLarge("the total of \(sums[position].column)") }
        sums[position].integer = sum
      }
    }
  }

  var totals: [ReportTotal] {
    sums.map { sum in
      guard sum.isMoney else {
        return ReportTotal(column: sum.column, amounts: [.init(value: .integer(sum.integer))])
      }
      let amounts = sum.money.sorted { ($0.key ?? "") < ($1.key ?? "") }.map { currency, money in
        ReportTotal.Amount(currency: currency, value: money.value, rowsLeftOut: money.rowsLeftOut)
      }
      return ReportTotal(column: sum.column, amounts: amounts)
    }
  }
}

extension TotalsCounter.MoneySum {
  /// - Parameter time: nil where nobody says; then a 0 tells nothing.
  fileprivate mutating func add(_ value: Value, time: Value?) throws {
    guard case .text(let text) = value else {
      rowsLeftOut += 1
      return
    }
    let more = try Money(text)
    amount = try amount.adding(more)
    let tookTime = if case .integer(let time) = time { time != 0 } else { false }
    isTelling = isTelling || tookTime || more != .zero
  }
}
