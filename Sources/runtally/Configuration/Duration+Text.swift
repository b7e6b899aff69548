extension Duration {
  /// Reads `500ms`, `30s`, `5m`, `1h` or `1d`: a whole number above 0 and one unit.
  ///
  /// Each unit reaches far beyond what anybody waits for: days to 100,000, the others to as many digits as stay below.
  init?(text: String) {
    let units: [String: (one: Duration, most: Int)] = [
      "ms": (.milliseconds(1), 999_999_999_999), "s": (.seconds(1), 999_999_999), "m": (.seconds(60), 99_999_999),
      "h": (.seconds(3600), 999_999), "d": (.seconds(86_400), 100_000),
    ]
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int(digits), let unit = units[String(text.dropFirst(digits.count))],
      (1...unit.most).contains(count)
    else { return nil }
    self = unit.one * count
  }
}
