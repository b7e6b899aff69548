import Runs

/// One picture of bars, all in one unit.
struct BarPanel: Equatable {
  struct Bar: Equatable {
    var label: String
    var amount: ChartAmount?
    var part: ChartAmount?
    /// What an unfinished value is expected to come to.
    var forecast: ChartAmount?
    /// Its time is not over, so it is less than it will be.
    var isUnfinished = false
    /// It is of all that have no bar of their own.
    var isRest = false
  }

  var form = Chart.Bars.Form.bars
  var bars: [Bar] = []
  var currency: String?
  /// The title of what a bar is of.
  var category: String
  var value: Column
  var part: Column?
  var forecast: Column?
  /// How many more there were that no bar is of.
  var left = 0
  /// How many had no value, and so no place among the largest.
  var valueless = 0
  /// Some bar adds several rows up, so that no row has its value.
  var isAddedUp = false

  /// What has to find room; of what is not over only what it is expected to come to, unless nothing else is there.
  var reach: Double {
    let type = value.type
    let lengths = bars.compactMap { bar in
      bar.isUnfinished ? bar.forecast?.length(type) : bar.amount?.length(type)
    }
    return lengths.max() ?? bars.compactMap { $0.amount?.length(type) }.max() ?? 0
  }
}

/// Adds rows up into bars while they go by.
///
/// It keeps one sum for each category and never the rows. Those that find no place among the largest are folded into one
/// bar, where they can be added up; else they are counted.
struct BarCollector {
  static let most = 5000
  /// Bars in the order of the rows may be any number, and nobody looks at hundreds.
  static let mostInOrder = 60

  private struct Sum {
    var key: [Value]
    var currency: String?
    var amount: ChartAmount?
    var part: ChartAmount?
    var forecast: ChartAmount?
    /// A row of it has no forecast, so that the others' say nothing of the whole.
    var lacksForecast = false
    var rows = 0
    /// Rows without a value: beside them a sum of nothing is missing, and not 0.
    var rowsWithout = 0

    var told: ChartAmount? { rowsWithout > 0 && amount == .money(.zero) ? nil : amount }
  }

  private let form: Chart.Bars.Form
  private let top: Int?
  private let category: [Int]
  private let value: Int
  private let part: Int?
  private let forecast: Int?
  private let currency: Int?
  private let columns: [Column]
  private var sums: [Sum] = []
  private var places: [[Value]: Int] = [:]
  /// Of the categories beyond ``most``: how many rows, and what they come to in each currency.
  private var missed = 0
  private var rest: [String?: Sum] = [:]
  /// The month of the ledger's now, which is not over.
  private let running: Month?

  init(_ bars: Chart.Bars, head: ReportHead) throws {
    columns = head.columns
    form = bars.form
    top = bars.top
    forecast = try bars.forecast.map { try head.index(of: $0) }
    running = head.asOf.map { head.zone.day(of: $0).month }
    category = try bars.category.map { try head.index(of: $0) }
    value = try head.index(of: bars.value)
    part = try bars.part.map { try head.index(of: $0) }
    currency = columns[value].type == .money ? columns.firstIndex { $0.name == "currency" } : nil
  }

  mutating func add(_ values: [Value]) throws {
    let key = category.map { values[$0] } + (currency.map { [values[$0]] } ?? [])
    let code: String? = if let currency, case .text(let code) = values[currency] { code } else { nil }
    let place: Int
    if let known = places[key] {
      place = known
    } else {
      guard sums.count < BarCollector.most else {
        missed += 1
        var sum = rest[code] ?? Sum(key: [], currency: code)
        try add(values, to: &sum)
        rest[code] = sum
        return
      }
      place = sums.count
      places[key] = place
      sums.append(Sum(key: Array(key.prefix(category.count)), currency: code))
    }
    try add(values, to: &sums[place])
  }

  private func add(_ values: [Value], to sum: inout Sum) throws {
    sum.rows += 1
    if values[value] == .null { sum.rowsWithout += 1 }
    sum.amount = try self.sum(sum.amount, values[value], columns[value].type)
    if let part { sum.part = try self.sum(sum.part, values[part], columns[part].type) }
    if let forecast {
      if values[forecast] == .null, values[value] != .null { sum.lacksForecast = true }
      sum.forecast = try self.sum(sum.forecast, values[forecast], columns[forecast].type)
    }
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
      var bars = zip(shown, names).map { bar($0, label: $1) }
      let others = try? others(members.dropFirst(most), in: currency)
      if let others { bars.append(others) }
      let left = others != nil ? 0 : members.count - shown.count + (place == 0 && !canFold ? missed : 0)
      return BarPanel(
        form: form, bars: bars, currency: currency, category: category.first.map { columns[$0].title } ?? "",
        value: columns[value], part: part.map { columns[$0] }, forecast: forecast.map { columns[$0] },
        left: left, valueless: count - members.count,
        isAddedUp: shown.contains { $0.rows > 1 } || bars.contains(where: \.isRest))
    }
  }

  private func bar(_ sum: Sum, label: String) -> BarPanel.Bar {
    var bar = BarPanel.Bar(label: label, amount: sum.told, part: sum.told == nil ? nil : sum.part)
    bar.isUnfinished = isUnfinished(sum.key)
    if bar.isUnfinished, !sum.lacksForecast { bar.forecast = sum.forecast }
    return bar
  }

  /// Only a month is known to be not over; of other categories nobody says.
  private func isUnfinished(_ key: [Value]) -> Bool {
    guard let running, let first = category.first, columns[first].type == .month, case .text(let text)? = key.first,
      let month = Month(text)
    else { return false }
    return month >= running
  }

  /// The long tail in one bar; nil where a sum of it means nothing, or nothing is left.
  private func others(_ tail: ArraySlice<Sum>, in currency: String?) throws -> BarPanel.Bar? {
    let sums = Array(tail) + [rest[currency]].compactMap(\.self)
    guard canFold, !sums.isEmpty else { return nil }
    var amount: ChartAmount?
    var part: ChartAmount?
    for sum in sums {
      if let more = sum.told { amount = try amount?.adding(more) ?? more }
      if let more = sum.part { part = try part?.adding(more) ?? more }
    }
    // How many there are beyond those that are kept, nobody counted.
    let label = rest[currency] == nil ? tail.count.countedInGroups("other") : "all others"
    return BarPanel.Bar(label: label, amount: amount, part: part, isRest: true)
  }

  private var canFold: Bool {
    top != nil && form == .bars && [.money, .integer, .seconds].contains(columns[value].type)
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
