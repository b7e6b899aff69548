import Runs

/// One picture of bars, all in one unit.
struct BarPanel: Equatable {
  struct Bar: Equatable {
    var label: String
    var amount: ChartAmount?
    var part: ChartAmount?
  }

  var bars: [Bar] = []
  var currency: String?
  /// The title of what a bar is of.
  var category: String
  var value: Column
  var part: Column?
  /// How many more there were.
  var left = 0
  /// How many had no value, and so no place among the largest.
  var valueless = 0
  /// Some bar adds several rows up, so that no row has its value.
  var isAddedUp = false
}

/// Adds rows up into bars while they go by.
///
/// It keeps one sum for each category and never the rows; categories beyond ``most`` are not drawn, and counted.
struct BarCollector {
  static let most = 5000
  /// Bars in the order of the rows may be any number, and nobody looks at hundreds.
  static let mostInOrder = 60

  private struct Sum {
    var key: [Value]
    var currency: String?
    var amount: ChartAmount?
    var part: ChartAmount?
    var rows = 0
    /// Rows without a value: beside them a sum of nothing is missing, and not 0.
    var rowsWithout = 0

    var told: ChartAmount? { rowsWithout > 0 && amount == .money(.zero) ? nil : amount }
  }

  private let top: Int?
  private let category: [Int]
  private let value: Int
  private let part: Int?
  private let currency: Int?
  private let columns: [Column]
  private var sums: [Sum] = []
  private var places: [[Value]: Int] = [:]
  private var missed = 0

  init(_ bars: Chart.Bars, head: ReportHead) throws {
    columns = head.columns
    top = bars.top
    category = try bars.category.map { try head.index(of: $0) }
    value = try head.index(of: bars.value)
    part = try bars.part.map { try head.index(of: $0) }
    currency = columns[value].type == .money ? columns.firstIndex { $0.name == "currency" } : nil
  }

  mutating func add(_ values: [Value]) throws {
    let key = category.map { values[$0] } + (currency.map { [values[$0]] } ?? [])
    let place: Int
    if let known = places[key] {
      place = known
    } else {
      guard sums.count < BarCollector.most else {
        missed += 1
        return
      }
      place = sums.count
      places[key] = place
      let code: String? = if let currency, case .text(let code) = values[currency] { code } else { nil }
      sums.append(Sum(key: Array(key.prefix(category.count)), currency: code))
    }
    sums[place].rows += 1
    if values[value] == .null { sums[place].rowsWithout += 1 }
    sums[place].amount = try sum(sums[place].amount, values[value], columns[value].type)
    if let part { sums[place].part = try sum(sums[place].part, values[part], columns[part].type) }
  }

  private func sum(_ old: ChartAmount?, _ value: Value, _ type: ColumnType) throws -> ChartAmount? {
    guard let new = ChartAmount(value, type) else { return old }
    return try old?.adding(new) ?? new
  }

  /// One panel for each currency, in order of currency.
  func panels() -> [BarPanel] {
    let currencies = Set(sums.map(\.currency)).sorted { ($0 ?? "") < ($1 ?? "") }
    return currencies.enumerated().map { place, currency in
      let type = columns[value].type
      var members = sums.filter { $0.currency == currency }
      let most = top ?? BarCollector.mostInOrder
      let count = members.count
      if top != nil {
        members = members.filter { $0.told != nil }.enumerated()
          .sorted { left, right in
            let (a, b) = (left.element.told?.length(type) ?? 0, right.element.told?.length(type) ?? 0)
            return a == b ? left.offset < right.offset : a > b
          }
          .map(\.element)
      }
      let shown = top == nil ? members.suffix(most) : members.prefix(most)
      let names = labels(of: shown.map(\.key))
      return BarPanel(
        bars: zip(shown, names).map { BarPanel.Bar(label: $1, amount: $0.told, part: $0.told == nil ? nil : $0.part) },
        currency: currency, category: category.first.map { columns[$0].title } ?? "", value: columns[value],
        part: part.map { columns[$0] },
        left: members.count - shown.count + (place == 0 ? missed : 0), valueless: count - members.count,
        isAddedUp: shown.contains { $0.rows > 1 })
    }
  }

  /// The name of each category; of those with the same name, everything that tells them apart.
  private func labels(of keys: [[Value]]) -> [String] {
    let texts = keys.map { key in
      zip(key, category).map { ScreenText.text($0, columns[$1].type) ?? "(none)" }
    }
    let first = texts.map { $0.first ?? "" }
    return texts.enumerated().map { index, parts in
      let isUnique = first.filter { $0 == first[index] }.count == 1
      return isUnique ? first[index] : parts.joined(separator: " · ")
    }
  }
}
