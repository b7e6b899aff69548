import Runs

/// What a bar stands for: added up exactly, turned into a number only to be drawn.
enum ChartAmount: Equatable {
  case money(Money)
  case integer(Int64)
  case real(Double)

  init?(_ value: Value, _ type: ColumnType) {
    switch value {
    case .text(let text) where type == .money:
      guard let money = try? Money(text) else { return nil }
      self = .money(money)
    case .integer(let integer): self = .integer(integer)
    case .real(let real) where real.isFinite: self = .real(real)
    case .null, .real, .text: return nil
    }
  }

  /// A rate has no sum: of two, the last one counts.
  func adding(_ other: ChartAmount) throws -> ChartAmount {
    switch (self, other) {
    case (.money(let left), .money(let right)):
      return .money(try left.adding(right))
    case (.integer(let left), .integer(let right)):
      let (sum, overflow) = left.addingReportingOverflow(right)
      if overflow { throw DecimalError.tooLarge("the sum of a chart's bar") }
      return .integer(sum)
    default:
      return other
    }
  }

  var value: Value {
    switch self {
    case .money(let money): .text(money.description)
    case .integer(let integer): .integer(integer)
    case .real(let real): .real(real)
    }
  }

  /// How long it is drawn, in the unit of its axis.
  func length(_ type: ColumnType) -> Double {
    switch self {
    case .money(let money): Double(money.zeptos) / 1e21
    case .integer(let integer): type == .seconds ? Double(integer) / 1000 : Double(integer)
    case .real(let real): type == .seconds ? real / 1000 : real
    }
  }
}

extension Column {
  /// What a chart's axis is in: `s`, `EUR`, `%`; nil for counts.
  func axisUnit(currency: String?) -> String? {
    switch type {
    case .money: currency
    case .rate, .probability: nil
    default: unit == "1" ? nil : unit
    }
  }

  /// A value with its unit, as it is written beside what is drawn.
  func chartText(_ value: Value, currency: String?) -> String {
    guard let text = readable(value)?.text else { return "–" }
    guard type == .money, let currency else { return text }
    return text + " " + currency.harmless
  }
}
