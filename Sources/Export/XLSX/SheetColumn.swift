import Runs

/// A column of a report on a sheet: where it stands, and what its values are there.
///
/// A number of a spreadsheet has 15 digits. So behind each column of exact amounts stands a second one, with the same
/// amounts as text, to the last digit.
struct SheetColumn {
  let column: Column
  /// Counted from 0.
  let place: Int
  let zone: ZoneRules

  /// In the order of the report's own.
  static func all(of head: ReportHead) -> [SheetColumn] {
    var next = 0
    return head.columns.map { column in
      defer { next += column.type.isExact ? 2 : 1 }
      return SheetColumn(column: column, place: next, zone: head.zone)
    }
  }

  var exactPlace: Int? { column.type.isExact ? place + 1 : nil }
  static func exactName(_ name: String) -> String { name + "_exact" }

  /// The value, as the type of the column means it; what is no value of that type is what it is.
  func cell(_ value: Value) -> SheetCell {
    switch DataText(value, column.type) {
    case .null: .empty
    case .integer(let number): SheetColumn.number(number)
    case .seconds(let milliseconds): .number(Double(milliseconds) / 1000)
    case .instant(let milliseconds):
      ExcelTime.serial(instant: milliseconds, in: zone).map { .number($0) } ?? plain(value)
    case .day(let day): ExcelTime.serial(day: day).map { .number($0) } ?? plain(value)
    // The digits that the other formats have.
    case .real(let number): Double(DataText.plain(number)).map { .number($0) } ?? .empty
    case .flag(let isSet): .flag(isSet)
    case .text(let text): cell(text)
    }
  }

  /// The amount to its last digit.
  func exactCell(_ value: Value) -> SheetCell { plain(value) }

  private func cell(_ text: String) -> SheetCell {
    if text.isEmpty { return .empty }
    if column.type.isExact, PlainDecimal.isOne(text), let number = Double(text) { return .number(number) }
    if column.type == .month, let month = Month(text), let serial = ExcelTime.serial(day: month.firstDay.number) {
      return .number(serial)
    }
    return .text(text)
  }

  private func plain(_ value: Value) -> SheetCell {
    DataText(value, column.type).string.map { .text($0) } ?? .empty
  }

  /// What has more digits than a spreadsheet keeps is no number there.
  private static func number(_ number: Int64) -> SheetCell {
    number.magnitude < 1_000_000_000_000_000 ? .number(Double(number)) : .text(String(number))
  }

  /// How its numbers are shown: their digits are all there, however few are seen.
  var numberFormat: String? {
    switch column.type {
    case .text, .word: "@"
    case .any: nil
    case .integer: "#,##0"
    case .seconds: "#,##0.000"
    case .instant: "yyyy-mm-dd hh:mm:ss.000"
    case .day: "yyyy-mm-dd"
    case .month: "yyyy-mm"
    case .money: column.decimals.map(SheetColumn.amount) ?? "#,##0.00##########"
    case .price: "0.00################"
    case .decimal: "#,##0.############"
    case .rate: "0.0%"
    case .probability: "0.0000"
    case .flag: nil
    }
  }

  private static func amount(decimals: Int) -> String {
    decimals == 0 ? "#,##0" : "#,##0." + String(repeating: "0", count: decimals)
  }

  /// In characters; the arrow of the filter stands beside the name.
  var width: Double {
    let values =
      switch column.type {
      case .text: 30.0
      case .word: column.name.hasSuffix("_id") ? 38.0 : 16.0
      case .instant: 24.0
      case .money, .price, .decimal, .any: 16.0
      case .seconds: 14.0
      case .integer, .day, .month, .rate, .probability, .flag: 11.0
      }
    return max(values, Double(column.name.count) + 4)
  }
}

extension ColumnType {
  /// Its amounts may have more digits than a number keeps.
  var isExact: Bool {
    switch self {
    case .money, .price, .decimal: true
    case .text, .word, .any, .integer, .seconds, .instant, .day, .month, .rate, .probability, .flag: false
    }
  }
}
