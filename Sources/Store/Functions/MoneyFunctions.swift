import GRDB
import Runs

extension ReportFunctions {
  static let money: [ScalarFunction] = [
    // cost(milliseconds, price): the exact product ÷ 1000 as text; null when either is null.
    .pure("cost", 2) { given in
      guard let milliseconds = try given.integer(0), let price = try given.decimal(1) else { return nil }
      return try Money(milliseconds: milliseconds, at: try Price(kept: price)).description
    },
    // seconds(milliseconds): the exact quotient as text.
    .pure("seconds", 1) { given in
      try given.integer(0).map { DecimalText.print(Int128($0), scale: 3) }
    },
    // money_per(amount, count): one of so many equal parts, rounded half to even at 18 decimals; null of none.
    .pure("money_per", 2) { given in
      guard let amount = try given.decimal(0), let count = try given.integer(1) else { return nil }
      return try Money(amount).divided(by: count)?.description
    },
    // money_share(part, whole): a ratio of two amounts, which is a statistic and no money; null of nothing.
    .pure("money_share", 2) { given in
      guard let part = try given.decimal(0), let whole = try given.decimal(1) else { return nil }
      return try Money(part).share(of: Money(whole))
    },
    // money_less(amount, other): the exact difference; null when either is null.
    .pure("money_less", 2) { given in
      guard let amount = try given.decimal(0), let other = try given.decimal(1) else { return nil }
      let (difference, overflow) = try Money(amount).zeptos.subtractingReportingOverflow(Money(other).zeptos)
      if overflow { throw DecimalError.tooLarge("\(amount) - \(other)") }
      return Money(zeptos: difference).description
    },
  ]

  static let moneyAggregates = [
    DatabaseFunction("money_sum", argumentCount: 1, pure: true, aggregate: MoneySum.self),
    DatabaseFunction("cost_sum", argumentCount: 2, pure: true, aggregate: CostSum.self),
  ]

  /// money_sum(amount): the exact sum of decimal texts; nulls are left out, and nothing at all gives null.
  private struct MoneySum: DatabaseAggregate {
    private var sum: Money?

    mutating func step(_ values: [DatabaseValue]) throws {
      guard let text = try FunctionArguments(function: "money_sum", values: values).decimal(0) else { return }
      sum = try (sum ?? .zero).adding(try Money(text))
    }

    func finalize() -> (any DatabaseValueConvertible)? {
      sum?.description
    }
  }
  /// cost_sum(milliseconds, price): what the times cost together, exactly; 0 of no time at all, and null of time that
  /// has no price.
  private struct CostSum: DatabaseAggregate {
    private var sum: Money?
    private var isNothing = true
    /// The price of the last row, which is most often that of the next one.
    private var last: (text: String, price: Price)?

    mutating func step(_ values: [DatabaseValue]) throws {
      let given = FunctionArguments(function: "cost_sum", values: values)
      guard let milliseconds = try given.integer(0), milliseconds != 0 else { return }
      isNothing = false
      guard let price = try price(given) else { return }
      sum = try (sum ?? .zero).adding(try Money(milliseconds: milliseconds, at: price))
    }

    private mutating func price(_ given: FunctionArguments) throws -> Price? {
      guard let text = try given.decimal(1) else { return nil }
      if let last, last.text == text { return last.price }
      let price = try Price(kept: text)
      last = (text, price)
      return price
    }

    func finalize() -> (any DatabaseValueConvertible)? {
      (isNothing ? .zero : sum)?.description
    }
  }
}
