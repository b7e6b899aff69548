import Runs

extension BarPanel {
  /// One number that each bar has.
  struct Numbers {
    var column: Column
    var amount: (Bar) -> ChartAmount?
  }

  /// All that its bars tell, in the order in which they are read.
  var values: [Numbers] {
    let own = [Numbers(column: value) { $0.amount }]
    let part = part.map { [Numbers(column: $0) { $0.part }] } ?? []
    let forecast = forecast.map { [Numbers(column: $0) { $0.forecast }] } ?? []
    return form == .range ? part + own : own + part + forecast
  }

  /// What a bar says, in words.
  func words(_ bar: Bar) -> String {
    let parts = values.enumerated().compactMap { index, value -> String? in
      let text = value.column.chartText(value.amount(bar)?.value ?? .null, currency: currency)
      if value.column.name == forecast?.name, bar.forecast == nil { return nil }
      return index == 0 && form != .range ? text : "\(value.column.title) \(text)"
    }
    return "\(bar.label): " + parts.joined(separator: ", ") + (bar.isUnfinished ? ", not over" : "")
  }

  /// The first few bars in words, for those who do not see the picture.
  var description: String {
    let first = bars.prefix(5).map { words($0) }
    let more = bars.count > first.count ? "; and \(bars.count - first.count) more in the table" : ""
    return "\(bars.count) bars. " + first.joined(separator: "; ") + more + "."
  }
}
