extension Duration {
  /// Reads `500ms`, `30s`, `5m`, `1h` or `1d`: a whole number above 0 and one unit.
  init?(text: String) {
    let units: [String: Duration] = [
      "ms": .milliseconds(1), "s": .seconds(1), "m": .seconds(60), "h": .seconds(3600), "d": .seconds(86_400),
    ]
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int(digits), (1...100_000).contains(count),
      let unit = units[String(text.dropFirst(digits.count))]
    else { return nil }
    self = unit * count
  }
}
