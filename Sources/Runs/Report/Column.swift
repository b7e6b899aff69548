/// A column of a report: its name is the same in every format and is only ever added to.
package struct Column: Equatable, Sendable {
  package var name: String
  package var type: ColumnType
  /// What a person reads above it on a screen.
  package var title: String
  /// `s`, `currency`, `1` for a ratio; nil where there is none.
  package var unit: String?
  package var description: String
  /// What the rows must be grouped by, one of these at least, for the column to be there; empty for always.
  package var groups: [String] = []
  /// How many decimals its amounts of money are shown with; nil leaves that to the format.
  package var decimals: Int?
  /// Whether people are shown all digits of its amounts and times, too.
  package var isExact = false

  package init(name: String, type: ColumnType, title: String? = nil, unit: String? = nil, description: String = "") {
    self.name = name
    self.type = type
    self.title = title ?? name.replacing("_", with: " ")
    self.unit = unit ?? type.unit
    self.description = description
  }
}

extension Column {
  /// An amount of money with the decimals that the column has, ties to the even digit; everything else as it is.
  ///
  /// Each amount is rounded by itself, so that one amount never has two values on a page.
  package func rounded(_ value: Value) -> Value {
    guard type == .money, let decimals, case .text(let text) = value, let amount = try? Money(text) else {
      return value
    }
    return .text(amount.text(decimals: decimals))
  }
}

/// What the values of a column are, and so how each format writes them.
package enum ColumnType: String, CaseIterable, Sendable {
  /// Free text from a vendor or a person. `Value.text`.
  case text
  /// A word of ours or an identifier: never needs defending against a spreadsheet. `Value.text`.
  case word
  /// Whatever a statement gives that says nothing of its columns: each value is what it is.
  case any
  /// A count. `Value.integer`.
  case integer
  /// `Value.integer` milliseconds, written as seconds with three decimals.
  case seconds
  /// `Value.integer` milliseconds since 1970, written as RFC 3339 UTC.
  case instant
  /// `Value.integer` days since 1970, written as `2026-01-31`.
  case day
  /// `Value.text` such as `2026-01`.
  case month
  /// `Value.text`, an exact decimal amount. May be summed and rounded.
  case money
  /// `Value.text`, an exact decimal price. Never summed, never rounded.
  case price
  /// An exact decimal number of whatever the row says: `Value.text`, or a number. Text in every format but a spreadsheet's.
  case decimal
  /// `Value.real` from 0 to 1: a number in data formats, percent on screens.
  case rate
  /// `Value.real`, a probability.
  case probability
  /// `Value.integer` 0 or 1.
  case flag

  var unit: String? {
    switch self {
    case .seconds: "s"
    case .money: "currency"
    case .price: "currency/s"
    case .rate, .probability: "1"
    case .text, .word, .any, .integer, .instant, .day, .month, .decimal, .flag: nil
    }
  }
}

/// One value of a row, as SQLite holds it; the column's type says what it means.
package enum Value: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
}

extension Value {
  package init(_ integer: Int64?) {
    self = integer.map(Value.integer) ?? .null
  }

  package init(_ text: String?) {
    self = text.map(Value.text) ?? .null
  }

  package init(_ real: Double?) {
    self = real.map(Value.real) ?? .null
  }

  package init(_ instant: Instant?) {
    self = instant.map { .integer($0.milliseconds) } ?? .null
  }

  package init(_ flag: Bool) {
    self = .integer(flag ? 1 : 0)
  }
}
